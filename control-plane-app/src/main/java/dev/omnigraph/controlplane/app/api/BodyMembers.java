package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.TypedObject;
import java.util.LinkedHashSet;
import java.util.List;

/** Request bodies as typed members; what is unknown or of another type is refused by name. */
final class BodyMembers {

    private BodyMembers() {}

    /** Takes typed values out of a body. */
    @FunctionalInterface
    interface Reading<T> {
        T read(TypedObject body) throws JsonShapeException;
    }

    /**
     * Reads a body.
     *
     * @param known every member the endpoint takes
     * @throws ProblemException {@code invalid_body} when it has others, or values of other types
     */
    static <T> T read(JsonObject body, List<String> known, Reading<T> reading) {
        try {
            return reading.read(TypedObject.of(body, "", new LinkedHashSet<>(known)));
        } catch (JsonShapeException e) {
            throw new ProblemException(Problem.of(ProblemCode.INVALID_BODY, e.getMessage()));
        }
    }

    /** A body that has no members. */
    static void requireEmpty(JsonObject body) {
        if (!body.members().isEmpty()) {
            throw new ProblemException(Problem.of(
                    ProblemCode.INVALID_BODY,
                    "unknown field `" + body.members().keySet().iterator().next() + "`; this endpoint takes none"));
        }
    }
}
