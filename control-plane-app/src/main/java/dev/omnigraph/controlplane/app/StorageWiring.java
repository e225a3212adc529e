package dev.omnigraph.controlplane.app;

import dev.omnigraph.controlplane.app.command.ConfigurationFolder;
import dev.omnigraph.controlplane.app.fault.ArmedFaultPoints;
import dev.omnigraph.controlplane.app.settings.ControlPlaneSettings;
import dev.omnigraph.controlplane.app.settings.Mode;
import dev.omnigraph.controlplane.fault.FaultPointStore;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.graph.GraphEngine;
import dev.omnigraph.controlplane.id.IdSource;
import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.lance.LanceGraphEngine;
import dev.omnigraph.controlplane.lance.nativelib.UnsupportedPlatformException;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.folder.FolderObjectStore;
import dev.omnigraph.controlplane.storage.s3.S3ObjectStore;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/** Where everything is stored, with the engine that keeps the graphs there. */
@Configuration(proxyBeanMethods = false)
class StorageWiring {

    @Bean
    StorageRoot storageRoot(ControlPlaneSettings settings, ConfigurationFolder configuration) {
        return StorageChoice.of(settings, configuration.header());
    }

    /** A bucket is closed with the service. */
    @Bean
    ObjectStore openedStore(
            StorageRoot root, ControlPlaneSettings settings, Environment environment, IdSource ids, Pause pause) {
        if (root instanceof StorageRoot.Bucket bucket) {
            return BucketStart.open(
                    bucket,
                    settings.s3().deletes(),
                    name -> Optional.ofNullable(environment.getProperty(name)),
                    ids,
                    pause);
        }
        return new FolderObjectStore(((StorageRoot.Folder) root).absolute());
    }

    /** What everything works on: the opened store, with the fault points around its changes where any is armed. */
    @Bean(destroyMethod = "")
    @Primary
    ObjectStore objectStore(@Qualifier("openedStore") ObjectStore opened, FaultPoints faults) {
        return faults == FaultPoints.NONE ? opened : new FaultPointStore(opened, faults);
    }

    @Bean
    FaultPoints faultPoints(ControlPlaneSettings settings, Pause pause) {
        if (settings.faultPoints().isEmpty()) {
            return FaultPoints.NONE;
        }
        if (settings.mode() == Mode.PRODUCTION) {
            throw new StartRefusedException(
                    "control-plane.fault-points is set, and production does not stop at fault points.",
                    "Remove the setting, or start with --control-plane.mode=dev.");
        }
        try {
            return ArmedFaultPoints.of(settings.faultPoints(), pause, SuddenEnd::now);
        } catch (IllegalArgumentException e) {
            throw new StartRefusedException(
                    "control-plane.fault-points cannot be understood: " + e.getMessage() + ".",
                    "Write entries such as cluster_apply.after_graph_create=error, separated by commas.");
        }
    }

    @Bean(destroyMethod = "close")
    GraphEngine graphEngine(
            @Qualifier("openedStore") ObjectStore opened,
            ObjectStore store,
            FaultPoints faults,
            IdSource ids,
            InstantSource clock) {
        try {
            return opened instanceof S3ObjectStore bucket
                    ? LanceGraphEngine.open(store, bucket.root(), bucket.access(), faults, ids, clock)
                    : LanceGraphEngine.open(store, faults, ids, clock);
        } catch (UnsupportedPlatformException e) {
            throw new StartRefusedException(
                    "The graph engine cannot run in this process.", String.valueOf(e.getMessage()));
        }
    }

    @Bean("storage")
    HealthIndicator storageHealth(ObjectStore store) {
        return new StorageHealth(store);
    }
}
