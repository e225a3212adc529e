package dev.omnigraph.controlplane.app.security;

import java.util.Optional;
import java.util.Set;

/**
 * Whom a request speaks for.
 *
 * @param actor the name that goes into records; empty where nobody is known by name
 */
public record Principal(Optional<String> actor, Set<Role> roles) {

    public Principal {
        roles = Set.copyOf(roles);
    }

    public boolean may(Role required) {
        return roles.stream().anyMatch(role -> role.includes(required));
    }
}
