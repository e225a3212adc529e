package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.language.policy.PolicyKind;
import dev.omnigraph.controlplane.language.query.QueryDeclaration;
import dev.omnigraph.controlplane.language.query.QueryFile;
import dev.omnigraph.controlplane.language.schema.SchemaCatalog;
import java.util.Optional;

/**
 * What parsing and checking found in source files, kept by the digests of their bytes: a file that did not change since an
 * earlier request is not parsed again. All of it follows from the bytes alone, so that nothing kept can be out of date.
 * What was not used for longest is forgotten first. Thread-safe; one serves all requests.
 */
public final class CheckedSources {

    /** Source text whose parsed form is kept, in bytes of each kind; parsed it takes about twenty times that. */
    private static final long MAX_SOURCE_BYTES = 8L << 20;

    /** What a file counts at least. */
    private static final long LEAST_BYTES = 256;

    /** Verdicts on one query against one schema that are kept. */
    private static final long MAX_VERDICTS = 50_000;

    private final RecentValues<String, ClusterYaml.Parsed> documents = new RecentValues<>(MAX_SOURCE_BYTES);
    private final RecentValues<String, Parsed<SchemaCatalog>> schemas = new RecentValues<>(MAX_SOURCE_BYTES);
    private final RecentValues<String, Parsed<QueryFile>> queryFiles = new RecentValues<>(MAX_SOURCE_BYTES);
    private final RecentValues<QueryVerdict, Optional<String>> misfits = new RecentValues<>(MAX_VERDICTS);
    private final RecentValues<PolicyVerdict, PolicyCheck> policies = new RecentValues<>(MAX_SOURCE_BYTES);

    /** The query of a name in a query file, against a schema. */
    private record QueryVerdict(String schemaDigest, String fileDigest, String name) {}

    /** A bundle, loaded for a kind of thing where that is known. */
    private record PolicyVerdict(String digest, Optional<PolicyKind> kind) {}

    /** How many texts were parsed so far, for whatever reason. */
    long parses() {
        return documents.computed() + schemas.computed() + queryFiles.computed() + policies.computed();
    }

    /** How many queries were checked against a schema so far. */
    long checks() {
        return misfits.computed();
    }

    ClusterYaml.Parsed document(TextFile file) {
        return documents.get(file.digest(), weight(file), () -> ClusterYaml.parse(file.text()));
    }

    Parsed<SchemaCatalog> schema(TextFile file) {
        return schemas.get(file.digest(), weight(file), () -> SchemaSource.parse(file.text()));
    }

    Parsed<QueryFile> queryFile(TextFile file) {
        return queryFiles.get(file.digest(), weight(file), () -> QueryLoader.parse(file.text()));
    }

    /**
     * Why a query does not fit a schema; empty where it does.
     *
     * @param query the first of its name in the file
     */
    Optional<String> misfit(TextFile file, QueryDeclaration query, SchemaSource schema) {
        return misfits.get(
                new QueryVerdict(schema.digest(), file.digest(), query.name()),
                1,
                () -> QueryLoader.check(file, query, schema.catalog()));
    }

    /**
     * What there is to say of a policy bundle.
     *
     * @param kind what it is loaded for, where that is known
     */
    PolicyCheck policy(byte[] file, String digest, Optional<PolicyKind> kind) {
        return policies.get(
                new PolicyVerdict(digest, kind), LEAST_BYTES + file.length, () -> PolicyCheck.of(file, kind));
    }

    private static long weight(TextFile file) {
        return LEAST_BYTES + file.text().length();
    }
}
