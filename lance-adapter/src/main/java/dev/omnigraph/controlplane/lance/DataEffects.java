package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.graph.TableObservation;
import dev.omnigraph.controlplane.language.schema.TableDefinition;
import dev.omnigraph.controlplane.language.schema.TypeKind;
import dev.omnigraph.controlplane.language.schema.migration.DataEffect;
import dev.omnigraph.controlplane.language.schema.migration.MigrationPlan;
import dev.omnigraph.controlplane.language.schema.migration.MigrationStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.StructVector;
import org.lance.Dataset;

/**
 * Measures what the steps of a migration do to the rows that are there. Counts of rows are those of the manifest and sizes
 * those of files; read are only dropped properties, and of blobs the descriptors. Not thread-safe.
 */
final class DataEffects {

    private final LanceDatasets datasets;
    private final DatasetLocation root;
    private final TableChanges changes;
    private final Map<String, Long> bytes = new HashMap<>();

    DataEffects(LanceDatasets datasets, DatasetLocation root, TableChanges changes) {
        this.datasets = datasets;
        this.root = root;
        this.changes = changes;
    }

    /** One for each step, in their order. */
    List<DataEffect> of(MigrationPlan plan) throws LanceException, IOException, MalformedManifestException {
        List<DataEffect> effects = new ArrayList<>();
        for (MigrationStep step : plan.steps()) {
            effects.add(of(step));
        }
        return effects;
    }

    private DataEffect of(MigrationStep step) throws LanceException, IOException, MalformedManifestException {
        if (step instanceof MigrationStep.RenameType rename) {
            return rewriting(rename.typeKind(), rename.to(), Optional.empty());
        }
        if (step instanceof MigrationStep.AddProperty add) {
            return rewriting(add.typeKind(), add.typeName(), Optional.empty());
        }
        if (step instanceof MigrationStep.RenameProperty rename) {
            return rewriting(rename.typeKind(), rename.typeName(), Optional.empty());
        }
        if (step instanceof MigrationStep.DropProperty drop) {
            return rewriting(drop.typeKind(), drop.typeName(), Optional.of(drop.propertyName()));
        }
        if (step instanceof MigrationStep.DropType drop) {
            return new DataEffect(0, 0, rowsOfDropped(TableDefinition.key(drop.typeKind(), drop.name())));
        }
        return DataEffect.NONE;
    }

    private long rowsOfDropped(String key) {
        return changes.dropped().stream()
                .filter(table -> table.key().equals(key))
                .mapToLong(TableObservation::rows)
                .sum();
    }

    private DataEffect rewriting(TypeKind kind, String typeName, Optional<String> droppedProperty)
            throws LanceException, IOException, MalformedManifestException {
        Optional<TableChanges.Rewriting> rewriting = changes.rewritingOf(TableDefinition.key(kind, typeName));
        if (rewriting.isEmpty()) {
            return DataEffect.NONE; // an interface
        }
        TableObservation table = rewriting.get().source();
        try (Dataset dataset = open(table)) {
            long losing = droppedProperty.isPresent() ? rowsWith(droppedProperty.get(), dataset) : 0;
            return new DataEffect(table.rows(), bytesOf(table, dataset), losing);
        }
    }

    private Dataset open(TableObservation table) throws LanceException, IOException, MalformedManifestException {
        DatasetLocation location = root.resolve(table.path());
        ManifestReader.requireFramed(location);
        return datasets.open(location, table.version());
    }

    private static long rowsWith(String property, Dataset dataset) throws LanceException, IOException {
        if (!SourceRows.has(dataset, property)) {
            return 0; // a migration that was interrupted has dropped it
        }
        long found = 0;
        try (SourceRows rows = new SourceRows(dataset, List.of(property))) {
            while (rows.next()) {
                FieldVector values = rows.batch().getVector(property);
                found += values.getValueCount() - nulls(values);
            }
        }
        return found;
    }

    private static long nulls(FieldVector values) {
        if (!(values instanceof StructVector descriptors)) {
            return values.getNullCount();
        }
        BlobColumn blobs = new BlobColumn(descriptors);
        long nulls = 0;
        for (int row = 0; row < values.getValueCount(); row++) {
            if (blobs.isNull(row)) {
                nulls++;
            }
        }
        return nulls;
    }

    private long bytesOf(TableObservation table, Dataset dataset) throws LanceException, IOException {
        Long known = bytes.get(table.key());
        if (known == null) {
            known = bytesOfFiles(dataset) + bytesOfBlobs(dataset);
            bytes.put(table.key(), known);
        }
        return known;
    }

    /** As Lance recorded them when it wrote the files. */
    private static long bytesOfFiles(Dataset dataset) throws LanceException {
        return LanceFailures.call(dataset::getFragments).stream()
                .flatMap(fragment -> fragment.metadata().getFiles().stream())
                .mapToLong(file -> Objects.requireNonNullElse(file.getFileSizeBytes(), 0L))
                .sum();
    }

    /** Blobs that are small lie in the data file, the others beside it. */
    private static long bytesOfBlobs(Dataset dataset) throws LanceException, IOException {
        List<String> columns = LanceFailures.call(dataset::getSchema).getFields().stream()
                .filter(field -> field.getMetadata().containsKey(ColumnTypes.BLOB_MARK))
                .map(field -> field.getName())
                .toList();
        long sum = 0;
        if (columns.isEmpty()) {
            return sum;
        }
        try (SourceRows rows = new SourceRows(dataset, columns)) {
            while (rows.next()) {
                for (FieldVector values : rows.batch().getFieldVectors()) {
                    BlobColumn blobs = new BlobColumn((StructVector) values);
                    for (int row = 0; row < values.getValueCount(); row++) {
                        sum += blobs.bytesBesideDataFile(row);
                    }
                }
            }
        }
        return sum;
    }
}
