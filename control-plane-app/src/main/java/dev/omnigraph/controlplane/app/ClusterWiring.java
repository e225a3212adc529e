package dev.omnigraph.controlplane.app;

import dev.omnigraph.controlplane.app.command.ChangingCommands;
import dev.omnigraph.controlplane.app.settings.ControlPlaneSettings;
import dev.omnigraph.controlplane.approval.ApprovalRules;
import dev.omnigraph.controlplane.command.ClusterService;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.graph.GraphEngine;
import dev.omnigraph.controlplane.id.IdSource;
import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.inspection.GraphInspector;
import dev.omnigraph.controlplane.instance.Presence;
import dev.omnigraph.controlplane.ledger.ClusterLock;
import dev.omnigraph.controlplane.ledger.LedgerHistory;
import dev.omnigraph.controlplane.ledger.SidecarStore;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandSettings;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageRoot;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The cluster this service keeps, and what is done with it. */
@Configuration(proxyBeanMethods = false)
class ClusterWiring {

    /** Milliseconds are what people read and what records need. */
    @Bean
    InstantSource clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }

    @Bean
    IdSource ids() {
        return new UlidSource();
    }

    @Bean
    Pause pause() {
        return Pause.REAL;
    }

    /** Do what is asked of the store several at a time. */
    @Bean(destroyMethod = "shutdown")
    ExecutorService storeWorkers(StorageRoot root) {
        return Executors.newFixedThreadPool(root.requestsAtOnce(), work -> new Thread(work, "store-worker"));
    }

    @Bean
    ClusterContext clusterContext(
            ControlPlaneSettings settings,
            StorageRoot root,
            ObjectStore store,
            GraphEngine engine,
            InstantSource clock,
            IdSource ids,
            Pause pause,
            FaultPoints faults,
            ExecutorService storeWorkers,
            Presence presence) {
        CommandSettings behaviour = new CommandSettings(
                settings.lock().patience(),
                ProcessHandle.current().pid(),
                settings.graphPolicy().enforce(),
                new ApprovalRules(
                        settings.approvals().requireSecondPerson(),
                        settings.approvals().acceptForeign()));
        return new ClusterContext(root, store, engine, clock, ids, pause, faults, storeWorkers, behaviour, presence);
    }

    @Bean
    ClusterService clusterService(ClusterContext context) {
        return new ClusterService(context);
    }

    @Bean
    ChangingCommands changingCommands(ControlPlaneSettings settings, ClusterService cluster, ObjectStore store) {
        return new ChangingCommands(
                cluster, new SidecarStore(store), settings.retention().periods());
    }

    @Bean
    ClusterLock clusterLock(ClusterContext context) {
        return context.lock();
    }

    @Bean
    GraphInspector graphInspector(StorageRoot root, ObjectStore store, GraphEngine engine) {
        return new GraphInspector(root, store, engine);
    }

    @Bean
    LedgerHistory ledgerHistory(ObjectStore store) {
        return new LedgerHistory(store);
    }
}
