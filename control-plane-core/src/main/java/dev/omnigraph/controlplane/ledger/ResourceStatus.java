package dev.omnigraph.controlplane.ledger;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a resource stands (control-plane.md 4.4).
 *
 * @param conditions why, as stable words; every status but {@code applied} has exactly one
 * @param message the same for a person
 */
public record ResourceStatus(Kind kind, List<String> conditions, Optional<String> message) {

    /** {@code applied}, with nothing to add. */
    public static final ResourceStatus APPLIED = new ResourceStatus(Kind.APPLIED, List.of(), Optional.empty());

    public ResourceStatus {
        conditions = List.copyOf(conditions);
    }

    public static ResourceStatus of(Kind kind, String condition, String message) {
        return new ResourceStatus(kind, List.of(condition), Optional.of(message));
    }

    /** The statuses that a ledger may hold; this service writes applied, drifted, blocked and error. */
    public enum Kind {
        PENDING,
        PLANNED,
        APPLYING,
        APPLIED,
        DRIFTED,
        BLOCKED,
        ERROR;

        /** The word of the stored document. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Kind> fromWire(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.wire().equals(word))
                    .findFirst();
        }
    }
}
