package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.Dataset;
import org.lance.merge.MergeInsertParams;

/**
 * Makes changes of a graph visible: one merge into {@code __manifest} for each publish, by the protocol that every
 * writer of graphs shares (graph-format.md 3.7). Thread-safe.
 */
final class ManifestPublisher {

    /** The first try and five more. */
    static final int MAX_TRIES = 6;

    private final BufferAllocator allocator;
    private final ManifestReader manifests;
    private final DurableTree durable;
    private final FaultPoints faultPoints;
    private final InstantSource clock;

    ManifestPublisher(
            BufferAllocator allocator,
            ManifestReader manifests,
            DurableTree durable,
            FaultPoints faultPoints,
            InstantSource clock) {
        this.allocator = allocator;
        this.manifests = manifests;
        this.durable = durable;
        this.faultPoints = faultPoints;
        this.clock = clock;
    }

    /** Publishes on main; see {@link #publish(DatasetLocation, List, Map, CommitIntent)}. */
    long publish(
            DatasetLocation manifest,
            List<ManifestChange> changes,
            Map<String, Long> expected,
            String commit,
            Optional<String> actor)
            throws LanceException, MalformedManifestException, PublishConflictException, IOException {
        return publish(manifest, changes, expected, CommitIntent.onMain(commit, actor));
    }

    /**
     * Publishes changes together with the commit that records them; without changes the commit alone. What is published
     * has reached the disk when this returns; what it names must have before.
     *
     * @param manifest the dataset, also where a branch of it is published on
     * @param expected by table key, the version that each is to have before; 0 for one that is not to be there
     * @return the version of {@code __manifest} that shows them
     * @throws StaleExpectationException when nothing was written, because a table is not at its expected version
     * @throws PublishConflictException when nothing was written, because the manifest does not allow it
     * @throws LanceException when it is not known whether something was written
     * @throws IOException when the manifest could not be read, or what was written not be forced to the disk
     */
    long publish(
            DatasetLocation manifest, List<ManifestChange> changes, Map<String, Long> expected, CommitIntent commit)
            throws LanceException, MalformedManifestException, PublishConflictException, IOException {
        DatasetLocation published = GraphLayout.onBranch(manifest, commit.branch());
        for (int tries = 1; tries <= MAX_TRIES; tries++) {
            ManifestReader.requireFramed(published);
            try (Dataset dataset = manifests.open(published)) {
                PublishBase base = new PublishBase();
                manifests.scan(dataset, base::add);
                OptionalLong ours = base.versionOf(commit.id());
                if (ours.isPresent()) {
                    return ours.getAsLong(); // an attempt of ours whose answer was lost came first
                }
                requireExpected(base, expected);
                return merge(published, dataset, rows(base, changes, dataset.version() + 1, commit));
            } catch (LanceException e) {
                if (e.failure() != LanceFailure.CONTENTION) {
                    throw e;
                }
            }
        }
        throw new PublishConflictException(
                "other writers published first, " + MAX_TRIES + " times in a row; try again when they are done");
    }

    private static void requireExpected(PublishBase base, Map<String, Long> expected) throws StaleExpectationException {
        for (Map.Entry<String, Long> each : expected.entrySet()) {
            long visible = base.visible(each.getKey());
            if (visible != each.getValue()) {
                throw new StaleExpectationException(each.getKey() + " is at version " + Long.toUnsignedString(visible)
                        + ", not at " + Long.toUnsignedString(each.getValue()) + ": another writer moved it");
            }
        }
    }

    private List<ManifestRecord> rows(PublishBase base, List<ManifestChange> changes, long version, CommitIntent commit)
            throws PublishConflictException {
        Optional<String> parent = base.head();
        List<ManifestRow> rows = new ArrayList<>();
        for (ManifestChange change : changes) {
            rows.add(base.accept(change));
        }
        long createdAt = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        CommitMetadata metadata = new CommitMetadata(parent, commit.mergedParent(), commit.actor(), createdAt);
        rows.add(new ManifestRow.GraphCommit(commit.id(), version, commit.branch(), metadata));
        rows.add(ManifestRow.GraphHead.of(commit.branch(), commit.id(), parent));
        return rows.stream().map(ManifestRow::toRecord).toList();
    }

    private long merge(DatasetLocation manifest, Dataset dataset, List<ManifestRecord> records)
            throws LanceException, IOException {
        faultPoints.reach(FaultPoint.GRAPH_PUBLISH_BEFORE_COMMIT_APPEND);
        DurableTree.Known before = durable.known(manifest);
        long version = merge(dataset, records);
        durable.forceNew(manifest, before);
        faultPoints.reach(FaultPoint.GRAPH_PUBLISH_AFTER_MANIFEST_COMMIT);
        return version;
    }

    private long merge(Dataset dataset, List<ManifestRecord> records) throws LanceException {
        return LanceFailures.call(() -> {
            try (ArrowReader rows = ManifestTable.reader(records, allocator);
                    ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
                Data.exportArrayStream(allocator, rows, stream);
                // A retry of Lance's own would merge again without looking at what was expected.
                MergeInsertParams params = new MergeInsertParams(List.of(ManifestTable.OBJECT_ID))
                        .withMatchedUpdateAll()
                        .withNotMatched(MergeInsertParams.WhenNotMatched.InsertAll)
                        .withConflictRetries(0)
                        .withSkipAutoCleanup(true);
                try (Dataset published = dataset.mergeInsert(params, stream).dataset()) {
                    return published.version();
                }
            }
        });
    }
}
