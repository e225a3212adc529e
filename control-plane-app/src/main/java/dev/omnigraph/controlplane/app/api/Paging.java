package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.operation.OperationStore;
import java.util.Optional;
import java.util.regex.Pattern;

/** How much of a list one answer holds. */
record Paging(int size) {

    static final int MAX_SIZE = OperationStore.MAX_PAGE_SIZE;

    private static final int DEFAULT_SIZE = 50;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");

    /**
     * What a {@code limit} parameter asks for.
     *
     * @throws ProblemException when it is no number from 1 to {@link #MAX_SIZE}
     */
    static Paging of(Optional<String> limit) {
        if (limit.isEmpty()) {
            return new Paging(DEFAULT_SIZE);
        }
        if (NUMBER.matcher(limit.get()).matches()) {
            int size = Integer.parseInt(limit.get());
            if (size >= 1 && size <= MAX_SIZE) {
                return new Paging(size);
            }
        }
        throw new ProblemException(Problem.of(
                ProblemCode.INVALID_PARAMETER,
                "limit is a whole number from 1 to " + MAX_SIZE + ", not `" + limit.get() + "`"));
    }

    /** What a {@code cursor} parameter is answered that no page ever had as its next one. */
    static ProblemException notACursor(String text) {
        return new ProblemException(Problem.of(
                ProblemCode.INVALID_PARAMETER, "cursor is the next_cursor of an earlier page, not `" + text + "`"));
    }
}
