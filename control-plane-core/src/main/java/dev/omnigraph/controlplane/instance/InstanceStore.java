package dev.omnigraph.controlplane.instance;

import dev.omnigraph.controlplane.document.UnreadableDocumentException;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PutOutcome;
import java.util.List;

/** The instance records of one cluster. Thread-safe. */
public final class InstanceStore {

    private static final String SUFFIX = ".json";

    private final ObjectStore objects;

    public InstanceStore(ObjectStore objects) {
        this.objects = objects;
    }

    /** What looking for records came to. */
    sealed interface Listing {

        record Listed(List<ListOutcome.Entry> entries) implements Listing {}

        record Unavailable(String reason) implements Listing {}
    }

    /** Reads the record of this instance. */
    public InstanceRead read(String instance) {
        return read(instance, objects.get(key(instance)));
    }

    InstanceWrite create(InstanceRecord record) {
        byte[] bytes = InstanceDocument.write(record);
        return written(record, objects.putIfAbsent(key(record.process().instance()), bytes));
    }

    InstanceWrite replace(StoredInstance base, InstanceRecord next) {
        byte[] bytes = InstanceDocument.write(next);
        return written(next, objects.putIfMatch(key(next.process().instance()), bytes, base.tag()));
    }

    /** Every record that is there, without reading it. */
    Listing list() {
        ListOutcome listing = objects.list(ControlKeys.INSTANCES);
        if (listing instanceof ListOutcome.Listed listed) {
            return new Listing.Listed(listed.entries().stream()
                    .filter(entry -> entry.kind() == ListOutcome.Kind.OBJECT)
                    .filter(entry -> entry.key().name().endsWith(SUFFIX))
                    .toList());
        }
        return new Listing.Unavailable(((ListOutcome.Unknown) listing).reason());
    }

    /** The instance whose record lies under this key. */
    static String instance(ObjectKey key) {
        return key.name().substring(0, key.name().length() - SUFFIX.length());
    }

    private static InstanceWrite written(InstanceRecord record, PutOutcome outcome) {
        if (outcome instanceof PutOutcome.Done done) {
            return new InstanceWrite.Stored(new StoredInstance(record, done.tag()));
        } else if (outcome instanceof PutOutcome.Lost lost) {
            return new InstanceWrite.Lost(read(record.process().instance(), lost.present()));
        }
        return new InstanceWrite.Unsettled(
                outcome instanceof PutOutcome.Refused refused
                        ? refused.reason()
                        : ((PutOutcome.Unknown) outcome).reason());
    }

    private static InstanceRead read(String instance, GetOutcome outcome) {
        if (outcome instanceof GetOutcome.Found found) {
            try {
                InstanceRecord record = InstanceDocument.read(found.object());
                return record.process().instance().equals(instance)
                        ? new InstanceRead.Found(
                                new StoredInstance(record, found.object().tag()))
                        : new InstanceRead.Unreadable("it is the record of instance "
                                + record.process().instance());
            } catch (UnreadableDocumentException e) {
                return new InstanceRead.Unreadable(String.valueOf(e.getMessage()));
            }
        } else if (outcome instanceof GetOutcome.Absent) {
            return new InstanceRead.Absent();
        } else if (outcome instanceof GetOutcome.Unusable unusable) {
            return new InstanceRead.Unreadable(unusable.reason());
        }
        return new InstanceRead.Unavailable(((GetOutcome.Unknown) outcome).reason());
    }

    private static ObjectKey key(String instance) {
        return ControlKeys.INSTANCES.child(instance + SUFFIX);
    }
}
