package dev.omnigraph.controlplane.app.crash;

import dev.omnigraph.controlplane.app.replay.TestCluster;
import dev.omnigraph.controlplane.fault.FaultPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A process that applies and hangs for ever at one fault point, after saying that it is there. */
final class HangingApply {

    static final String REACHED = "reached";

    private HangingApply() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        FaultPoint hangAt = FaultPoint.valueOf(arguments[1]);
        try (TestCluster cluster = new TestCluster(folder, point -> {
            if (point == hangAt) {
                hang();
            }
        })) {
            cluster.apply(Optional.of("alice"));
        }
    }

    private static void hang() {
        System.out.println(REACHED);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
