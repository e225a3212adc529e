package dev.omnigraph.controlplane.app.http;

import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How large a body may be and how long it may take, and its bytes, read once however often they are asked for.
 *
 * @param setting that sets the limit of the size
 * @param patience from the first byte that is asked for to the last; a little longer where the client falls silent, which
 *     the container waits for by a limit of its own
 */
record BodyBytes(int maxBytes, String setting, Duration patience, InstantSource clock) {

    private static final String READ = BodyBytes.class.getName();
    private static final int CHUNK_BYTES = 1 << 13;

    /**
     * The bytes of a request's body.
     *
     * @throws ProblemException {@code body_too_large}, {@code request_timeout}, {@code bad_request} where it breaks off
     */
    byte[] of(HttpServletRequest request) {
        if (request.getAttribute(READ) instanceof byte[] read) {
            return read;
        }
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge();
        }
        byte[] bytes = read(request);
        request.setAttribute(READ, bytes);
        return bytes;
    }

    private byte[] read(HttpServletRequest request) {
        try {
            return read(request.getInputStream());
        } catch (IOException e) {
            // The container has answered already, by ProblemErrorValve where the client is only silent.
            throw new ProblemException(Problem.of(ProblemCode.BAD_REQUEST, "the body breaks off before its end"));
        }
    }

    private byte[] read(InputStream in) throws IOException {
        Instant end = clock.instant().plus(patience);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            body.write(chunk, 0, read);
            if (body.size() > maxBytes) {
                throw tooLarge();
            } else if (clock.instant().isAfter(end)) {
                throw tooSlow();
            }
        }
        return body.toByteArray();
    }

    private ProblemException tooLarge() {
        return new ProblemException(Problem.of(
                ProblemCode.BODY_TOO_LARGE,
                "the body has more than " + maxBytes + " bytes, which is the limit of " + setting));
    }

    private ProblemException tooSlow() {
        return new ProblemException(Problem.of(
                ProblemCode.REQUEST_TIMEOUT,
                "the body is not there after " + patience.toSeconds()
                        + " seconds, which is the limit of control-plane.http.request-timeout; nothing was changed"));
    }
}
