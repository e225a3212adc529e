package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.command.Configurations;
import dev.omnigraph.controlplane.app.command.PinnedConfiguration;
import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.command.ClusterService;
import dev.omnigraph.controlplane.command.ValidateOutput;
import dev.omnigraph.controlplane.config.ConfigLoad;
import dev.omnigraph.controlplane.desired.ConfigurationName;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** The configuration for requests that change things: one with errors is refused before anything is accepted. */
@Component
class ValidConfiguration {

    private final Configurations configurations;
    private final ClusterService cluster;

    ValidConfiguration(Configurations configurations, ClusterService cluster) {
        this.configurations = configurations;
        this.cluster = cluster;
    }

    /**
     * The configuration as it is now, for what publishes it; the operation is pinned to it.
     *
     * @param named a stored one; empty for what is desired
     * @throws ProblemException {@code configuration_invalid}, with its findings
     */
    PinnedConfiguration load(Optional<ConfigurationName> named) {
        return valid(configurations.load(named), cluster::validate);
    }

    /**
     * The same under its name: of the folder, the content is stored now.
     *
     * @param actor who has it stored
     * @throws ProblemException {@code configuration_invalid}, with its findings
     */
    PinnedConfiguration stored(Optional<ConfigurationName> named, Optional<String> actor) {
        return valid(configurations.stored(named, actor), cluster::validate);
    }

    /**
     * The same for what publishes nothing, where fewer findings are errors.
     *
     * @throws ProblemException {@code configuration_invalid}, with its findings
     */
    PinnedConfiguration loadForObserving(Optional<ConfigurationName> named) {
        return valid(configurations.load(named), cluster::validateForObserving);
    }

    private static PinnedConfiguration valid(
            PinnedConfiguration pinned, Function<ConfigLoad, ValidateOutput> validation) {
        ValidateOutput findings = validation.apply(pinned.load());
        if (!findings.ok()) {
            throw new ProblemException(Problem.of(
                    ProblemCode.CONFIGURATION_INVALID,
                    "the configuration in " + findings.configDir() + " has errors; nothing was taken on",
                    findings.diagnostics()));
        }
        return pinned;
    }
}
