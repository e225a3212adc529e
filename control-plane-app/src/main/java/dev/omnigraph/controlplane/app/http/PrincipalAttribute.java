package dev.omnigraph.controlplane.app.http;

import dev.omnigraph.controlplane.app.security.Principal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Where the principal of a request is kept once it is known. */
final class PrincipalAttribute {

    private static final String NAME = PrincipalAttribute.class.getName();

    private PrincipalAttribute() {}

    static void set(HttpServletRequest request, Principal principal) {
        request.setAttribute(NAME, principal);
    }

    static Optional<Principal> of(HttpServletRequest request) {
        return Optional.ofNullable((Principal) request.getAttribute(NAME));
    }
}
