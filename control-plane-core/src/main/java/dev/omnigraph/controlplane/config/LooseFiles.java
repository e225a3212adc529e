package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.Utf8Order;
import dev.omnigraph.controlplane.language.query.QueryDeclaration;
import dev.omnigraph.controlplane.language.query.QueryFile;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Checks source files without a configuration that names them: a schema, queries against it, policies. For editors and
 * pipelines that hold no more than what is being written. Used once; not thread-safe.
 */
public final class LooseFiles {

    /** What a file is, told by its name. */
    public enum Kind {
        SCHEMA,
        QUERY,
        POLICY;

        /** The kind of a file; empty for a name that tells none. */
        static Optional<Kind> of(String path) {
            if (path.endsWith(".pg")) {
                return Optional.of(SCHEMA);
            }
            if (path.endsWith(".gq")) {
                return Optional.of(QUERY);
            }
            return path.endsWith(".yaml") || path.endsWith(".yml") ? Optional.of(POLICY) : Optional.empty();
        }
    }

    /** One file as it was checked. */
    public record CheckedFile(String path, Kind kind, String digest) {}

    /**
     * What came of it.
     *
     * @param files in the order of their paths
     * @param findings each at the path of its file
     */
    public record Outcome(List<CheckedFile> files, List<Diagnostic> findings) {
        public Outcome {
            files = List.copyOf(files);
            findings = List.copyOf(findings);
        }
    }

    private final CheckedSources checked;
    private final List<CheckedFile> files = new ArrayList<>();
    private final List<Diagnostic> findings = new ArrayList<>();
    private Optional<SchemaSource> schema = Optional.empty();

    private LooseFiles(CheckedSources checked) {
        this.checked = checked;
    }

    /** Whether files come without a configuration. */
    public static boolean areLoose(Map<String, FileContent> files) {
        return !files.isEmpty() && !files.containsKey(ClusterYaml.FILE);
    }

    /** Why loose files cannot be checked as they are; empty where they can. */
    public static Optional<String> objection(Map<String, FileContent> files) {
        for (String path : files.keySet()) {
            if (Kind.of(path).isEmpty()) {
                return Optional.of(
                        "`" + path + "` is no schema (.pg), query (.gq) or policy (.yaml, .yml) by its name");
            }
        }
        return count(files, Kind.SCHEMA) > 1 && count(files, Kind.QUERY) > 0
                ? Optional.of("with several schemas it is not known which one the queries are for; send one, or send "
                        + ClusterYaml.FILE + " too")
                : Optional.empty();
    }

    /** Checks files to which there is no {@link #objection}. */
    public static Outcome check(Map<String, FileContent> files, CheckedSources checked) {
        SortedMap<String, FileContent> sorted = new TreeMap<>(Utf8Order.COMPARATOR);
        sorted.putAll(files);
        LooseFiles loose = new LooseFiles(checked);
        for (Kind kind : Kind.values()) {
            sorted.forEach((path, content) -> {
                if (Kind.of(path).equals(Optional.of(kind))) {
                    loose.check(new CheckedFile(path, kind, content.digest()), content);
                }
            });
        }
        loose.files.sort((left, right) -> Utf8Order.COMPARATOR.compare(left.path(), right.path()));
        return new Outcome(loose.files, loose.findings);
    }

    private static long count(Map<String, FileContent> files, Kind kind) {
        return files.keySet().stream()
                .filter(path -> Kind.of(path).equals(Optional.of(kind)))
                .count();
    }

    private void check(CheckedFile file, FileContent content) {
        files.add(file);
        Optional<TextFile> text = content.text().map(utf8 -> new TextFile(utf8, content.digest()));
        switch (file.kind()) {
            case SCHEMA ->
                text.ifPresentOrElse(
                        source -> checkSchema(file.path(), source),
                        () -> report(DiagnosticCode.SCHEMA_PARSE_ERROR, file.path(), "the file is not UTF-8 text"));
            case QUERY ->
                text.ifPresentOrElse(
                        source -> checkQueries(file.path(), source),
                        () -> report(DiagnosticCode.QUERY_PARSE_ERROR, file.path(), "the file is not UTF-8 text"));
            case POLICY -> checkPolicy(file.path(), content);
        }
    }

    private void checkSchema(String path, TextFile file) {
        Parsed<SchemaCatalog> parsed = checked.schema(file);
        if (parsed instanceof Parsed.Usable<SchemaCatalog> usable) {
            schema = Optional.of(new SchemaSource(file.digest(), usable.value()));
        } else if (parsed instanceof Parsed.Refused<SchemaCatalog> refused) {
            report(refused.code(), path, refused.reason());
        }
    }

    private void checkQueries(String path, TextFile file) {
        Parsed<QueryFile> parsed = checked.queryFile(file);
        if (parsed instanceof Parsed.Refused<QueryFile> refused) {
            report(refused.code(), path, refused.reason());
        } else if (parsed instanceof Parsed.Usable<QueryFile> usable) {
            checkQueries(path, file, usable.value().queries());
        }
    }

    private void checkQueries(String path, TextFile file, List<QueryDeclaration> queries) {
        Set<String> names = new HashSet<>();
        for (QueryDeclaration query : queries) {
            String noun = "the query `" + query.name() + "`";
            if (!names.add(query.name())) {
                report(DiagnosticCode.DUPLICATE_QUERY_NAME, path, noun + " is declared twice; the first is taken");
            } else if (schema.isEmpty()) {
                report(
                        DiagnosticCode.QUERY_TYPECHECK_SKIPPED,
                        path,
                        noun + " was parsed but not checked, because no schema that can be used came with it");
            } else {
                checked.misfit(file, query, schema.get())
                        .ifPresent(reason -> report(
                                DiagnosticCode.QUERY_TYPECHECK_ERROR,
                                path,
                                noun + " does not fit the schema: " + reason));
            }
        }
    }

    private void checkPolicy(String path, FileContent content) {
        PolicyCheck check = checked.policy(content.bytes(), content.digest(), Optional.empty());
        check.ignoredKeys()
                .ifPresent(keys -> report(DiagnosticCode.SERVING_POLICY_UNKNOWN_KEY, path, "the policy has " + keys));
        check.refusal().ifPresent(reason -> report(DiagnosticCode.POLICY_INVALID, path, reason));
    }

    private void report(DiagnosticCode code, String path, String message) {
        findings.add(Diagnostic.of(code, path, message));
    }
}
