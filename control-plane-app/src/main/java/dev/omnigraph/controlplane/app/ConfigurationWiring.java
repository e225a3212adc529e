package dev.omnigraph.controlplane.app;

import dev.omnigraph.controlplane.app.command.ConfigurationFolder;
import dev.omnigraph.controlplane.app.command.Configurations;
import dev.omnigraph.controlplane.app.command.StoredPlans;
import dev.omnigraph.controlplane.app.settings.ConfigurationSource;
import dev.omnigraph.controlplane.app.settings.ControlPlaneSettings;
import dev.omnigraph.controlplane.command.ClusterService;
import dev.omnigraph.controlplane.config.HeaderLoad;
import dev.omnigraph.controlplane.config.LoadOptions;
import dev.omnigraph.controlplane.config.SourceScope;
import dev.omnigraph.controlplane.desired.ConfigurationIntake;
import dev.omnigraph.controlplane.desired.ConfigurationStore;
import dev.omnigraph.controlplane.desired.RevisionStore;
import dev.omnigraph.controlplane.id.IdSource;
import dev.omnigraph.controlplane.operation.ClusterIdentity;
import dev.omnigraph.controlplane.operation.OperationStore;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storedplan.StoredPlanStore;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is desired: where it comes from, and which cluster it is for. */
@Configuration(proxyBeanMethods = false)
class ConfigurationWiring {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationWiring.class);

    @Bean
    ConfigurationFolder configurationFolder(ControlPlaneSettings settings) {
        return new ConfigurationFolder(
                settings.configDir(),
                settings.sources().allowOutside() ? new LoadOptions(SourceScope.ANYWHERE) : LoadOptions.CONFINED);
    }

    @Bean
    ConfigurationStore configurationStore(ObjectStore store) {
        return new ConfigurationStore(store);
    }

    @Bean
    ConfigurationIntake configurationIntake(ControlPlaneSettings settings, ConfigurationStore store) {
        return new ConfigurationIntake(store, settings.configurations().limits());
    }

    @Bean
    RevisionStore revisionStore(ObjectStore store) {
        return new RevisionStore(store);
    }

    @Bean
    Configurations configurations(
            ControlPlaneSettings settings,
            ConfigurationFolder folder,
            ConfigurationStore store,
            RevisionStore revisions,
            InstantSource clock) {
        return new Configurations(folder, settings.configurationSource(), store, revisions, clock);
    }

    private static HeaderLoad header(Configurations configurations) {
        try {
            return configurations.header();
        } catch (StorageUnavailableException e) {
            throw new StartRefusedException(
                    "What is desired cannot be read: " + e.getMessage() + ".",
                    "Check that the storage is reachable; restore what is damaged below __control/, or remove head.json"
                            + " there and say anew what is desired.");
        }
    }

    @Bean
    ClusterIdentity clusterIdentity(
            ControlPlaneSettings settings, Configurations configuration, ObjectStore store, IdSource ids) {
        ClusterIdentity identity = ClusterStart.identity(settings.clusterId(), header(configuration), store, ids);
        LOG.info(
                "cluster {} (incarnation {}), stored at {}, configured by {}",
                identity.clusterId(),
                identity.incarnation(),
                store.location(),
                settings.configurationSource() == ConfigurationSource.FOLDER
                        ? settings.configDir()
                        : "stored configurations");
        return identity;
    }

    @Bean
    StoredPlanStore storedPlanStore(ObjectStore store) {
        return new StoredPlanStore(store);
    }

    @Bean
    StoredPlans storedPlans(
            ControlPlaneSettings settings,
            ClusterService cluster,
            Configurations configurations,
            StoredPlanStore plans,
            OperationStore operations,
            InstantSource clock) {
        return new StoredPlans(
                cluster,
                configurations,
                plans,
                operations,
                clock,
                settings.plans().expiry());
    }
}
