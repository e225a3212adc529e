package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.digest.ResourceDigests;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Loads the graphs of a document: schema, queries, provider, composite digest (control-plane.md 2.10 to 2.14). */
final class GraphLoader {

    private final Set<String> providerNames;
    private final Draft draft;

    /**
     * A loader for one document.
     *
     * @param providerNames the embedding providers that graphs may be bound to; their digests are in the draft
     */
    GraphLoader(Set<String> providerNames, Draft draft) {
        this.providerNames = providerNames;
        this.draft = draft;
    }

    DesiredGraph load(String id, ClusterDocument.Graph declared) {
        String path = "graphs." + id;
        ResourceIds.check("graph", id, path, draft);
        Optional<ResourceAddress.EmbeddingProvider> provider =
                declared.embeddingProvider().flatMap(reference -> provider(reference, path + ".embedding_provider"));
        provider.ifPresent(address -> draft.addDependency(new ResourceAddress.Graph(id), address));
        Optional<TextFile> schema = schema(id, declared.schema(), path + ".schema");
        Optional<SchemaSource> usable = schema.flatMap(file -> usable(file, path + ".schema"));
        SortedMap<String, DesiredQuery> queries = new QueryLoader(id, usable, draft).load(declared.queries());
        draft.add(new ResourceAddress.Graph(id), composite(id, schema, queries, provider));
        return new DesiredGraph(id, schema.map(TextFile::text), queries, provider);
    }

    private Optional<ResourceAddress.EmbeddingProvider> provider(String reference, String path) {
        boolean typed = reference.startsWith(ResourceAddress.EmbeddingProvider.PREFIX);
        if (!typed && reference.contains(".")) {
            draft.report(
                    DiagnosticCode.WRONG_KIND_REFERENCE,
                    path,
                    "`" + reference + "` is no embedding provider; write a provider's name, or `"
                            + ResourceAddress.EmbeddingProvider.PREFIX + "` and that name");
            return Optional.empty();
        }
        String name = typed ? reference.substring(ResourceAddress.EmbeddingProvider.PREFIX.length()) : reference;
        if (!providerNames.contains(name)) {
            draft.report(
                    DiagnosticCode.DANGLING_EMBEDDING_PROVIDER_REFERENCE,
                    path,
                    "no embedding provider of the name `" + name + "` is declared");
            return Optional.empty();
        }
        return Optional.of(new ResourceAddress.EmbeddingProvider(name));
    }

    private Optional<TextFile> schema(String id, String declared, String path) {
        ResourceAddress.Schema address = new ResourceAddress.Schema(id);
        draft.addDependency(address, new ResourceAddress.Graph(id));
        Optional<TextFile> file = draft.readText("schema file", declared, DiagnosticCode.SCHEMA_FILE_MISSING, path);
        file.ifPresent(schema -> draft.add(address, schema.digest(), declared));
        return file;
    }

    private Optional<SchemaSource> usable(TextFile file, String path) {
        Parsed<SchemaCatalog> parsed = draft.checked().schema(file);
        if (parsed instanceof Parsed.Refused<SchemaCatalog> refused) {
            draft.report(refused.code(), path, refused.reason());
            return Optional.empty();
        }
        return Optional.of(new SchemaSource(file.digest(), ((Parsed.Usable<SchemaCatalog>) parsed).value()));
    }

    private String composite(
            String id,
            Optional<TextFile> schema,
            SortedMap<String, DesiredQuery> queries,
            Optional<ResourceAddress.EmbeddingProvider> provider) {
        Map<String, String> queryDigests = new HashMap<>();
        queries.forEach((name, query) -> queryDigests.put(name, query.digest()));
        return ResourceDigests.graph(
                id,
                schema.map(TextFile::digest),
                queryDigests,
                provider.map(address -> new ResourceDigests.BoundProvider(address, draft.digestOf(address))));
    }
}
