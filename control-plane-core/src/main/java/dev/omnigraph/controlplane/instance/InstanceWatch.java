package dev.omnigraph.controlplane.instance;

import dev.omnigraph.controlplane.operation.OperationOwner;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The other processes, as this one sees them over time. Only what was seen to stand still is silent: clocks of others say
 * nothing, and neither does a record that was seen once. Thread-safe.
 */
public final class InstanceWatch {

    /** So many records are watched; of further ones nothing is known. */
    static final int MAX_INSTANCES = 1000;

    private final InstanceStore store;
    private final InstantSource clock;
    private final HeartbeatTiming timing;
    private final Map<String, Seen> seen = new HashMap<>();
    private final Set<OperationOwner> knownDead = new HashSet<>();

    public InstanceWatch(InstanceStore store, InstantSource clock, HeartbeatTiming timing) {
        this.store = store;
        this.clock = clock;
        this.timing = timing;
    }

    /**
     * A record as it was seen.
     *
     * @param since when it was seen like this for the first time
     * @param moved whether it was seen otherwise before, so that it moves
     * @param confirmed when it was seen like this for the last time
     */
    private record Seen(StoredInstance instance, Instant since, boolean moved, Instant confirmed) {}

    /**
     * Looks at all records; those whose tag the listing shows unchanged are not read.
     *
     * @return why it could not be looked, which changes nothing of what is known
     */
    public synchronized Optional<String> look() {
        Instant now = clock.instant();
        InstanceStore.Listing listing = store.list();
        if (listing instanceof InstanceStore.Listing.Unavailable unavailable) {
            return Optional.of(unavailable.reason());
        }
        List<ListOutcome.Entry> entries = ((InstanceStore.Listing.Listed) listing).entries();
        Set<String> present = new HashSet<>();
        for (ListOutcome.Entry entry : entries.subList(0, Math.min(MAX_INSTANCES, entries.size()))) {
            String instance = InstanceStore.instance(entry.key());
            present.add(instance);
            if (!isUnchanged(instance, entry.tag())) {
                note(instance, store.read(instance), now);
            } else {
                confirm(instance, now);
            }
        }
        seen.keySet().retainAll(present);
        return Optional.empty();
    }

    /** The last sign of life of a process; looks at its record where it was not seen yet. Empty where there is none. */
    public synchronized Optional<Sign> of(OperationOwner process) {
        Optional<Sign> known = sign(process.instance()).filter(sign -> isOf(sign, process));
        if (known.isPresent()) {
            return known;
        }
        note(process.instance(), store.read(process.instance()), clock.instant());
        return sign(process.instance()).filter(sign -> isOf(sign, process));
    }

    /**
     * Whether a process may still be at work. What the store does not tell is not taken for its end.
     */
    public synchronized boolean mayBeAtWork(OperationOwner process) {
        Optional<Sign> known = sign(process.instance()).filter(sign -> isOf(sign, process));
        if (known.isPresent()) {
            return known.get().liveness().mayBeAtWork();
        }
        InstanceRead read = store.read(process.instance());
        if (read instanceof InstanceRead.Unavailable || read instanceof InstanceRead.Unreadable) {
            return true;
        }
        note(process.instance(), read, clock.instant());
        return of(process).filter(sign -> sign.liveness().mayBeAtWork()).isPresent();
    }

    /** Whoever says that it wants or holds this lock; looks again where nobody is known to. */
    public synchronized Optional<Sign> holder(String lockId) {
        Optional<Sign> known = announcer(lockId);
        if (known.isEmpty()) {
            look();
        }
        return known.or(() -> announcer(lockId));
    }

    /**
     * Processes that fell silent and were not given back by {@link #acknowledge} yet.
     *
     * @param self never among them: who asks is at work, however late its own signs come
     */
    public synchronized List<OperationOwner> fallenSilent(OperationOwner self) {
        List<OperationOwner> silent = new ArrayList<>();
        for (Map.Entry<String, Seen> entry : seen.entrySet()) {
            OperationOwner process = entry.getValue().instance().record().process();
            if (liveness(entry.getValue()) == Liveness.SILENT
                    && !knownDead.contains(process)
                    && !process.equals(self)) {
                silent.add(process);
            }
        }
        return silent;
    }

    /** What these processes left behind is dealt with. One that comes back to life counts anew. */
    public synchronized void acknowledge(List<OperationOwner> processes) {
        knownDead.retainAll(seen.values().stream()
                .map(known -> known.instance().record().process())
                .toList());
        knownDead.addAll(processes);
    }

    private Optional<Sign> announcer(String lockId) {
        return seen.keySet().stream()
                .flatMap(instance -> sign(instance).stream())
                .filter(sign -> sign.record().lockId().filter(lockId::equals).isPresent())
                .findFirst();
    }

    private Optional<Sign> sign(String instance) {
        return Optional.ofNullable(seen.get(instance))
                .map(known -> new Sign(known.instance().record(), liveness(known), age(known)));
    }

    private Duration age(Seen known) {
        Duration age = Duration.between(known.since(), clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** Silence is what was looked at in vain, not what was not looked at. */
    private Liveness liveness(Seen known) {
        if (known.instance().record().stopped()) {
            return Liveness.STOPPED;
        }
        Duration still = Duration.between(known.since(), known.confirmed());
        if (still.compareTo(timing.silence()) >= 0) {
            return Liveness.SILENT;
        }
        return known.moved() ? Liveness.ALIVE : Liveness.NOT_KNOWN_YET;
    }

    private boolean isUnchanged(String instance, Optional<VersionTag> tag) {
        Seen known = seen.get(instance);
        return known != null && tag.filter(known.instance().tag()::equals).isPresent();
    }

    private void confirm(String instance, Instant now) {
        Seen known = seen.get(instance);
        if (known != null) {
            seen.put(instance, new Seen(known.instance(), known.since(), known.moved(), now));
        }
    }

    private void note(String instance, InstanceRead read, Instant now) {
        if (read instanceof InstanceRead.Found found) {
            Seen before = seen.get(instance);
            if (before != null && before.instance().equals(found.instance())) {
                confirm(instance, now);
            } else {
                seen.put(instance, new Seen(found.instance(), now, before != null, now));
                knownDead.remove(found.instance().record().process());
            }
        } else if (read instanceof InstanceRead.Absent) {
            seen.remove(instance);
        }
    }

    private static boolean isOf(Sign sign, OperationOwner process) {
        return sign.record().process().equals(process);
    }
}
