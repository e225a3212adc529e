package dev.omnigraph.controlplane.app.http;

import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what the container refuses before any filter sees it, such as a malformed request line, in the same form as
 * every other error. The container makes it by its name, so that it is public and has no arguments.
 */
public final class ProblemErrorValve extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemErrorValve.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        if (response.getStatus() < HttpServletResponse.SC_BAD_REQUEST || !response.setErrorReported()) {
            return;
        }
        LOG.info("the container answered a request with {}", response.getStatus());
        try {
            ProblemWriter.write(response.getResponse(), problem(response.getStatus()), Map.of());
        } catch (IOException e) {
            LOG.debug("the client of a refused request is gone", e);
        }
    }

    private static Problem problem(int status) {
        if (status == HttpServletResponse.SC_REQUEST_TIMEOUT) {
            return Problem.of(
                    ProblemCode.REQUEST_TIMEOUT,
                    "nothing more of the request has come for longer than server.tomcat.connection-timeout; nothing was"
                            + " changed");
        }
        ProblemCode code = status < HttpServletResponse.SC_INTERNAL_SERVER_ERROR
                ? ProblemCode.BAD_REQUEST
                : ProblemCode.INTERNAL_ERROR;
        Problem usual = Problem.of(code, "the HTTP server refused the request before any endpoint saw it");
        return new Problem(usual.code(), status, usual.title(), usual.detail(), usual.remedy(), usual.diagnostics());
    }
}
