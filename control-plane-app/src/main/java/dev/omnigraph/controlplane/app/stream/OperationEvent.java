package dev.omnigraph.controlplane.app.stream;

import dev.omnigraph.controlplane.operation.OperationRecord;

/**
 * How an operation stood at a moment.
 *
 * @param number counts the events of one log from 1
 */
record OperationEvent(long number, OperationRecord operation) {}
