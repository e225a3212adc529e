package dev.omnigraph.controlplane.app.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a principal may do. Operator, approver and admin may each do what a viewer may, and nothing else of each other. */
public enum Role {
    VIEWER,
    OPERATOR,
    APPROVER,
    ADMIN;

    public boolean includes(Role required) {
        return this == required || required == VIEWER;
    }

    /** The word used in documents and messages. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that word, if there is one. */
    public static Optional<Role> named(String wire) {
        return Arrays.stream(values()).filter(role -> role.wire().equals(wire)).findFirst();
    }
}
