package dev.omnigraph.controlplane.app.operation;

import dev.omnigraph.controlplane.operation.OperationRecord;

/** Whether work was taken on. */
public sealed interface Acceptance {

    /** The record is durable; the work runs when it is its turn. */
    record Accepted(OperationRecord operation) implements Acceptance {}

    /** The work of this id was taken on before. */
    record Repeated(OperationRecord operation) implements Acceptance {}

    /** As many operations wait as may. Nothing was stored. */
    record QueueFull(int waiting) implements Acceptance {}

    /** The record could not be stored, so the work is not taken on. */
    record NotStored(String reason) implements Acceptance {}

    /** The service is stopping. Nothing was stored. */
    record Stopping() implements Acceptance {}
}
