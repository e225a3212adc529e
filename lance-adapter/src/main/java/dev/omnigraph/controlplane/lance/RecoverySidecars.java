package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.JsonSyntaxException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sidecars of one graph: its writes that are under way or were interrupted (graph-format.md 6.4). Thread-safe. */
final class RecoverySidecars {

    /** Writers leave one each when they die; more of them are a sign of something else than interrupted writes. */
    static final int MAX_SIDECARS = 1000;

    private static final String SUFFIX = ".json";

    private final GraphTexts texts;
    private final FaultPoints faultPoints;

    RecoverySidecars(GraphTexts texts, FaultPoints faultPoints) {
        this.texts = texts;
        this.faultPoints = faultPoints;
    }

    /**
     * A stored sidecar.
     *
     * @param name of its object, relative to the graph's root
     */
    record Stored(String name, RecoverySidecar sidecar) {}

    /**
     * All of them, oldest first.
     *
     * @throws RecoveryStuckException when one cannot be read, for then it is not known what any of them may touch
     */
    List<Stored> list() throws IOException, RecoveryStuckException {
        faultPoints.reach(FaultPoint.RECOVERY_SIDECAR_LIST);
        List<String> names = texts.list(GraphLayout.RECOVERY).stream()
                .filter(name -> name.endsWith(SUFFIX))
                .toList();
        if (names.size() > MAX_SIDECARS) {
            throw new RecoveryStuckException(GraphLayout.RECOVERY + " holds " + names.size() + " sidecars, and at most "
                    + MAX_SIDECARS + " are recovered; nothing was changed. Look at what writes them");
        }
        List<Stored> sidecars = new ArrayList<>();
        for (String name : names) {
            Optional<String> text = texts.read(name);
            if (text.isPresent()) {
                sidecars.add(new Stored(name, parse(name, text.get())));
            }
        }
        return sidecars;
    }

    private static RecoverySidecar parse(String name, String text) throws RecoveryStuckException {
        try {
            return RecoverySidecar.parse(text);
        } catch (JsonSyntaxException | JsonShapeException e) {
            throw new RecoveryStuckException(
                    name + " cannot be read, so it is not known what was being written: " + e.getMessage()
                            + ". Nothing was changed; restore the file, or move it away once the tables are known to be"
                            + " at the versions that " + GraphLayout.MANIFEST + " names",
                    e);
        }
    }

    /** Stores the sidecar of a write that is about to begin, durably. */
    Stored write(RecoverySidecar sidecar) throws IOException {
        faultPoints.reach(FaultPoint.RECOVERY_SIDECAR_WRITE);
        Stored stored = new Stored(GraphLayout.RECOVERY + "/" + sidecar.operationId() + SUFFIX, sidecar);
        texts.create(stored.name(), sidecar.text());
        return stored;
    }

    /** Whether it is still there. */
    boolean contains(Stored stored) throws IOException {
        return texts.read(stored.name()).isPresent();
    }

    /** Removes the sidecar of a write that the manifest shows, or that was undone; absent is done. */
    void delete(Stored stored) throws IOException {
        faultPoints.reach(FaultPoint.RECOVERY_SIDECAR_DELETE);
        texts.delete(stored.name());
    }
}
