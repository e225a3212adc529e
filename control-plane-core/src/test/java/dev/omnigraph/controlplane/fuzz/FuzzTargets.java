package dev.omnigraph.controlplane.fuzz;

import dev.omnigraph.controlplane.config.ConfigFuzz;
import dev.omnigraph.controlplane.language.policy.PolicyFuzz;
import dev.omnigraph.controlplane.language.query.QueryFuzz;
import dev.omnigraph.controlplane.language.schema.SchemaFuzz;
import java.util.List;

/** Every text that comes from outside and is parsed here. */
final class FuzzTargets {

    static final List<FuzzTarget> ALL = List.of(new SchemaFuzz(), new QueryFuzz(), new PolicyFuzz(), new ConfigFuzz());

    private FuzzTargets() {}
}
