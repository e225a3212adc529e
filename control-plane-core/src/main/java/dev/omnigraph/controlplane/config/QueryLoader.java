package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.digest.Utf8Order;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.query.QueryCheck;
import dev.omnigraph.controlplane.language.query.QueryChecker;
import dev.omnigraph.controlplane.language.query.QueryDeclaration;
import dev.omnigraph.controlplane.language.query.QueryFile;
import dev.omnigraph.controlplane.language.query.QueryParser;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Loads the queries of one graph, found in files or named one by one, and checks each (control-plane.md 2.11). */
final class QueryLoader {

    private static final String FILE_KIND = "query file";

    private final String graph;
    private final String path;
    private final Optional<SchemaSource> schema;
    private final Draft draft;
    private final SortedMap<String, DesiredQuery> queries = new TreeMap<>(Utf8Order.COMPARATOR);

    /**
     * A loader for one graph.
     *
     * @param schema what queries are checked against; empty where the schema is of no use
     */
    QueryLoader(String graph, Optional<SchemaSource> schema, Draft draft) {
        this.graph = graph;
        this.path = "graphs." + graph + ".queries";
        this.schema = schema;
        this.draft = draft;
    }

    /** A query that a file declares, before it is checked. */
    private record Found(String declaredPath, TextFile file, QueryDeclaration declaration) {}

    /** The queries whose file could be read, by name; used once. */
    SortedMap<String, DesiredQuery> load(QuerySources sources) {
        if (sources instanceof QuerySources.Named named) {
            named.fileByName().forEach(this::loadNamed);
        } else if (sources instanceof QuerySources.Paths paths) {
            loadFound(paths.paths());
        } else {
            loadFound(List.of(((QuerySources.OnePath) sources).path()));
        }
        return queries;
    }

    private void loadFound(List<String> paths) {
        SortedMap<String, Found> found = new TreeMap<>(Utf8Order.COMPARATOR);
        for (String declared : paths) {
            for (String file : filesAt(declared)) {
                discover(file, found);
            }
        }
        for (Map.Entry<String, Found> entry : found.entrySet()) {
            Found query = entry.getValue();
            checkName(entry.getKey());
            add(entry.getKey(), query.declaredPath(), query.file());
            typeCheck(query.file(), query.declaration());
        }
    }

    /** The query files of a folder, or the path itself where it is none. */
    private List<String> filesAt(String declared) {
        FolderListing listing = draft.list(declared);
        if (listing instanceof FolderListing.NotAFolder) {
            return List.of(declared);
        }
        if (listing instanceof FolderListing.Names names) {
            List<String> files = names.names().stream()
                    .filter(QueryLoader::isQueryFile)
                    .map(name -> ConfigSource.join(declared, name))
                    .toList();
            if (files.isEmpty()) {
                draft.report(DiagnosticCode.QUERY_DIR_EMPTY, path, folder(declared) + " holds no .gq file");
            }
            return files;
        }
        if (listing instanceof FolderListing.Unreadable unreadable) {
            draft.report(DiagnosticCode.QUERY_DIR_UNREADABLE, path, folder(declared) + " " + unreadable.reason());
        } else {
            draft.reportOutside("query folder", declared, path);
        }
        return List.of();
    }

    /** A name with the extension {@code gq}; a name that is nothing but that is none. */
    private static boolean isQueryFile(String name) {
        return name.endsWith(".gq") && name.lastIndexOf('.') > 0;
    }

    private void discover(String declaredPath, SortedMap<String, Found> found) {
        Optional<TextFile> file = draft.readText(FILE_KIND, declaredPath, DiagnosticCode.QUERY_FILE_MISSING, path);
        if (file.isEmpty()) {
            return;
        }
        Optional<QueryFile> parsed = parse(file.get(), declaredPath, path);
        for (QueryDeclaration declaration : parsed.map(QueryFile::queries).orElse(List.of())) {
            Found earlier = found.putIfAbsent(declaration.name(), new Found(declaredPath, file.get(), declaration));
            if (earlier != null) {
                draft.report(
                        DiagnosticCode.DUPLICATE_QUERY_NAME,
                        pathOf(declaration.name()),
                        "the query `" + declaration.name() + "` is declared in `" + earlier.declaredPath()
                                + "` and again in `" + declaredPath + "`; the first is taken");
            }
        }
    }

