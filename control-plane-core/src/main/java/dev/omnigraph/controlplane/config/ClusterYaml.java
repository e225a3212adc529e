package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.yaml.YamlNode;
import dev.omnigraph.controlplane.language.yaml.YamlReader;
import java.util.List;
import java.util.Optional;

/**
 * The first five steps of a load (control-plane.md 2.1): from the folder to a well-typed document. They decide whether
 * there is a desired state at all.
 */
final class ClusterYaml {

    static final String FILE = "cluster.yaml";

    private ClusterYaml() {}

    /** The document; empty where a step failed, which is then reported. */
    static Optional<ClusterDocument> read(Draft draft) {
        if (!draft.source().exists()) {
            String root = draft.source().displayRoot();
            draft.report(
                    DiagnosticCode.CONFIG_DIR_NOT_FOUND, root, "the configuration folder `" + root + "` is no folder");
            return Optional.empty();
        }
        return draft.readText("configuration file", FILE, DiagnosticCode.CLUSTER_CONFIG_READ_ERROR, FILE)
                .flatMap(file -> parse(file.text(), draft));
    }

    private static Optional<ClusterDocument> parse(String text, Draft draft) {
        boolean repeats = reportDuplicates(text, draft);
        try {
            YamlNode root = YamlReader.read(text);
            if (reportReserved(root, draft) || repeats) {
                return Optional.empty();
            }
            return Optional.of(ClusterDocumentReader.read(root));
        } catch (LanguageException e) {
            if (!repeats) {
                draft.report(DiagnosticCode.INVALID_CLUSTER_YAML, FILE, e.getMessage());
            }
            return Optional.empty();
        }
    }

    private static boolean reportDuplicates(String text, Draft draft) {
        List<DuplicateKeyScanner.DuplicateKey> duplicates = DuplicateKeyScanner.scan(text);
        for (DuplicateKeyScanner.DuplicateKey duplicate : duplicates) {
            draft.report(
                    DiagnosticCode.DUPLICATE_YAML_KEY,
                    duplicate.path(),
                    "line " + duplicate.line() + " of " + FILE + " repeats the key `" + duplicate.path()
                            + "`; neither value was taken");
        }
        return !duplicates.isEmpty();
    }

    private static boolean reportReserved(YamlNode root, Draft draft) {
        List<ReservedKeys.ReservedKey> reserved = ReservedKeys.in(root);
        for (ReservedKeys.ReservedKey key : reserved) {
            draft.report(
                    DiagnosticCode.FUTURE_PHASE_FIELD,
                    key.name(),
                    "line " + key.position().line() + " of " + FILE + " declares `" + key.name()
                            + "`, which is kept for a later version and does nothing yet");
        }
        return !reserved.isEmpty();
    }
}
