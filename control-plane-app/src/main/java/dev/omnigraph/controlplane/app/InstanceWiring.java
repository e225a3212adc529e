package dev.omnigraph.controlplane.app;

import dev.omnigraph.controlplane.app.replica.SignsOfLife;
import dev.omnigraph.controlplane.app.settings.ControlPlaneSettings;
import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.instance.Heartbeat;
import dev.omnigraph.controlplane.instance.HeartbeatTiming;
import dev.omnigraph.controlplane.instance.InstanceStore;
import dev.omnigraph.controlplane.instance.InstanceWatch;
import dev.omnigraph.controlplane.instance.LivePresence;
import dev.omnigraph.controlplane.instance.Presence;
import dev.omnigraph.controlplane.operation.ClusterIdentity;
import dev.omnigraph.controlplane.operation.OperationOwner;
import dev.omnigraph.controlplane.storage.ObjectStore;
import java.time.InstantSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** This process among those that work on the same cluster. */
@Configuration(proxyBeanMethods = false)
class InstanceWiring {

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
}
