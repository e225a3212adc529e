package dev.omnigraph.controlplane.app;

import dev.omnigraph.controlplane.app.command.Configurations;
import dev.omnigraph.controlplane.app.settings.ControlPlaneSettings;
import dev.omnigraph.controlplane.app.status.CatalogWatch;
import dev.omnigraph.controlplane.app.status.StatusBoard;
import dev.omnigraph.controlplane.app.status.StatusReader;
import dev.omnigraph.controlplane.app.status.StatusWatch;
import dev.omnigraph.controlplane.app.stream.OperationEvents;
import dev.omnigraph.controlplane.command.ClusterService;
import dev.omnigraph.controlplane.instance.Presence;
import dev.omnigraph.controlplane.operation.ClusterIdentity;
import dev.omnigraph.controlplane.operation.FreezeStore;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How things stand, for many who ask often. */
@Configuration(proxyBeanMethods = false)
class StatusWiring {

    @Bean
    StatusReader statusReader(
            Configurations configuration,
            ClusterService cluster,
            ClusterIdentity identity,
            FreezeStore freezes,
            Presence presence,
            CatalogWatch catalog) {
        return new StatusReader(configuration, cluster, identity, freezes, presence, catalog);
    }

    @Bean
    CatalogWatch catalogWatch(ControlPlaneSettings settings, ClusterService cluster, InstantSource clock) {
        return new CatalogWatch(
                cluster::verifyCatalog, clock, settings.catalog().verifyInterval());
    }

    @Bean
    StatusBoard statusBoard(
            ControlPlaneSettings settings, StatusReader reader, OperationEvents events, InstantSource clock) {
        return new StatusBoard(
                () -> reader.read(false), events::newest, settings.status().freshness(), clock);
    }

    @Bean
    StatusWatch statusWatch(ControlPlaneSettings settings, StatusBoard board) {
        return new StatusWatch(board, settings.http().maxStatusWaiters());
    }
}
