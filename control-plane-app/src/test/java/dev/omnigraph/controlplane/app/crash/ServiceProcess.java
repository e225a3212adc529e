package dev.omnigraph.controlplane.app.crash;

import dev.omnigraph.controlplane.app.testing.RunningService;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The whole service as a process of its own, with armed fault points: says its port, and runs until it is killed or halts. */
final class ServiceProcess {

    static final String PORT = "port ";

    private ServiceProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (RunningService service =
                RunningService.over(Path.of(arguments[0]), "--control-plane.fault-points=" + arguments[1])) {
            System.out.println(PORT + service.port());
            new CountDownLatch(1).await();
        }
    }
}
