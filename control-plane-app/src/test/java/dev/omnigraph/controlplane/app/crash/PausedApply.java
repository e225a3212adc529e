package dev.omnigraph.controlplane.app.crash;

import dev.omnigraph.controlplane.app.replay.TestCluster;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.operation.RecordedRun;
import dev.omnigraph.controlplane.storage.folder.FolderObjectStore;
import dev.omnigraph.controlplane.testing.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** An apply with an operation record that stands still at one fault point. */
final class PausedApply implements AutoCloseable {

    private static final String REACHED = "reached";

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch awake = new CountDownLatch(1);
    private final Thread thread;

    private PausedApply(FaultPoint point, Path folder) {
        thread = new Thread(() -> apply(point, folder, this::pause), "paused-apply");
        thread.start();
        await(reached);
    }

    /** One that was begun in this process and has come to the point. */
    static PausedApply at(FaultPoint point, Path folder) {
        return new PausedApply(point, folder);
    }

    /** Lets it go on, and waits for its end. */
    void wake() {
        awake.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        wake();
    }

    private void pause() {
        reached.countDown();
        await(awake);
    }

    /** Lets a process of its own come to the point, and kills it there. */
    static void kill(FaultPoint point, Path folder) {
        List<String> options = List.of("--add-opens=java.base/java.nio=ALL-UNNAMED");
        try (ChildJvm child = ChildJvm.start(options, PausedApply.class, folder, point.name())) {
            String line = child.awaitLine();
            while (!line.equals(REACHED)) {
                line = child.awaitLine(); // the libraries of the process say something on their own
            }
            child.kill();
        }
    }

    public static void main(String[] arguments) {
        apply(FaultPoint.valueOf(arguments[1]), Path.of(arguments[0]), () -> {
            System.out.println(REACHED);
            await(new CountDownLatch(1));
        });
    }

    private static void apply(FaultPoint point, Path folder, Runnable pause) {
        RecordedRun run = RecordedRun.begin(new FolderObjectStore(folder), new UlidSource().nextUlid(), "apply");
        try (TestCluster cluster = new TestCluster(folder, passed -> {
            if (passed == point) {
                pause.run();
            }
        })) {
            cluster.apply("alice", run);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
