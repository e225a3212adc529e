package dev.omnigraph.controlplane.app.security;

import java.util.Locale;

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
}
