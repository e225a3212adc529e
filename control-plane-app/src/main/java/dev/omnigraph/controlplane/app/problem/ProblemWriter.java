package dev.omnigraph.controlplane.app.problem;

import dev.omnigraph.controlplane.json.JsonText;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The one place where errors become bytes. Whatever was written before, if it is not sent yet, is taken back. */
public final class ProblemWriter {

    private static final String MEDIA_TYPE = "application/problem+json";

    private ProblemWriter() {}

    /**
     * Writes the problem, unless an answer is on its way already. It is sent when the request is over, so that until then the
     * container can still say in it that the connection ends.
     */
    public static void write(HttpServletResponse response, Problem problem, Map<String, String> headers)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.status());
        headers.forEach(response::setHeader);
        byte[] body = (JsonText.pretty(problem.toJson()) + "\n").getBytes(StandardCharsets.UTF_8);
        response.setContentType(MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(body);
    }
}
