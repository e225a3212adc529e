package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.operation.ClusterIdentity;

/** Names the cluster in answers, so that a caller notices a wrong or restored store. */
final class Naming {

    private Naming() {}

    /** The answer with the cluster's name after its own members. */
    static JsonObject with(ClusterIdentity cluster, JsonObject answer) {
        JsonObject.Builder named = JsonObject.builder();
        answer.members().forEach(named::put);
        return named.put("cluster_id", cluster.clusterId())
                .put("incarnation", cluster.incarnation())
                .build();
    }
}
