package dev.omnigraph.controlplane.app;

import dev.omnigraph.controlplane.app.command.ChangingCommands;
import dev.omnigraph.controlplane.app.command.ConfigurationFolder;
import dev.omnigraph.controlplane.app.command.Configurations;
import dev.omnigraph.controlplane.app.command.StoredPlans;
import dev.omnigraph.controlplane.app.fault.ArmedFaultPoints;
import dev.omnigraph.controlplane.app.operation.OperationMetrics;
import dev.omnigraph.controlplane.app.operation.OperationRunner;
import dev.omnigraph.controlplane.app.operation.OperationView;
import dev.omnigraph.controlplane.app.operation.Operations;
import dev.omnigraph.controlplane.app.operation.RetentionSchedule;
import dev.omnigraph.controlplane.app.operation.RunnerLimits;
import dev.omnigraph.controlplane.app.replica.LeftBehind;
import dev.omnigraph.controlplane.app.replica.ProgressKeeper;
import dev.omnigraph.controlplane.app.replica.SignsOfLife;
import dev.omnigraph.controlplane.app.settings.ConfigurationSource;
import dev.omnigraph.controlplane.app.settings.ControlPlaneSettings;
import dev.omnigraph.controlplane.app.settings.Mode;
import dev.omnigraph.controlplane.app.status.CatalogWatch;
import dev.omnigraph.controlplane.app.status.StatusBoard;
import dev.omnigraph.controlplane.app.status.StatusReader;
import dev.omnigraph.controlplane.app.status.StatusWatch;
import dev.omnigraph.controlplane.app.stream.OperationEvents;
import dev.omnigraph.controlplane.app.stream.Streams;
import dev.omnigraph.controlplane.approval.ApprovalRules;
import dev.omnigraph.controlplane.command.ClusterService;
import dev.omnigraph.controlplane.config.HeaderLoad;
import dev.omnigraph.controlplane.config.LoadOptions;
import dev.omnigraph.controlplane.config.SourceScope;
import dev.omnigraph.controlplane.desired.ConfigurationIntake;
import dev.omnigraph.controlplane.desired.ConfigurationStore;
import dev.omnigraph.controlplane.desired.RevisionStore;
import dev.omnigraph.controlplane.fault.FaultPointStore;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.graph.GraphEngine;
import dev.omnigraph.controlplane.id.IdSource;
import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.id.UlidSource;
import dev.omnigraph.controlplane.inspection.GraphInspector;
import dev.omnigraph.controlplane.instance.Heartbeat;
import dev.omnigraph.controlplane.instance.HeartbeatTiming;
import dev.omnigraph.controlplane.instance.InstanceStore;
import dev.omnigraph.controlplane.instance.InstanceWatch;
import dev.omnigraph.controlplane.instance.LivePresence;
import dev.omnigraph.controlplane.instance.Presence;
import dev.omnigraph.controlplane.lance.LanceGraphEngine;
import dev.omnigraph.controlplane.lance.nativelib.UnsupportedPlatformException;
import dev.omnigraph.controlplane.ledger.ClusterLock;
import dev.omnigraph.controlplane.ledger.LedgerHistory;
import dev.omnigraph.controlplane.ledger.SidecarStore;
import dev.omnigraph.controlplane.operation.ClusterIdentity;
import dev.omnigraph.controlplane.operation.FreezeStore;
import dev.omnigraph.controlplane.operation.IdempotencyStore;
import dev.omnigraph.controlplane.operation.OperationOwner;
import dev.omnigraph.controlplane.operation.OperationStore;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.CommandSettings;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storage.folder.FolderObjectStore;
import dev.omnigraph.controlplane.storage.s3.S3ObjectStore;
import dev.omnigraph.controlplane.storedplan.StoredPlanStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/** The cluster this service keeps, and the ports through which it does. */
@Configuration(proxyBeanMethods = false)
class ClusterWiring {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterWiring.class);
    private static final int CATALOG_WRITERS = 4;
    /** What a process that was killed reports. */
    private static final int KILLED = 137;

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
            return ArmedFaultPoints.of(settings.faultPoints(), pause, ClusterWiring::halt);
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

    /** Writes catalog copies, several at a time. */
    @Bean(destroyMethod = "shutdown")
    ExecutorService catalogWriters() {
        return Executors.newFixedThreadPool(CATALOG_WRITERS, work -> new Thread(work, "catalog-writer"));
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
            ExecutorService catalogWriters,
            Presence presence) {
        CommandSettings behaviour = new CommandSettings(
                settings.lock().patience(),
                ProcessHandle.current().pid(),
                settings.graphPolicy().enforce(),
                new ApprovalRules(
                        settings.approvals().requireSecondPerson(),
                        settings.approvals().acceptForeign()));
        return new ClusterContext(root, store, engine, clock, ids, pause, faults, catalogWriters, behaviour, presence);
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
    RetentionSchedule retentionSchedule(
            ControlPlaneSettings settings, ChangingCommands commands, Operations operations, IdSource ids) {
        return new RetentionSchedule(
                settings.retention().interval(),
                () -> operations.submit(ids.nextUlid(), commands.retention(), Optional.empty()));
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
    OperationOwner operationOwner(ControlPlaneSettings settings, InstantSource clock) {
        InstanceName name = InstanceName.of(settings.instanceId());
        return new OperationOwner(name.instance(), name.host(), clock.instant());
    }

    @Bean
    HeartbeatTiming heartbeatTiming(ControlPlaneSettings settings) {
        return new HeartbeatTiming(settings.instance().heartbeat());
    }

    /** Made once the cluster is known to be the right one, and before anything that changes it. */
    @Bean
    Heartbeat heartbeat(
            OperationOwner self,
            ClusterIdentity identity,
            ObjectStore store,
            InstantSource clock,
            Pause pause,
            HeartbeatTiming timing) {
        return ClusterStart.instance(self, store, clock, pause, timing);
    }

    @Bean
    InstanceWatch instanceWatch(ObjectStore store, InstantSource clock, HeartbeatTiming timing) {
        return new InstanceWatch(new InstanceStore(store), clock, timing);
    }

    @Bean(destroyMethod = "close")
    SignsOfLife signsOfLife(
            Heartbeat heartbeat,
            InstanceWatch others,
            HeartbeatTiming timing,
            ConfigurableApplicationContext application) {
        return new SignsOfLife(heartbeat, others, timing, application::close);
    }

    /** Whoever needs the presence needs the signs of life that keep it. */
    @Bean
    Presence presence(Heartbeat heartbeat, InstanceWatch others, SignsOfLife signs) {
        return new LivePresence(heartbeat, others);
    }

    @Bean
    OperationStore operationStore(ObjectStore store) {
        return new OperationStore(store);
    }

    @Bean
    IdempotencyStore idempotencyStore(ObjectStore store) {
        return new IdempotencyStore(store);
    }

    @Bean
    FreezeStore freezeStore(ObjectStore store) {
        return new FreezeStore(store);
    }

    @Bean
    LedgerHistory ledgerHistory(ObjectStore store) {
        return new LedgerHistory(store);
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
    OperationRunner operationRunner(
            ControlPlaneSettings settings,
            OperationStore operations,
            OperationOwner self,
            InstantSource clock,
            Pause pause,
            OperationEvents events,
            MeterRegistry meters,
            InstanceWatch others,
            Heartbeat heartbeat,
            ClusterLock lock) {
        ClusterStart.takeBackLock(heartbeat, lock)
                .ifPresent(id -> LOG.warn("lock {} was left by an earlier process of this instance: taken back", id));
        ClusterStart.markInterrupted(operations, self, clock.instant())
                .forEach(id -> LOG.warn("operation {} was left unfinished by an earlier process: interrupted", id));
        RunnerLimits limits = new RunnerLimits(
                settings.operations().queueSize(), settings.shutdown().deadline());
        OperationMetrics metrics = new OperationMetrics(meters);
        return new OperationRunner(
                operations,
                self,
                limits,
                clock,
                pause,
                operation -> {
                    events.changed(operation);
                    metrics.changed(operation);
                },
                new LeftBehind(self, others, operations, clock),
                ClusterWiring::halt);
    }

    /** Ends the process without further ado. */
    private static void halt() {
        Runtime.getRuntime().halt(KILLED);
    }

    @Bean
    OperationEvents operationEvents(IdSource ids) {
        return new OperationEvents(ids.nextUlid());
    }

    @Bean
    Streams streams(ControlPlaneSettings settings, OperationEvents events, Operations operations, OperationView view) {
        return new Streams(events, operations, view, settings.http().maxStreams());
    }

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
    ProgressKeeper progressKeeper(
            OperationRunner runner,
            HeartbeatTiming timing,
            @Qualifier("openedStore") ObjectStore opened,
            FaultPoints faults) {
        ObjectStore signs = faults == FaultPoints.NONE ? opened : FaultPointStore.ofSigns(opened, faults);
        return new ProgressKeeper(runner, new OperationStore(signs), timing.interval());
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

    @Bean
    Operations operations(
            ControlPlaneSettings settings,
            OperationStore store,
            OperationRunner runner,
            Presence presence,
            InstantSource clock,
            Pause pause) {
        return new Operations(
                store, runner, presence, clock, pause, settings.operations().maxWaiters());
    }

    @Bean
    OperationView operationView(ClusterIdentity cluster) {
        return new OperationView(cluster);
    }

    @Bean("storage")
    HealthIndicator storageHealth(ObjectStore store) {
        return new StorageHealth(store);
    }
}
