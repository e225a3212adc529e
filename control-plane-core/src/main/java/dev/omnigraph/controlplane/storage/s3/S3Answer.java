package dev.omnigraph.controlplane.storage.s3;

/** What one request, sent once, came to. */
sealed interface S3Answer<T> {

    /** Why it was not done, or may not have been. */
    String reason();

    /** The store did what was asked. */
    record Done<T>(T value) implements S3Answer<T> {

        @Override
        public String reason() {
            return "it was done";
        }
    }

    /**
     * The store did not do what was asked.
     *
     * @param status the HTTP status
     * @param code the store's own word for it; empty where a condition failed and the answer says no more
     */
    record Denied<T>(int status, String code, String reason) implements S3Answer<T> {

        static final int PRECONDITION_FAILED = 412;

        private static final int FORBIDDEN = 403;
        private static final int NOT_FOUND = 404;
        private static final int CONFLICT = 409;

        /** There is no such object, in the store's own words: a bucket that is missing is another matter. */
        boolean isAbsent() {
            return status == NOT_FOUND && code.equals("NoSuchKey");
        }

        boolean isForbidden() {
            return status == FORBIDDEN;
        }

        /** Someone else wrote at the same moment; the request is to be repeated. */
        boolean isConflict() {
            return status == CONFLICT && (code.equals("ConditionalRequestConflict") || code.equals("OperationAborted"));
        }

        boolean isFailedCondition() {
            return status == PRECONDITION_FAILED;
        }
    }

    /** No answer, or one that leaves open whether it was done: a timeout, a broken connection, a failure of the server. */
    record Unclear<T>(String reason) implements S3Answer<T> {}
}
