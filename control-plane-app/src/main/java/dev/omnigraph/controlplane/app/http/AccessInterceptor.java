package dev.omnigraph.controlplane.app.http;

import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.app.security.Authenticator;
import dev.omnigraph.controlplane.app.security.OpenToAll;
import dev.omnigraph.controlplane.app.security.Principal;
import dev.omnigraph.controlplane.app.security.Requires;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** The one place where it is decided whether a request may go on to its endpoint. */
public final class AccessInterceptor implements HandlerInterceptor {

    private static final String OUR_ENDPOINTS = "dev.omnigraph.controlplane.";

    private final Authenticator authenticator;

    public AccessInterceptor(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod endpoint
                && endpoint.getBeanType().getName().startsWith(OUR_ENDPOINTS)
                && !endpoint.hasMethodAnnotation(OpenToAll.class)) {
            Principal principal = authenticator.authenticate(request);
            PrincipalAttribute.set(request, principal);
            requireRole(principal, Optional.ofNullable(endpoint.getMethodAnnotation(Requires.class)));
        }
        return true;
    }

    private static void requireRole(Principal principal, Optional<Requires> requires) {
        if (requires.isEmpty() || !principal.may(requires.get().value())) {
            throw new ProblemException(Problem.of(
                    ProblemCode.FORBIDDEN,
                    "this needs the role "
                            + requires.map(required -> required.value().wire()).orElse("of nobody")
                            + "; nothing was read or changed"));
        }
    }
}
