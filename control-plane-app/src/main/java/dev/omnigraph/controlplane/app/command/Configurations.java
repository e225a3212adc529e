package dev.omnigraph.controlplane.app.command;

import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.app.settings.ConfigurationSource;
import dev.omnigraph.controlplane.config.BundleConfigSource;
import dev.omnigraph.controlplane.config.ClusterConfigLoader;
import dev.omnigraph.controlplane.config.ConfigLoad;
import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.config.FileContent;
import dev.omnigraph.controlplane.config.HeaderLoad;
import dev.omnigraph.controlplane.config.LoadOptions;
import dev.omnigraph.controlplane.desired.ConfigurationName;
import dev.omnigraph.controlplane.desired.ConfigurationStore;
import dev.omnigraph.controlplane.desired.ConfigurationStore.Storing;
import dev.omnigraph.controlplane.desired.Revision;
import dev.omnigraph.controlplane.desired.RevisionStore;
import dev.omnigraph.controlplane.desired.StoredConfiguration;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.diagnostic.Severity;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configurations that requests are about: a stored one that the request names, else what is desired, which is the
 * folder or the head of the stored ones.
 */
public final class Configurations {

    private static final String NONE = "no configuration is the head yet";

    private final ConfigurationFolder folder;
    private final ConfigurationSource source;
    private final ConfigurationStore store;
    private final RevisionStore revisions;
    private final InstantSource clock;

    public Configurations(
            ConfigurationFolder folder,
            ConfigurationSource source,
            ConfigurationStore store,
            RevisionStore revisions,
            InstantSource clock) {
        this.folder = folder;
        this.source = source;
        this.store = store;
        this.revisions = revisions;
        this.clock = clock;
    }

    /**
     * What a request is about.
     *
     * @param named the configuration that it names; empty for what is desired
     * @throws ProblemException where that is not stored, or nothing is desired yet
     */
    public PinnedConfiguration load(Optional<ConfigurationName> named) {
        Optional<ConfigurationName> stored = named.or(this::head);
        if (stored.isEmpty() && source == ConfigurationSource.STORED) {
            throw new ProblemException(Problem.of(
                    DiagnosticCode.NO_CONFIGURATION,
                    NONE + ", and the request names none; nothing was read or changed"));
        }
        return stored.map(name -> new PinnedConfiguration(stored, load(name)))
                .orElseGet(() -> new PinnedConfiguration(Optional.empty(), folder.load()));
    }

    /** What is desired, for those who only look; where nothing is yet, a finding says it. */
    public ConfigLoad look() {
        Optional<ConfigurationName> head = head();
        if (head.isEmpty() && source == ConfigurationSource.STORED) {
            return new ConfigLoad("", "", Optional.empty(), List.of(nothingYet()));
        }
        return head.map(this::load).orElseGet(folder::load);
    }

    /** What is desired of the cluster itself; where nothing is yet, a finding says it. */
    public HeaderLoad header() {
        Optional<ConfigurationName> head = head();
        if (head.isEmpty()) {
            return source == ConfigurationSource.STORED
                    ? new HeaderLoad("", Optional.empty(), List.of(nothingYet()))
                    : folder.header();
        }
        return ClusterConfigLoader.loadHeader(
                new BundleConfigSource(head.get().text(), contents(head.get())), LoadOptions.CONFINED);
    }

    /**
     * A request's own configuration under its name: the stored one, or the folder, whose content is stored now.
     *
     * @param actor who has it stored
     * @throws ProblemException {@code configuration_invalid} where the folder cannot be stored: what it names lies outside,
     *     or it means something else without what it leaves unnamed
     */
    public PinnedConfiguration stored(Optional<ConfigurationName> named, Optional<String> actor) {
        if (named.isPresent() || source == ConfigurationSource.STORED) {
            return load(named);
        }
        ConfigurationFolder.Captured captured = folder.capture();
        if (captured.load().hasErrors()) {
            return new PinnedConfiguration(Optional.empty(), captured.load());
        }
        ConfigurationName name = ConfigurationStore.nameOf(captured.files());
        ConfigLoad load = folder.load(name.text(), captured.files());
        if (!digest(load).equals(digest(captured.load())) || load.hasErrors()) {
            throw new ProblemException(Problem.of(
                    ProblemCode.CONFIGURATION_INVALID,
                    "the configuration in " + captured.load().configDir()
                            + " is not the same without this machine, so that it cannot be stored; nothing was stored",
                    load.diagnostics()));
        }
        if (store.store(captured.files(), actor, clock.instant()) instanceof Storing.Failed failed) {
            throw notStored(failed);
        }
        return new PinnedConfiguration(Optional.of(name), load);
    }

    /** For a configuration that could not be stored. */
    public static ProblemException notStored(Storing.Failed failed) {
        return new ProblemException(Problem.of(
                DiagnosticCode.STORAGE_UNAVAILABLE, "the configuration could not be stored: " + failed.reason()));
    }

    /**
     * A stored configuration.
     *
     * @throws ProblemException {@code configuration_not_found}
     */
    public StoredConfiguration require(ConfigurationName name) {
        return store.find(name)
                .orElseThrow(() -> new ProblemException(
                        Problem.of(ProblemCode.CONFIGURATION_NOT_FOUND, "no configuration is stored as " + name)));
    }

    /** Whether a configuration of that name is stored. */
    public boolean isStored(ConfigurationName name) {
        return store.find(name).isPresent();
    }

    private ConfigLoad load(ConfigurationName name) {
        return folder.load(name.text(), contents(name));
    }

    private Map<String, FileContent> contents(ConfigurationName name) {
        return store.contents(require(name));
    }

    private Optional<ConfigurationName> head() {
        return source == ConfigurationSource.STORED ? revisions.head().map(Revision::configuration) : Optional.empty();
    }

    private static Optional<String> digest(ConfigLoad load) {
        return load.desired().map(DesiredCluster::configDigest);
    }

    private static Diagnostic nothingYet() {
        return new Diagnostic(DiagnosticCode.NO_CONFIGURATION, Severity.WARNING, "configuration", NONE);
    }
}
