package dev.omnigraph.controlplane.storage;

import java.util.Optional;

/** Why a call on a store has neither done nor lost what it was for. */
final class StoreReasons {

    private StoreReasons() {}

    static Optional<String> of(Object outcome) {
        if (outcome instanceof PutOutcome.Refused refused) {
            return Optional.of(refused.reason());
        }
        if (outcome instanceof PutOutcome.Unknown unknown) {
            return Optional.of(unknown.reason());
        }
        if (outcome instanceof DeleteOutcome.Refused refused) {
            return Optional.of(refused.reason());
        }
        if (outcome instanceof DeleteOutcome.Unknown unknown) {
            return Optional.of(unknown.reason());
        }
        if (outcome instanceof GetOutcome.Unusable unusable) {
            return Optional.of(unusable.reason());
        }
        if (outcome instanceof GetOutcome.Unknown unknown) {
            return Optional.of(unknown.reason());
        }
        return Optional.empty();
    }
}
