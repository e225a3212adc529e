package dev.omnigraph.controlplane.app.status;

import dev.omnigraph.controlplane.app.command.Configurations;
import dev.omnigraph.controlplane.command.ClusterService;
import dev.omnigraph.controlplane.command.StatusOutput;
import dev.omnigraph.controlplane.instance.Presence;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.ledger.WireTime;
import dev.omnigraph.controlplane.operation.ClusterIdentity;
import dev.omnigraph.controlplane.operation.Freeze;
import dev.omnigraph.controlplane.operation.FreezeRead;
import dev.omnigraph.controlplane.operation.FreezeStore;
import java.util.Optional;

/** Reads the status of the cluster: the command's output, whose cluster it is, and whether it is frozen. */
public final class StatusReader {

    private final Configurations configuration;
    private final ClusterService cluster;
    private final ClusterIdentity identity;
    private final FreezeStore freezes;
    private final Presence presence;
    private final CatalogWatch catalog;

    public StatusReader(
            Configurations configuration,
            ClusterService cluster,
            ClusterIdentity identity,
            FreezeStore freezes,
            Presence presence,
            CatalogWatch catalog) {
        this.configuration = configuration;
        this.cluster = cluster;
        this.identity = identity;
        this.freezes = freezes;
        this.presence = presence;
        this.catalog = catalog;
    }

    /**
     * The status now.
     *
     * @param verifyCatalog whether every catalog copy is read and hashed
     */
    public JsonObject read(boolean verifyCatalog) {
        JsonObject.Builder status = JsonObject.builder();
        StatusOutput output = cluster.status(configuration.header(), verifyCatalog);
        output.toJson().members().forEach(status::put);
        return status.put("lock_holder", holder(output))
                .put("catalog", catalog.view())
                .put("freeze", freeze(freezes.read()))
                .put("cluster_id", identity.clusterId())
                .put("incarnation", identity.incarnation())
                .build();
    }

    private JsonValue holder(StatusOutput output) {
        return JsonValue.orNull(output.observations().holder().map(lock -> HolderView.of(presence, lock.lockId())));
    }

    private static JsonValue freeze(FreezeRead read) {
        if (read instanceof FreezeRead.Frozen frozen) {
            Freeze freeze = frozen.freeze();
            return freeze(freeze.actor(), freeze.reason(), Optional.of(WireTime.format(freeze.since())));
        }
        // A store that does not answer has said so among the findings already.
        return JsonValue.orNull(read.refusal().map(reason -> freeze(Optional.empty(), reason, Optional.empty())));
    }

    private static JsonObject freeze(Optional<String> actor, String reason, Optional<String> since) {
        return JsonObject.builder()
                .putOrNull("actor", actor)
                .put("reason", reason)
                .putOrNull("since", since)
                .build();
    }
}
