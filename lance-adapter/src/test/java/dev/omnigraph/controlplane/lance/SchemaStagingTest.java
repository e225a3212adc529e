package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.fault.InjectedFaultException;
import dev.omnigraph.controlplane.language.schema.CompiledSchema;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.folder.FolderObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schema files between a migration's beginning and its end (graph-format.md 4.5). */
class SchemaStagingTest {

    private static final ObjectKey GRAPH = new ObjectKey("graphs/g.omni");

    @TempDir
    Path folder;

    private CompiledSchema old;
    private CompiledSchema desired;

    @BeforeEach
    void compile() throws Exception {
        old = CompiledSchema.compile("node A { n: String @key }\n");
        desired = CompiledSchema.compile("node A { n: String @key }\nnode B { n: String @key }\n");
        inForce(old);
    }

    private void inForce(CompiledSchema schema) throws IOException {
        GraphTexts texts = texts();
        texts.put(GraphLayout.SCHEMA_SOURCE, schema.source());
        texts.put(GraphLayout.SCHEMA_IR, schema.ir().prettyText());
        texts.put(GraphLayout.SCHEMA_STATE, schema.state().text());
    }

    private GraphTexts texts() {
        return new GraphTexts(new FolderObjectStore(folder), GRAPH);
    }

    private SchemaStaging staging(FaultPoints faultPoints) {
        return new SchemaStaging(texts(), faultPoints);
    }

    /** Fails when a point is reached for the n-th time. */
    private static FaultPoints failing(FaultPoint armed, int time) {
        int[] reached = new int[1];
        return point -> {
            if (point == armed && ++reached[0] == time) {
                throw new InjectedFaultException(point);
            }
        };
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve(GRAPH.path()))) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aStagedSchemaIsThatSchemaAndThenInForce() throws Exception {
        SchemaStaging staging = staging(FaultPoints.NONE);
        assertThat(staging.present()).isEmpty();

        staging.write(desired);

        assertThat(staging.present()).isEqualTo(GraphLayout.SCHEMA_FILES);
        assertThat(staging.holds(desired)).isTrue();
        assertThat(staging.holds(old)).isFalse();
        assertThat(texts().read(GraphLayout.SCHEMA_SOURCE)).contains(old.source());

        staging.promote();

        assertThat(files()).containsExactlyInAnyOrderElementsOf(GraphLayout.SCHEMA_FILES);
        assertInForce(desired);
    }

    @Test
    void whatWasDiscardedIsGoneAndTheSchemaStays() throws Exception {
        SchemaStaging staging = staging(FaultPoints.NONE);
        staging.write(desired);

        staging.discard();

        assertThat(files()).containsExactlyInAnyOrderElementsOf(GraphLayout.SCHEMA_FILES);
        assertInForce(old);
        staging.discard();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aSetThatWasNotFinishedHasNoHashAndIsNotTheSchema(int written) throws Exception {
        SchemaStaging stopped = staging(failing(FaultPoint.SCHEMA_APPLY_AFTER_STAGED_FILE, written));

        assertThatThrownBy(() -> stopped.write(desired)).isInstanceOf(InjectedFaultException.class);

        assertThat(stopped.present()).isEqualTo(GraphLayout.SCHEMA_FILES.subList(0, written));
        assertThat(stopped.holds(desired)).isFalse();
        assertThatThrownBy(() -> staging(FaultPoints.NONE).write(desired)).hasMessageContaining("another writer");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void promotingGoesOnWhereItStopped(int promoted) throws Exception {
        staging(FaultPoints.NONE).write(desired);
        SchemaStaging stopped = staging(failing(FaultPoint.SCHEMA_APPLY_AFTER_PROMOTED_FILE, promoted));

        assertThatThrownBy(stopped::promote).isInstanceOf(InjectedFaultException.class);
        assertThat(stopped.present()).hasSize(4 - promoted);
        staging(FaultPoints.NONE).promote();

        assertThat(files()).containsExactlyInAnyOrderElementsOf(GraphLayout.SCHEMA_FILES);
        assertInForce(desired);
    }

    private void assertInForce(CompiledSchema schema) throws IOException {
        assertThat(texts().read(GraphLayout.SCHEMA_SOURCE)).contains(schema.source());
        assertThat(texts().read(GraphLayout.SCHEMA_IR)).contains(schema.ir().prettyText());
        assertThat(texts().read(GraphLayout.SCHEMA_STATE))
                .contains(schema.state().text());
    }
}