    private void loadNamed(String name, String declaredPath) {
        checkName(name);
        addDependencies(name);
        Optional<TextFile> file =
                draft.readText(FILE_KIND, declaredPath, DiagnosticCode.QUERY_FILE_MISSING, pathOf(name) + ".file");
        if (file.isEmpty()) {
            return;
        }
        add(name, declaredPath, file.get());
        Optional<QueryFile> parsed = parse(file.get(), declaredPath, pathOf(name));
        if (parsed.isEmpty()) {
            return;
        }
        Optional<QueryDeclaration> declaration = parsed.get().find(name);
        if (declaration.isEmpty()) {
            draft.report(
                    DiagnosticCode.QUERY_KEY_MISMATCH,
                    pathOf(name),
                    "the query file `" + draft.source().displayPath(declaredPath) + "` declares no query `" + name
                            + "`");
        }
        declaration.ifPresent(found -> typeCheck(file.get(), found));
    }

    private Optional<QueryFile> parse(TextFile file, String declaredPath, String reportPath) {
        Parsed<QueryFile> parsed = draft.checked().queryFile(file);
        if (parsed instanceof Parsed.Refused<QueryFile> refused) {
            draft.report(
                    refused.code(),
                    reportPath,
                    "the query file `" + draft.source().displayPath(declaredPath) + "`: " + refused.reason());
            return Optional.empty();
        }
        return Optional.of(((Parsed.Usable<QueryFile>) parsed).value());
    }

    /** The queries of a file's text. */
    static Parsed<QueryFile> parse(String text) {
        try {
            return new Parsed.Usable<>(QueryParser.parse(text));
        } catch (LanguageException e) {
            return new Parsed.Refused<>(DiagnosticCode.QUERY_PARSE_ERROR, Excerpts.message(e, text));
        }
    }

    private void typeCheck(TextFile file, QueryDeclaration declaration) {
        if (schema.isEmpty()) {
            draft.report(
                    DiagnosticCode.QUERY_TYPECHECK_SKIPPED,
                    pathOf(declaration.name()),
                    "the query `" + declaration.name() + "` was parsed but not checked, because the schema of graph `"
                            + graph + "` cannot be used");
            return;
        }
        draft.checked()
                .misfit(file, declaration, schema.get())
                .ifPresent(reason -> draft.report(
                        DiagnosticCode.QUERY_TYPECHECK_ERROR,
                        pathOf(declaration.name()),
                        "the query `" + declaration.name() + "` does not fit the schema of graph `" + graph + "`: "
                                + reason));
    }

    /** Why a query of a file does not fit a schema; empty where it does. */
    static Optional<String> check(TextFile file, QueryDeclaration declaration, SchemaCatalog catalog) {
        return QueryChecker.check(declaration, catalog) instanceof QueryCheck.Refused refused
                ? Optional.of(Excerpts.message(refused.finding(), file.text()))
                : Optional.empty();
    }

    private void checkName(String name) {
        ResourceIds.check("query", name, pathOf(name), draft);
    }

    private void add(String name, String declaredPath, TextFile file) {
        draft.add(new ResourceAddress.Query(graph, name), file.digest(), declaredPath);
        addDependencies(name);
        queries.put(name, new DesiredQuery(name, file.text(), file.digest()));
    }

    private void addDependencies(String name) {
        ResourceAddress.Query query = new ResourceAddress.Query(graph, name);
        draft.addDependency(query, new ResourceAddress.Graph(graph));
        draft.addDependency(query, new ResourceAddress.Schema(graph));
    }

    private String folder(String declared) {
        return "the query folder `" + draft.source().displayPath(declared) + "`";
    }

    private String pathOf(String name) {
        return path + "." + name;
    }
}
