package dev.omnigraph.controlplane.app;

import dev.omnigraph.controlplane.operation.ClusterIdentityStore;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectStore;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** The service is ready while its storage answers and still holds the cluster. */
final class StorageHealth implements HealthIndicator {

    private final ObjectStore store;

    StorageHealth(ObjectStore store) {
        this.store = store;
    }

    @Override
    public Health health() {
        return store.get(ClusterIdentityStore.KEY) instanceof GetOutcome.Found
                ? Health.up().build()
                : Health.outOfService().build();
    }
}
