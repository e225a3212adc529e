package dev.omnigraph.controlplane.instance;

import dev.omnigraph.controlplane.operation.OperationOwner;
import java.time.Instant;
import java.util.Optional;

/**
 * What a process says of itself.
 *
 * @param process instance, host and start; no two processes have the same
 * @param version of the service
 * @param heartbeat moves with each sign of life; unsigned 64 bits
 * @param heartbeatAt by the clock of that process, for people: nobody decides by it
 * @param lockId the lock that it wants or holds, written before the lock is
 * @param stopped whether it ended by itself, with nothing left under way
 */
public record InstanceRecord(
        OperationOwner process,
        String version,
        long heartbeat,
        Instant heartbeatAt,
        Optional<String> lockId,
        boolean stopped) {

    /**
     * The first sign of life of a process.
     *
     * @param lock that an earlier process of the instance left; named until it is taken back
     */
    static InstanceRecord first(OperationOwner process, String version, Instant now, Optional<String> lock) {
        return new InstanceRecord(process, version, 1, now, lock, false);
    }

    InstanceRecord next(Instant now, Optional<String> lock) {
        return new InstanceRecord(process, version, heartbeat + 1, now, lock, false);
    }

    /** The last sign of life. A lock that is named then was not given back, and is taken back by the next start. */
    InstanceRecord last(Instant now, Optional<String> lock) {
        return new InstanceRecord(process, version, heartbeat + 1, now, lock, true);
    }
}
