package dev.omnigraph.controlplane.app.http;

import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.app.security.Authenticator;
import dev.omnigraph.controlplane.app.security.OpenToAll;
import dev.omnigraph.controlplane.app.security.Principal;
import dev.omnigraph.controlplane.app.security.Requires;
import dev.omnigraph.controlplane.app.security.Role;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.annotation.Annotation;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/**
 * The one place where it is decided whether a request may go on to its endpoint. Every endpoint is closed unless something
 * opens it: its annotation, or, for those of the framework, this class.
 */
public final class AccessInterceptor implements HandlerInterceptor {

    private static final String OUR_ENDPOINTS = "dev.omnigraph.controlplane.";
    private static final String MANAGEMENT = "/actuator/";
    private static final String HEALTH = "/actuator/health";

    private final Authenticator authenticator;
    private final RateLimits limits;
    private final BadTokens badTokens;

    public AccessInterceptor(Authenticator authenticator, RateLimits limits, BadTokens badTokens) {
        this.authenticator = authenticator;
        this.limits = limits;
        this.badTokens = badTokens;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!isBegun(request, response) && !isOpen(request, handler)) {
            Principal principal = principal(request);
            PrincipalAttribute.set(request, principal);
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                limits.count(principal);
            }
            requireRole(principal, role(request, handler));
        }
        return true;
    }

    private Principal principal(HttpServletRequest request) {
        Optional<String> credentials = Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION));
        try {
            return authenticator.authenticate(credentials);
        } catch (ProblemException e) {
            boolean bad = e.problem().code().equals(ProblemCode.UNAUTHENTICATED.wire());
            throw bad && credentials.isPresent() ? badTokens.count(request.getRemoteAddr(), e) : e;
        }
    }

    /** The last dispatch of a stream has nothing left to decide; one that was only waited for is decided anew. */
    private static boolean isBegun(HttpServletRequest request, HttpServletResponse response) {
        return request.getDispatcherType() == DispatcherType.ASYNC && response.isCommitted();
    }

    /** Static files are those of the API's page: nothing else is served. */
    private static boolean isOpen(HttpServletRequest request, Object handler) {
        return handler instanceof ResourceHttpRequestHandler
                || isOurs(handler, OpenToAll.class)
                || isBelow(HEALTH, request);
    }

    private static Optional<Role> role(HttpServletRequest request, Object handler) {
        if (handler instanceof HandlerMethod endpoint && isOurs(handler, Requires.class)) {
            return Optional.ofNullable(endpoint.getMethodAnnotation(Requires.class))
                    .map(Requires::value);
        }
        return request.getRequestURI().startsWith(MANAGEMENT) ? Optional.of(Role.VIEWER) : Optional.empty();
    }

    private static boolean isOurs(Object handler, Class<? extends Annotation> annotation) {
        return handler instanceof HandlerMethod endpoint
                && endpoint.getBeanType().getName().startsWith(OUR_ENDPOINTS)
                && endpoint.hasMethodAnnotation(annotation);
    }

    private static boolean isBelow(String path, HttpServletRequest request) {
        return request.getRequestURI().equals(path) || request.getRequestURI().startsWith(path + "/");
    }

    static void requireRole(Principal principal, Optional<Role> required) {
        if (required.filter(principal::may).isEmpty()) {
            throw new ProblemException(Problem.of(
                    ProblemCode.FORBIDDEN,
                    "this needs the role " + required.map(Role::wire).orElse("of nobody")
                            + "; nothing was read or changed"));
        }
    }
}
