package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.lance.Dataset;

/**
 * The record of what recoveries did to a graph: a dataset beside its tables, made when the first of them did something
 * (graph-format.md 2.5 and 6.9). Thread-safe.
 */
final class RecoveryAudit {

    /** Under the graph's root. */
    static final String DATASET = "_graph_commit_recoveries.lance";

    private static final String COMMIT = "graph_commit_id";
    private static final String KIND = "recovery_kind";
    private static final String ACTOR = "recovery_for_actor";
    private static final String OPERATION = "operation_id";
    private static final String WRITER = "sidecar_writer_kind";
    private static final String OUTCOMES = "per_table_outcomes_json";
    private static final String CREATED_AT = "created_at";

    private static final ArrowType TEXT = new ArrowType.Utf8();

    private static final Schema SCHEMA = new Schema(List.of(
            required(COMMIT, TEXT),
            required(KIND, TEXT),
            new Field(ACTOR, FieldType.nullable(TEXT), List.of()),
            required(OPERATION, TEXT),
            required(WRITER, TEXT),
            required(OUTCOMES, TEXT),
            required(CREATED_AT, new ArrowType.Timestamp(TimeUnit.MICROSECOND, null))));

    private static final String DISCARDED_QUERY =
            "SELECT " + OPERATION + " FROM dataset WHERE " + KIND + " = '" + Kind.ORPHANED_BRANCH_DISCARDED.wire + "'";

    private final BufferAllocator allocator;
    private final LanceDatasets datasets;
    private final DurableTree durable;
    private final InstantSource clock;

    RecoveryAudit(BufferAllocator allocator, LanceDatasets datasets, DurableTree durable, InstantSource clock) {
        this.allocator = allocator;
        this.datasets = datasets;
        this.durable = durable;
        this.clock = clock;
    }

    /** What a recovery did. */
    enum Kind {
        ROLLED_FORWARD("RolledForward"),
        ROLLED_BACK("RolledBack"),
        ORPHANED_BRANCH_DISCARDED("OrphanedBranchDiscarded");

        private final String wire;

        Kind(String wire) {
            this.wire = wire;
        }
    }

    /**
     * What became of one table; versions are unsigned.
     *
     * @param from where it was: before the write where it was finished, after it where it was undone
     * @param to what it is now; after an undoing the version whose content it has again
     */
    record Outcome(String key, long from, long to) {

        private JsonObject toJson() {
            return JsonObject.builder()
                    .put("table_key", key)
                    .put("from_version", from)
                    .put("to_version", to)
                    .build();
        }
    }

    /** Appends a row about the end of a write, durably. */
    void append(DatasetLocation root, String commit, Kind kind, RecoverySidecar sidecar, List<Outcome> outcomes)
            throws LanceException, IOException {
        DatasetLocation dataset = root.resolve(DATASET);
        DurableTree.Known before = durable.known(dataset);
        createIfAbsent(dataset);
        try (ArrowReader row =
                new OneBatchReader(SCHEMA, batch -> write(batch, commit, kind, sidecar, outcomes), allocator)) {
            datasets.append(dataset, row);
        }
        durable.forceNew(dataset, before);
        durable.forceFolder(root);
    }

    private void createIfAbsent(DatasetLocation dataset) throws LanceException, IOException {
        if (dataset.isPresent()) {
            return;
        }
        try {
            datasets.createEmpty(dataset, SCHEMA);
        } catch (LanceException e) {
            if (e.failure() != LanceFailure.DATASET_EXISTS) {
                throw e;
            }
        }
    }

    /** Whether it is recorded already that a write was discarded because its branch was gone. */
    boolean holdsDiscard(DatasetLocation root, String operationId) throws LanceException, IOException {
        DatasetLocation location = root.resolve(DATASET);
        if (!location.isPresent()) {
            return false;
        }
        return LanceFailures.call(() -> {
            try (Dataset dataset = datasets.open(location);
                    ArrowReader rows = dataset.sql(DISCARDED_QUERY).intoBatchRecords()) {
                boolean found = false;
                while (!found && rows.loadNextBatch()) {
                    found = contains((VarCharVector) rows.getVectorSchemaRoot().getVector(OPERATION), operationId);
                }
                return found;
            }
        });
    }

    private static boolean contains(VarCharVector column, String text) {
        for (int row = 0; row < column.getValueCount(); row++) {
            if (new String(column.get(row), StandardCharsets.UTF_8).equals(text)) {
                return true;
            }
        }
        return false;
    }

    private void write(
            VectorSchemaRoot batch, String commit, Kind kind, RecoverySidecar sidecar, List<Outcome> outcomes) {
        batch.allocateNew();
        set(batch, COMMIT, Optional.of(commit));
        set(batch, KIND, Optional.of(kind.wire));
        set(batch, ACTOR, sidecar.actor());
        set(batch, OPERATION, Optional.of(sidecar.operationId()));
        set(batch, WRITER, Optional.of(sidecar.writer().wire()));
        JsonArray json = JsonArray.of(outcomes.stream().map(Outcome::toJson).toList());
        set(batch, OUTCOMES, Optional.of(JsonText.compact(json)));
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        ((TimeStampMicroVector) batch.getVector(CREATED_AT)).setSafe(0, now);
        batch.setRowCount(1);
    }

    private static void set(VectorSchemaRoot batch, String column, Optional<String> value) {
        value.ifPresent(
                text -> ((VarCharVector) batch.getVector(column)).setSafe(0, text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Field required(String name, ArrowType type) {
        return new Field(name, FieldType.notNullable(type), List.of());
    }
}
