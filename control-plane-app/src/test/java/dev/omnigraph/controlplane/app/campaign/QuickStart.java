package dev.omnigraph.controlplane.app.campaign;

import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.app.testing.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Lets the virtual machines of many short-lived services take their classes, loaded and checked, from one archive: they
 * start with half the work. The virtual machine makes none where the class path has folders, and then starts as ever.
 */
final class QuickStart {

    private static final String FEW_THREADS = "-XX:+UseSerialGC";

    private QuickStart() {}

    /** Makes the archive from what one service loads for an import and an apply. */
    static List<String> options(Path folder) throws IOException {
        Path archive = folder.resolve("classes.jsa");
        Path cluster = Files.createDirectories(folder.resolve("cluster"));
        SampleCluster.in(cluster);
        // Nobody would read what the virtual machine says of each class that it leaves out.
        List<String> making = List.of(FEW_THREADS, "-Xlog:disable", "-XX:ArchiveClassesAtExit=" + archive);
        try (ServiceProcess.Started service = ServiceProcess.start(making, cluster, RunningService.SHORT_HEARTBEAT)) {
            Person person = new Person(service.client());
            Clusters.done(person.importLedger(), Clusters::succeeded);
            Clusters.done(person.apply(), Clusters::converged);
            service.process().terminate();
            service.process().awaitExit();
        }
        return List.of(FEW_THREADS, "-XX:SharedArchiveFile=" + archive);
    }
}
