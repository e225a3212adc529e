package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.desired.ConfigurationName;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonShapeException;
import dev.omnigraph.controlplane.json.TypedObject;
import dev.omnigraph.controlplane.operation.ClusterIdentity;
import java.util.Optional;

/** Names in requests and answers: of the cluster, so that a caller notices a wrong or restored store; of configurations. */
final class Naming {

    /** The member that names a stored configuration. */
    static final String CONFIGURATION = "configuration";

    private Naming() {}

    /** The answer with the cluster's name after its own members. */
    static JsonObject with(ClusterIdentity cluster, JsonObject answer) {
        JsonObject.Builder named = JsonObject.builder();
        answer.members().forEach(named::put);
        return named.put("cluster_id", cluster.clusterId())
                .put("incarnation", cluster.incarnation())
                .build();
    }

    /** The stored configuration that a body names. */
    static Optional<ConfigurationName> configuration(TypedObject members) throws JsonShapeException {
        Optional<String> text = members.optionalString(CONFIGURATION);
        Optional<ConfigurationName> name = text.flatMap(ConfigurationName::parse);
        if (text.isPresent() && name.isEmpty()) {
            throw new JsonShapeException(
                    members.child(CONFIGURATION), "names no configuration; one is sha256: and 64 hex digits");
        }
        return name;
    }
}
