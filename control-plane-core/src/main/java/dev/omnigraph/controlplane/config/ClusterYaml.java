package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.yaml.YamlNode;
import dev.omnigraph.controlplane.language.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The first five steps of a load (control-plane.md 2.1): from the folder to a well-typed document. They decide whether
 * there is a desired state at all.
 */
final class ClusterYaml {

    static final String FILE = "cluster.yaml";

    private ClusterYaml() {}

    /**
     * What the text of a configuration came to.
     *
     * @param document empty where a step failed, which the findings tell
     */
    record Parsed(Optional<ClusterDocument> document, List<Diagnostic> findings) {
        Parsed {
            findings = List.copyOf(findings);
        }
    }

    /** The document; empty where a step failed, which is then reported. */
    static Optional<ClusterDocument> read(Draft draft) {
        if (!draft.source().exists()) {
            String root = draft.source().displayRoot();
            draft.report(
                    DiagnosticCode.CONFIG_DIR_NOT_FOUND, root, "the configuration folder `" + root + "` is no folder");
            return Optional.empty();
        }
        Optional<Parsed> parsed = draft.readText(
                        "configuration file", FILE, DiagnosticCode.CLUSTER_CONFIG_READ_ERROR, FILE)
                .map(draft.checked()::document);
        parsed.map(Parsed::findings).ifPresent(draft::report);
        return parsed.flatMap(Parsed::document);
    }

    /** Steps 3 to 5 on the text alone. */
    static Parsed parse(String text) {
        List<Diagnostic> findings = new ArrayList<>(duplicates(text));
        try {
            YamlNode root = YamlReader.read(text);
            findings.addAll(reserved(root));
            return findings.isEmpty()
                    ? new Parsed(Optional.of(ClusterDocumentReader.read(root)), findings)
                    : new Parsed(Optional.empty(), findings);
        } catch (LanguageException e) {
            if (findings.isEmpty()) {
                findings.add(Diagnostic.of(DiagnosticCode.INVALID_CLUSTER_YAML, FILE, e.getMessage()));
            }
            return new Parsed(Optional.empty(), findings);
        }
    }

    private static List<Diagnostic> duplicates(String text) {
        return DuplicateKeyScanner.scan(text).stream()
                .map(duplicate -> Diagnostic.of(
                        DiagnosticCode.DUPLICATE_YAML_KEY,
                        duplicate.path(),
                        "line " + duplicate.line() + " of " + FILE + " repeats the key `" + duplicate.path()
                                + "`; neither value was taken"))
                .toList();
    }

    private static List<Diagnostic> reserved(YamlNode root) {
        return ReservedKeys.in(root).stream()
                .map(key -> Diagnostic.of(
                        DiagnosticCode.FUTURE_PHASE_FIELD,
                        key.name(),
                        "line " + key.position().line() + " of " + FILE + " declares `" + key.name()
                                + "`, which is kept for a later version and does nothing yet"))
                .toList();
    }
}
