package dev.omnigraph.controlplane.app.testing;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.testing.FileTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What a process leaves that dies at a fault point: the folder of its cluster, copied when the work first comes there. The
 * work goes on undisturbed, so that one run gives the deaths at all its points. Each is put in the same place again,
 * because recovery records name where their graphs are.
 */
public final class CopiedDeaths implements FaultPoints {

    /** So that the next service of the same name waits no longer for the death of this one than it must. */
    public static final String HEARTBEAT = "--control-plane.instance.heartbeat=200ms";

    private final Path folder;
    private final Path copies;
    private final Predicate<FaultPoint> wanted;

    /**
     * Nothing is copied yet.
     *
     * @param copies where the copies are kept
     * @param wanted the points to die at
     */
    public CopiedDeaths(Path folder, Path copies, Predicate<FaultPoint> wanted) {
        this.folder = folder;
        this.copies = copies;
        this.wanted = wanted;
    }

    @Override
    public synchronized void reach(FaultPoint point) {
        Path copy = copyAt(point);
        if (wanted.test(point) && !Files.exists(copy)) {
            try {
                FileTrees.copy(folder, copy);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Lets a service work in the folder, and come to the points. */
    public void whileServing(Consumer<ApiClient> work) {
        try (RunningService service = RunningService.with(RecordingPoints.class, folder, HEARTBEAT)) {
            service.bean(Passings.class).follow(passing -> reach(passing.point()));
            work.accept(service.client());
        }
    }

    /** Puts what the death at a point leaves in the place of what is there now. */
    public void leave(FaultPoint point) throws IOException {
        if (!Files.exists(copyAt(point))) {
            throw new AssertionError("the work did not come to " + point);
        }
        FileTrees.replace(folder, copyAt(point));
    }

    private Path copyAt(FaultPoint point) {
        return copies.resolve(point.name());
    }
}
