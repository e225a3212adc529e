package dev.omnigraph.controlplane.app.http;

import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/**
 * How large a body may be, and its bytes, read once however often they are asked for.
 *
 * @param setting that sets the limit
 */
record BodyBytes(int maxBytes, String setting) {

    private static final String READ = BodyBytes.class.getName();

    /**
     * The bytes of a request's body.
     *
     * @throws ProblemException {@code body_too_large}
     */
    byte[] of(HttpServletRequest request) throws IOException {
        if (request.getAttribute(READ) instanceof byte[] read) {
            return read;
        }
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge();
        }
        byte[] bytes = request.getInputStream().readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            throw tooLarge();
        }
        request.setAttribute(READ, bytes);
        return bytes;
    }

    private ProblemException tooLarge() {
        return new ProblemException(Problem.of(
                ProblemCode.BODY_TOO_LARGE,
                "the body has more than " + maxBytes + " bytes, which is the limit of " + setting));
    }
}
