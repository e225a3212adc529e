package dev.omnigraph.controlplane.app.crash;

import dev.omnigraph.controlplane.app.replay.TestCluster;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.operation.RecordedRun;
import dev.omnigraph.controlplane.storage.folder.FolderObjectStore;
import java.io.IOException;
import java.nio.file.Path;

/** A process that applies with an operation record, and pauses at one fault point until it is told to go on. */
final class PausedApply {

    static final String REACHED = "reached";
    static final String ENDED = "ended";

    private PausedApply() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        FaultPoint pauseAt = FaultPoint.valueOf(arguments[1]);
        RecordedRun run = RecordedRun.begin(new FolderObjectStore(folder), arguments[2], "apply");
        try (TestCluster cluster = new TestCluster(folder, point -> {
            if (point == pauseAt) {
                pause();
            }
        })) {
            cluster.apply("alice", run);
        }
        System.out.println(ENDED);
    }

    private static void pause() {
        System.out.println(REACHED);
        try {
            if (System.in.read() < 0) {
                throw new IllegalStateException("the test ended without a word");
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
