package dev.omnigraph.controlplane.language.schema;

/** What a single value of a property is (schema-language.md 3). */
public sealed interface ScalarType {

    /** The spelling in a schema, such as {@code I32} or {@code Vector(4)}. */
    String displayName();

    /** Whether values are numbers that can be compared with bounds; a vector is not. */
    boolean isNumeric();

    /** The types that a single word names. No keyword is a prefix of a later one. */
    enum Primitive implements ScalarType {
        STRING("String", false),
        BLOB("Blob", false),
        BOOL("Bool", false),
        I32("I32", true),
        I64("I64", true),
        U32("U32", true),
        U64("U64", true),
        F32("F32", true),
        F64("F64", true),
        DATE_TIME("DateTime", false),
        DATE("Date", false);

        private final String keyword;
        private final boolean numeric;

        Primitive(String keyword, boolean numeric) {
            this.keyword = keyword;
            this.numeric = numeric;
        }

        @Override
        public String displayName() {
            return keyword;
        }

        @Override
        public boolean isNumeric() {
            return numeric;
        }
    }

    /**
     * A list of 32-bit floats of fixed length.
     *
     * @param dimension from 1 to {@link Integer#MAX_VALUE}
     */
    record Vector(int dimension) implements ScalarType {

        public Vector {
            if (dimension < 1) {
                throw new IllegalArgumentException("a vector has at least one dimension, not " + dimension);
            }
        }

        @Override
        public String displayName() {
            return "Vector(" + dimension + ")";
        }

        @Override
        public boolean isNumeric() {
            return false;
        }
    }
}
