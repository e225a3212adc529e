package dev.omnigraph.controlplane.app;

import dev.omnigraph.controlplane.app.command.ChangingCommands;
import dev.omnigraph.controlplane.app.operation.OperationMetrics;
import dev.omnigraph.controlplane.app.operation.OperationRunner;
import dev.omnigraph.controlplane.app.operation.OperationView;
import dev.omnigraph.controlplane.app.operation.Operations;
import dev.omnigraph.controlplane.app.operation.RetentionSchedule;
import dev.omnigraph.controlplane.app.operation.RunnerLimits;
import dev.omnigraph.controlplane.app.replica.LeftBehind;
import dev.omnigraph.controlplane.app.replica.ProgressKeeper;
import dev.omnigraph.controlplane.app.settings.ControlPlaneSettings;
import dev.omnigraph.controlplane.app.stream.OperationEvents;
import dev.omnigraph.controlplane.app.stream.Streams;
import dev.omnigraph.controlplane.fault.FaultPointStore;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.id.IdSource;
import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.instance.Heartbeat;
import dev.omnigraph.controlplane.instance.HeartbeatTiming;
import dev.omnigraph.controlplane.instance.InstanceWatch;
import dev.omnigraph.controlplane.instance.Presence;
import dev.omnigraph.controlplane.ledger.ClusterLock;
import dev.omnigraph.controlplane.operation.ClusterIdentity;
import dev.omnigraph.controlplane.operation.FreezeStore;
import dev.omnigraph.controlplane.operation.IdempotencyStore;
import dev.omnigraph.controlplane.operation.OperationOwner;
import dev.omnigraph.controlplane.operation.OperationStore;
import dev.omnigraph.controlplane.storage.ObjectStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is asked for and takes its time: run here, seen everywhere. */
@Configuration(proxyBeanMethods = false)
class OperationWiring {

    private static final Logger LOG = LoggerFactory.getLogger(OperationWiring.class);

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
                SuddenEnd::now);
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
    RetentionSchedule retentionSchedule(
            ControlPlaneSettings settings, ChangingCommands commands, Operations operations, IdSource ids) {
        return new RetentionSchedule(
                settings.retention().interval(),
                () -> operations.submit(ids.nextUlid(), commands.retention(), Optional.empty()));
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
}
