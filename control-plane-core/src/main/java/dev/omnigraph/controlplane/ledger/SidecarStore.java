package dev.omnigraph.controlplane.ledger;

import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The recovery sidecars of a cluster (control-plane.md 6.1). Thread-safe. */
public final class SidecarStore {

    private static final String SUFFIX = ".json";

    private final ObjectStore store;

    public SidecarStore(ObjectStore store) {
        this.store = store;
    }

    /** What looking for sidecars came to. */
    public sealed interface Listing {

        /** Every file, in order of its name, which is the order in which the operations began. */
        record Listed(List<ObjectKey> files) implements Listing {}

        /** Not known; nothing may be decided. */
        record Unknown(String reason) implements Listing {}
    }

    /** What reading one sidecar came to. */
    public sealed interface Reading {

        record Parsed(Sidecar sidecar, VersionTag tag) implements Reading {}

        /** It was there when listed and is gone now. */
        record Gone() implements Reading {}

        /** It stands there and cannot be used; whose it is cannot be told. */
        record Unreadable(String reason) implements Reading {}

        /** The storage did not answer. */
        record Unknown(String reason) implements Reading {}
    }

    /** The id that the file of a sidecar is named by. */
    public static String operationId(ObjectKey file) {
        return file.name().substring(0, file.name().length() - SUFFIX.length());
    }

    /** The names of the sidecars, without reading them. */
    public Listing list() {
        ListOutcome outcome = store.list(ControlKeys.RECOVERIES);
        if (!(outcome instanceof ListOutcome.Listed listed)) {
            return new Listing.Unknown(((ListOutcome.Unknown) outcome).reason());
        }
        List<ObjectKey> files = new ArrayList<>();
        for (ListOutcome.Entry entry : listed.entries()) {
            if (entry.kind() == ListOutcome.Kind.OBJECT && entry.key().name().endsWith(SUFFIX)) {
                files.add(entry.key());
            }
        }
        return new Listing.Listed(List.copyOf(files));
    }

    public Reading read(ObjectKey file) {
        GetOutcome outcome = store.get(file);
        if (outcome instanceof GetOutcome.Found found) {
            Optional<String> text = found.object().text();
            if (text.isEmpty()) {
                return new Reading.Unreadable("the recovery record is not UTF-8 text");
            }
            try {
                return new Reading.Parsed(
                        Sidecar.read(text.get()), found.object().tag());
            } catch (InvalidDocumentException e) {
                return new Reading.Unreadable(e.getMessage());
            }
        }
        if (outcome instanceof GetOutcome.Absent) {
            return new Reading.Gone();
        }
        if (outcome instanceof GetOutcome.Unusable unusable) {
            return new Reading.Unreadable(unusable.reason());
        }
        return new Reading.Unknown(((GetOutcome.Unknown) outcome).reason());
    }

    /** Stores a new intent. */
    public PutOutcome write(Sidecar sidecar) {
        return store.putIfAbsent(key(sidecar), bytes(sidecar));
    }

    /** Replaces an intent that this run stored. */
    public PutOutcome rewrite(Sidecar sidecar, VersionTag expected) {
        return store.putIfMatch(key(sidecar), bytes(sidecar), expected);
    }

    public DeleteOutcome delete(Sidecar sidecar) {
        return store.delete(key(sidecar));
    }

    private static ObjectKey key(Sidecar sidecar) {
        return ControlKeys.sidecar(sidecar.operationId());
    }

    private static byte[] bytes(Sidecar sidecar) {
        return sidecar.write().getBytes(StandardCharsets.UTF_8);
    }
}
