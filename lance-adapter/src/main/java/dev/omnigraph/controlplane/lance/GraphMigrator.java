package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.graph.SchemaApplication;
import dev.omnigraph.controlplane.graph.SchemaApplyJournal;
import dev.omnigraph.controlplane.id.IdSource;
import dev.omnigraph.controlplane.language.schema.TableDefinition;
import dev.omnigraph.controlplane.storage.ObjectStore;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Makes the writes of a migration in the order of graph-format.md 7.4, each durable before the next. The lock is its
 * caller's. Thread-safe.
 *
 * <p>Until the publish nothing of it is visible, and a recovery puts the tables back. From the publish on a recovery
 * finishes it.
 */
final class GraphMigrator {

    private final ObjectStore store;
    private final GraphObserver observer;
    private final TableWriter tables;
    private final ManifestPublisher publisher;
    private final FaultPoints faultPoints;
    private final IdSource ids;
    private final InstantSource clock;

    GraphMigrator(
            ObjectStore store,
            GraphObserver observer,
            TableWriter tables,
            ManifestPublisher publisher,
            FaultPoints faultPoints,
            IdSource ids,
            InstantSource clock) {
        this.store = store;
        this.observer = observer;
        this.tables = tables;
        this.publisher = publisher;
        this.faultPoints = faultPoints;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Stores the intent, without which no table may move, and does everything that follows it.
     *
     * @throws MigrationFailedException when a step failed; the next recovery finishes the migration or undoes it. It is so
     *     from the intent on: one that could not be stored may be there all the same
     */
    SchemaApplication.Applied migrate(Migration migration, SchemaApplyJournal journal) throws MigrationFailedException {
        RecoverySidecars.Stored sidecar = step("No table has moved", () -> announce(migration));
        List<ManifestChange.Pin> written = step("The manifest shows nothing of the migration", () -> {
            faultPoints.reach(FaultPoint.SCHEMA_APPLY_AFTER_SIDECAR_WRITE);
            List<ManifestChange.Pin> pins = writeTables(migration);
            requireUnmoved(migration);
            faultPoints.reach(FaultPoint.SCHEMA_APPLY_BEFORE_STAGING_WRITE);
            stage(migration);
            faultPoints.reach(FaultPoint.SCHEMA_APPLY_AFTER_STAGING_WRITE);
            return pins;
        });
        journal.publishing();
        long version = step(
                "The manifest may show the migration, and the schema files are the former ones",
                () -> publish(migration, sidecar, written));
        step("The manifest shows the migration, and its schema files are not all in force", () -> {
            faultPoints.reach(FaultPoint.SCHEMA_APPLY_AFTER_MANIFEST_COMMIT);
            staging(migration).promote();
            return version;
        });
        List<String> leftovers = step("The graph has the new schema, and only clearing away is left", () -> {
            faultPoints.reach(FaultPoint.SCHEMA_APPLY_AFTER_PROMOTION);
            return clearAway(migration, sidecar);
        });
        return new SchemaApplication.Applied(version, migration.plan(), leftovers);
    }

    private RecoverySidecars.Stored announce(Migration migration) throws IOException {
        long startedAt = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        return sidecars(migration).write(migration.sidecar(ids.nextUlid(), startedAt));
    }

    private List<ManifestChange.Pin> writeTables(Migration migration)
            throws LanceException, IOException, MalformedManifestException, MovedTableException {
        DatasetLocation root = migration.root();
        TableChanges changes = migration.changes();
        List<ManifestChange.Pin> pins = new ArrayList<>();
        for (TableDefinition table : changes.added()) {
            pins.add(tables.create(root, table));
            faultPoints.reach(FaultPoint.SCHEMA_APPLY_AFTER_TABLE_WRITE);
        }
        for (TableChanges.Rewriting table : changes.renamed()) {
            pins.add(tables.copy(root, table.source(), table.mapping()));
            faultPoints.reach(FaultPoint.SCHEMA_APPLY_AFTER_TABLE_WRITE);
        }
        for (TableChanges.Rewriting table : changes.rewritten()) {
            pins.add(tables.overwrite(root, table.source(), table.mapping()));
            faultPoints.reach(FaultPoint.SCHEMA_APPLY_AFTER_TABLE_WRITE);
        }
        return pins;
    }

    /** A writer that began before the lock was made may have published since. */
    private static void requireUnmoved(Migration migration) throws IOException, MovedTableException {
        long expected = migration.live().manifest().version();
        long newest = migration
                .manifest()
                .newestVersion()
                .orElseThrow(() -> new IOException(GraphLayout.MANIFEST + " is gone"))
                .version();
        if (newest != expected) {
            throw new MovedTableException("another writer published while tables were written: " + GraphLayout.MANIFEST
                    + " went from version " + Long.toUnsignedString(expected) + " to " + Long.toUnsignedString(newest));
        }
    }

    private void stage(Migration migration) throws IOException {
        SchemaStaging staging = staging(migration);
        staging.write(migration.desired());
        if (!staging.holds(migration.desired())) {
            throw new IOException("the staged schema files are not what was written; another program changed them");
        }
    }

    private long publish(Migration migration, RecoverySidecars.Stored sidecar, List<ManifestChange.Pin> written)
            throws LanceException, IOException, MalformedManifestException, PublishConflictException {
        String commit = ids.nextUlid();
        try {
            return publisher.publish(
                    migration.manifest(),
                    migration.manifestChanges(written),
                    migration.expectedVersions(),
                    commit,
                    migration.actor());
        } catch (LanceException | IOException | MalformedManifestException | PublishConflictException e) {
            OptionalLong published = publishedAnyway(migration, sidecar, commit);
            if (published.isPresent()) {
                return published.getAsLong();
            }
            throw e;
        }
    }

    /**
     * Looks again after a publish that failed: it may be there all the same, or the engine may have found our sidecar and
     * the staged files first and have finished the migration for us (graph-format.md 7.8).
     */
    private OptionalLong publishedAnyway(Migration migration, RecoverySidecars.Stored sidecar, String commit)
            throws IOException {
        try {
            LiveGraph now = observer.open(migration.place());
            boolean finishedForUs = !sidecars(migration).contains(sidecar)
                    && now.schema().source().equals(migration.desired().source());
            return now.manifest().headCommit().equals(commit) || finishedForUs
                    ? OptionalLong.of(now.manifest().version())
                    : OptionalLong.empty();
        } catch (UnopenableException e) {
            return OptionalLong.empty();
        }
    }

    /** None of this takes anything from the migration, so what fails here is only told. */
    private List<String> clearAway(Migration migration, RecoverySidecars.Stored sidecar) {
        List<String> leftovers = new ArrayList<>();
        try {
            sidecars(migration).delete(sidecar);
        } catch (IOException | InjectedFaultException e) {
            leftovers.add(sidecar.name() + " is still there: " + e.getMessage()
                    + ". The next recovery of the graph removes it");
        }
        faultPoints.reach(FaultPoint.SCHEMA_APPLY_AFTER_SIDECAR_DELETE);
        return leftovers;
    }

    private RecoverySidecars sidecars(Migration migration) {
        return new RecoverySidecars(new GraphTexts(store, migration.place().key()), faultPoints);
    }

    private SchemaStaging staging(Migration migration) {
        return new SchemaStaging(new GraphTexts(store, migration.place().key()), faultPoints);
    }

    private static <T> T step(String progress, Step<T> step) throws MigrationFailedException {
        try {
            return step.run();
        } catch (LanceException
                | IOException
                | MalformedManifestException
                | MovedTableException
                | PublishConflictException
                | InjectedFaultException e) {
            throw new MigrationFailedException(LanceFailures.reason(e) + ". " + progress, e);
        }
    }

    /** A part of the migration. */
    @FunctionalInterface
    private interface Step<T> {
        T run()
                throws LanceException, IOException, MalformedManifestException, MovedTableException,
                        PublishConflictException;
    }
}
