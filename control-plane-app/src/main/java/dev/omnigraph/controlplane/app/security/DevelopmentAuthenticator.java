package dev.omnigraph.controlplane.app.security;

import java.util.EnumSet;
import java.util.Optional;

/** In {@code dev} mode a bearer token is the name of someone who may do everything; without one nobody is named. */
public final class DevelopmentAuthenticator implements Authenticator {

    @Override
    public Principal authenticate(Optional<String> authorization) {
        return new Principal(authorization.map(DevelopmentAuthenticator::name), EnumSet.allOf(Role.class));
    }

    private static String name(String authorization) {
        String token = BearerToken.in(authorization);
        if (!PrincipalName.isOne(token)) {
            throw BearerToken.refused("in dev mode the token is a name: " + PrincipalName.FORM);
        }
        return token;
    }
}
