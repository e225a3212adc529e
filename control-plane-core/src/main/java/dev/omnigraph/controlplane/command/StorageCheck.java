package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.config.ConfigLoad;
import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.storage.StorageRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a command asks of a configuration beside its being valid. */
final class StorageCheck {

    private StorageCheck() {}

    /** The findings of a load, with a storage root that is not the service's own among them. */
    static List<Diagnostic> ofSources(ClusterContext context, ConfigLoad load) {
        List<Diagnostic> findings = new ArrayList<>(load.diagnostics());
        findings.addAll(mismatch(context.root(), load.desired().flatMap(DesiredCluster::declaredStorage)));
        return findings;
    }

    /** The same for commands that work on what is stored: these also tell of a lock that is declared away. */
    static List<Diagnostic> findings(ClusterContext context, ConfigLoad load) {
        List<Diagnostic> findings = ofSources(context, load);
        if (load.desired().filter(desired -> !desired.lockEnabled()).isPresent()) {
            findings.add(Diagnostic.of(
                    DiagnosticCode.STATE_LOCK_DISABLED,
                    "state.lock",
                    "state.lock is false: this service takes the lock all the same, the engine's own tool will not"));
        }
        return findings;
    }

    /** The same for commands that look at graphs or move them, and record it. */
    static List<Diagnostic> findingsBeforeChanges(ClusterContext context, ConfigLoad load) {
        List<Diagnostic> findings = findings(context, load);
        load.desired().ifPresent(desired -> findings.addAll(graphStorage(context, desired)));
        return findings;
    }

    /** A finding where graphs are declared that the engine does not keep in the service's storage. */
    static List<Diagnostic> graphStorage(ClusterContext context, DesiredCluster desired) {
        return desired.graphs().keySet().stream()
                .map(graph -> context.engine().refusal(context.root().graphRoot(graph)))
                .flatMap(Optional::stream)
                .map(reason -> Diagnostic.of(
                        DiagnosticCode.GRAPH_STORAGE_UNSUPPORTED,
                        "storage",
                        "the configuration declares graphs, but " + reason + "; nothing was stored"))
                .limit(1)
                .toList();
    }

    /** A finding where a declared storage root is not the service's own. */
    static List<Diagnostic> mismatch(StorageRoot own, Optional<String> declared) {
        if (declared.isEmpty() || isSame(own, declared.get())) {
            return List.of();
        }
        return List.of(Diagnostic.of(
                DiagnosticCode.STORAGE_ROOT_MISMATCH,
                "storage",
                "the configuration is for " + declared.get() + ", this service stores its cluster at " + own.display()
                        + "; nothing was read there and nothing was changed"));
    }

    private static boolean isSame(StorageRoot own, String declared) {
        try {
            return StorageRoot.parse(declared).display().equals(own.display());
        } catch (IllegalArgumentException e) {
            return false; // the loader has reported it as invalid already
        }
    }
}
