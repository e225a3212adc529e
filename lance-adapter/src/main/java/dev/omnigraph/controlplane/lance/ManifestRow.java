package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.json.TypedObject;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What one row of {@code __manifest} says (graph-format.md 3.1). */
sealed interface ManifestRow {

    /** The row as it is stored. */
    ManifestRecord toRecord();

    /**
     * Reads a stored row; empty for kinds of rows that this version does not know, which every reader passes over.
     *
     * @throws MalformedManifestException when a value is missing that its kind needs, or does not parse
     */
    static Optional<ManifestRow> of(ManifestRecord stored) throws MalformedManifestException {
        return switch (stored.objectType()) {
            case Table.TYPE -> Optional.of(Table.of(stored));
            case TableVersion.TYPE -> Optional.of(TableVersion.of(stored));
            case Tombstone.TYPE -> Optional.of(Tombstone.of(stored));
            case GraphCommit.TYPE -> Optional.of(GraphCommit.of(stored));
            case GraphHead.TYPE -> Optional.of(GraphHead.of(stored));
            default -> Optional.empty();
        };
    }

    /**
     * A table exists.
     *
     * @param key {@code node:<Type>} or {@code edge:<Type>}
     * @param path relative to the graph root
     */
    record Table(String key, String path) implements ManifestRow {

        private static final String TYPE = "table";

        private static Table of(ManifestRecord stored) throws MalformedManifestException {
            return new Table(stored.tableKey(), stored.requireLocation());
        }

        @Override
        public ManifestRecord toRecord() {
            return new ManifestRecord(
                    key,
                    TYPE,
                    Optional.of(path),
                    Optional.empty(),
                    key,
                    OptionalLong.empty(),
                    Optional.empty(),
                    OptionalLong.empty());
        }
    }

    /**
     * A version of a table that belongs to the graph; the highest one is pinned.
     *
     * @param version unsigned
     * @param branch empty for main
     */
    record TableVersion(String key, long version, Optional<String> branch, long rows, VersionMetadata metadata)
            implements ManifestRow {

        private static final String TYPE = "table_version";

        private static TableVersion of(ManifestRecord stored) throws MalformedManifestException {
            return new TableVersion(
                    stored.tableKey(),
                    stored.requireTableVersion(),
                    stored.tableBranch(),
                    stored.requireRowCount(),
                    stored.parseMetadata(VersionMetadata::of));
        }

        @Override
        public ManifestRecord toRecord() {
            return new ManifestRecord(
                    String.format(Locale.ROOT, "%s$%020d", key, version),
                    TYPE,
                    Optional.empty(),
                    Optional.of(metadata.toJson()),
                    key,
                    OptionalLong.of(version),
                    branch,
                    OptionalLong.of(rows));
        }
    }

    /**
     * The versions of a table up to this one do not belong to the graph any more.
     *
     * @param version unsigned
     */
    record Tombstone(String key, long version) implements ManifestRow {

        private static final String TYPE = "table_tombstone";

        private static Tombstone of(ManifestRecord stored) throws MalformedManifestException {
            return new Tombstone(stored.tableKey(), stored.requireTableVersion());
        }

        @Override
        public ManifestRecord toRecord() {
            return new ManifestRecord(
                    String.format(Locale.ROOT, "%s$tombstone$%020d", key, version),
                    TYPE,
                    Optional.empty(),
                    Optional.empty(),
                    key,
                    OptionalLong.of(version),
                    Optional.empty(),
                    OptionalLong.empty());
        }
    }

    /**
     * A commit of the graph (graph-format.md 3.3).
     *
     * @param id a ULID
     * @param manifestVersion the version of {@code __manifest} that its publisher expected to write; unsigned
     * @param branch empty for main
     */
    record GraphCommit(String id, long manifestVersion, Optional<String> branch, CommitMetadata metadata)
            implements ManifestRow {

        private static final String TYPE = "graph_commit";

        private static GraphCommit of(ManifestRecord stored) throws MalformedManifestException {
            return new GraphCommit(
                    stored.objectId(),
                    stored.requireTableVersion(),
                    stored.tableBranch(),
                    stored.parseMetadata(CommitMetadata::of));
        }

        @Override
        public ManifestRecord toRecord() {
            return new ManifestRecord(
                    id,
                    TYPE,
                    Optional.empty(),
                    Optional.of(metadata.toJson()),
                    "",
                    OptionalLong.of(manifestVersion),
                    branch,
                    OptionalLong.empty());
        }
    }

    /**
     * The newest commit of a branch: the row on which two publishers of one branch collide.
     *
     * @param objectId {@code graph_head:} and the branch
     * @param parent the commit before it
     */
    record GraphHead(String objectId, String commit, Optional<String> parent) implements ManifestRow {

        static final String MAIN = "graph_head:main";

        private static final String TYPE = "graph_head";
        private static final String PREFIX = "graph_head:";
        private static final String COMMIT = "head_commit_id";
        private static final String PARENT = "parent_commit_id";

        /** @param branch empty for main */
        static GraphHead of(Optional<String> branch, String commit, Optional<String> parent) {
            return new GraphHead(branch.map(name -> PREFIX + name).orElse(MAIN), commit, parent);
        }

        private static GraphHead of(ManifestRecord stored) throws MalformedManifestException {
            return stored.parseMetadata(json -> {
                TypedObject object = TypedObject.open(json, "", Set.of(COMMIT, PARENT));
                return new GraphHead(stored.objectId(), object.requireString(COMMIT), object.optionalString(PARENT));
            });
        }

        @Override
        public ManifestRecord toRecord() {
            String metadata = JsonText.compact(JsonObject.builder()
                    .put(COMMIT, commit)
                    .putIfPresent(PARENT, parent)
                    .build());
            return new ManifestRecord(
                    objectId,
                    TYPE,
                    Optional.empty(),
                    Optional.of(metadata),
                    "",
                    OptionalLong.empty(),
                    Optional.empty(),
                    OptionalLong.empty());
        }
    }
}
