package dev.omnigraph.controlplane.instance;

import dev.omnigraph.controlplane.operation.OperationOwner;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.time.Duration;
import java.util.Optional;

/** A process that gives signs of life and watches those of others. */
public final class LivePresence implements Presence {

    private final Heartbeat heartbeat;
    private final InstanceWatch others;

    public LivePresence(Heartbeat heartbeat, InstanceWatch others) {
        this.heartbeat = heartbeat;
        this.others = others;
    }

    @Override
    public boolean announceLock(String lockId) {
        return isGiven(heartbeat.want(lockId), "which lock this process asks for could not be stored");
    }

    @Override
    public void forgetLock() {
        heartbeat.forgetLock();
    }

    @Override
    public void disownLock() {
        heartbeat.forgetLock();
        heartbeat.beat();
    }

    @Override
    public boolean isStillOurs() {
        return isGiven(heartbeat.prove(), "whether this process still has its instance is not known");
    }

    @Override
    public boolean mayBeAtWork(OperationOwner process) {
        return process.equals(heartbeat.process()) ? !heartbeat.isLost() : others.mayBeAtWork(process);
    }

    @Override
    public Optional<Sign> signOf(OperationOwner process) {
        return process.equals(heartbeat.process()) ? Optional.of(own()) : others.of(process);
    }

    @Override
    public Optional<Sign> holder(String lockId) {
        return heartbeat.lockId().filter(lockId::equals).isPresent() ? Optional.of(own()) : others.holder(lockId);
    }

    private Sign own() {
        Liveness liveness = heartbeat.isLost() ? Liveness.SILENT : Liveness.ALIVE;
        return new Sign(heartbeat.record(), liveness, Duration.ZERO);
    }

    private static boolean isGiven(Heartbeat.Beat beat, String trouble) {
        return switch (beat) {
            case GIVEN -> true;
            case LOST -> false;
            case UNSETTLED -> throw new StorageUnavailableException(trouble);
        };
    }
}
