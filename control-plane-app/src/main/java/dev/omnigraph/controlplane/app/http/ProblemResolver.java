package dev.omnigraph.controlplane.app.http;

import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.app.problem.ProblemWriter;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns whatever an endpoint or the framework throws into a problem. Comes before every resolver of the framework. */
public final class ProblemResolver implements HandlerExceptionResolver, Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemResolver.class);

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception exception) {
        ProblemException problem = problem(exception, response);
        try {
            ProblemWriter.write(response, problem.problem(), problem.headers());
            if (request.getMethod().equals(HttpMethod.OPTIONS.name())) {
                response.flushBuffer(); // else the framework says that every method is allowed
            }
        } catch (IOException e) {
            LOG.debug("the client of {} {} is gone", request.getMethod(), request.getRequestURI(), e);
        }
        return new ModelAndView();
    }

    private static ProblemException problem(Exception exception, HttpServletResponse response) {
        if (exception instanceof ProblemException problem) {
            return problem;
        } else if (exception instanceof NoHandlerFoundException || exception instanceof NoResourceFoundException) {
            return problem(ProblemCode.NOT_FOUND, "no endpoint has this path");
        } else if (exception instanceof HttpRequestMethodNotSupportedException method) {
            String allowed = String.join(", ", allowed(method));
            return problem(ProblemCode.METHOD_NOT_ALLOWED, "this path takes " + allowed + ", not " + method.getMethod())
                    .withHeader(HttpHeaders.ALLOW, allowed);
        } else if (exception instanceof HttpMediaTypeNotAcceptableException
                || exception instanceof InvalidMediaTypeException) {
            return problem(ProblemCode.NOT_ACCEPTABLE, "the Accept header leaves nothing that this endpoint can send");
        } else if (exception instanceof HttpMediaTypeNotSupportedException) {
            return problem(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "this endpoint takes no body of this type");
        } else if (exception instanceof InvalidParameterException) {
            return problem(ProblemCode.INVALID_PARAMETER, "the query is no list of `name=value`, percent-encoded");
        } else if (exception instanceof StorageUnavailableException unavailable) {
            return new ProblemException(Problem.of(DiagnosticCode.STORAGE_UNAVAILABLE, unavailable.getMessage()));
        } else if (exception instanceof InjectedFaultException fault) {
            return new ProblemException(Problem.of(DiagnosticCode.INJECTED_FAILPOINT, fault.getMessage()));
        }
        String requestId = Objects.requireNonNullElse(response.getHeader(RequestGate.REQUEST_ID_HEADER), "-");
        LOG.error("request {} failed", requestId, exception);
        return new ProblemException(RequestGate.internalError(requestId));
    }

    private static Set<String> allowed(HttpRequestMethodNotSupportedException exception) {
        Set<String> allowed = new TreeSet<>();
        String[] supported = exception.getSupportedMethods();
        if (supported != null) {
            allowed.addAll(Set.of(supported));
        }
        return allowed;
    }

    private static ProblemException problem(ProblemCode code, String detail) {
        return new ProblemException(Problem.of(code, detail));
    }
}
