package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.command.ConfigurationFolder;
import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.command.ClusterService;
import dev.omnigraph.controlplane.command.ValidateOutput;
import dev.omnigraph.controlplane.config.ConfigLoad;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** The configuration for requests that change things: one with errors is refused before anything is accepted. */
@Component
class ValidConfiguration {

    private final ConfigurationFolder folder;
    private final ClusterService cluster;

    ValidConfiguration(ConfigurationFolder folder, ClusterService cluster) {
        this.folder = folder;
        this.cluster = cluster;
    }

    /**
     * The configuration as it is now, for what publishes it; the operation is pinned to it.
     *
     * @throws ProblemException {@code configuration_invalid}, with its findings
     */
    ConfigLoad load() {
        return valid(cluster::validate);
    }

    /**
     * The same for what publishes nothing, where fewer findings are errors.
     *
     * @throws ProblemException {@code configuration_invalid}, with its findings
     */
    ConfigLoad loadForObserving() {
        return valid(cluster::validateForObserving);
    }

    private ConfigLoad valid(Function<ConfigLoad, ValidateOutput> validation) {
        ConfigLoad load = folder.load();
        ValidateOutput findings = validation.apply(load);
        if (!findings.ok()) {
            throw new ProblemException(Problem.of(
                    ProblemCode.CONFIGURATION_INVALID,
                    "the configuration in " + findings.configDir() + " has errors; no operation was made",
                    findings.diagnostics()));
        }
        return load;
    }
}
