package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.language.schema.CompiledSchema;
import dev.omnigraph.controlplane.language.schema.TableDefinition;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** States that dying writers leave a graph in, with what becomes of them. */
enum InterruptedState {
    LOAD_BEFORE_ANY_TABLE(RecoveredWrite.Ending.ROLLED_BACK, graph -> {
        graph.pin(InterruptedGraph.PERSON, 2);
        graph.pin(InterruptedGraph.KNOWS, 2);
        graph.sidecar(WriterKind.LOAD);
    }),
    LOAD_AFTER_ONE_TABLE(RecoveredWrite.Ending.ROLLED_BACK, graph -> {
        graph.pin(InterruptedGraph.PERSON, 2);
        graph.pin(InterruptedGraph.KNOWS, 2);
        graph.append(InterruptedGraph.PERSON, Optional.empty(), "Linus");
        graph.sidecar(WriterKind.LOAD);
    }),
    LOAD_WITH_MORE_VERSIONS_THAN_IT_SAID(RecoveredWrite.Ending.ROLLED_BACK, graph -> {
        graph.pin(InterruptedGraph.PERSON, 2);
        graph.append(InterruptedGraph.PERSON, Optional.empty(), "Linus");
        graph.append(InterruptedGraph.PERSON, Optional.empty(), "Guido");
        graph.sidecar(WriterKind.LOAD);
    }),
    LOAD_AFTER_ALL_TABLES(RecoveredWrite.Ending.ROLLED_FORWARD, graph -> {
        graph.pin(InterruptedGraph.PERSON, 2);
        graph.pin(InterruptedGraph.KNOWS, 2);
        graph.append(InterruptedGraph.PERSON, Optional.empty(), "Linus");
        graph.append(InterruptedGraph.KNOWS, Optional.empty(), "Ada-Linus");
        graph.sidecar(WriterKind.LOAD);
    }),
    LOAD_AFTER_ITS_PUBLISH(RecoveredWrite.Ending.ALREADY_PUBLISHED, graph -> {
        graph.pin(InterruptedGraph.PERSON, 2);
        graph.append(InterruptedGraph.PERSON, Optional.empty(), "Linus");
        graph.publishSidecar();
        graph.sidecar(WriterKind.LOAD);
    }),
    MUTATION_AFTER_ALL_TABLES(RecoveredWrite.Ending.ROLLED_FORWARD, graph -> {
        graph.pin(InterruptedGraph.KNOWS, 2);
        graph.append(InterruptedGraph.KNOWS, Optional.empty(), "Grace-Ada");
        graph.sidecar(WriterKind.MUTATION);
    }),
    INDICES_AFTER_SEVERAL_VERSIONS(RecoveredWrite.Ending.ROLLED_FORWARD, graph -> {
        graph.pin(InterruptedGraph.PERSON, 2);
        graph.append(InterruptedGraph.PERSON, Optional.empty(), "Linus");
        graph.append(InterruptedGraph.PERSON, Optional.empty(), "Guido");
        graph.sidecar(WriterKind.ENSURE_INDICES);
    }),
    OPTIMIZE_AFTER_ONE_OF_TWO(RecoveredWrite.Ending.ROLLED_BACK, graph -> {
        graph.pin(InterruptedGraph.PERSON, 2);
        graph.pin(InterruptedGraph.KNOWS, 2);
        graph.append(InterruptedGraph.PERSON, Optional.empty(), "Linus");
        graph.sidecar(WriterKind.OPTIMIZE);
    }),
    MERGE_CONFIRMED(RecoveredWrite.Ending.ROLLED_FORWARD, graph -> {
        graph.append(InterruptedGraph.PERSON, Optional.empty(), "Linus");
        graph.append(InterruptedGraph.PERSON, Optional.empty(), "Guido");
        graph.pin(InterruptedGraph.PERSON, 2, 3, OptionalLong.of(4), Optional.empty());
        graph.sidecar(WriterKind.BRANCH_MERGE, 2, Optional.empty(), Optional.of("01M829D6Y6379NX6R5GW58308F"));
    }),
    MERGE_AFTER_ITS_PUBLISH(RecoveredWrite.Ending.ALREADY_PUBLISHED, graph -> {
        graph.append(InterruptedGraph.PERSON, Optional.empty(), "Linus");
        graph.pin(InterruptedGraph.PERSON, 2, 3, OptionalLong.of(3), Optional.empty());
        graph.publishSidecar();
        graph.sidecar(WriterKind.BRANCH_MERGE, 2, Optional.empty(), Optional.of("01M829D6Y6379NX6R5GW58308F"));
    }),
    MERGE_NOT_CONFIRMED(RecoveredWrite.Ending.ROLLED_BACK, graph -> {
        graph.append(InterruptedGraph.PERSON, Optional.empty(), "Linus");
        graph.pin(InterruptedGraph.PERSON, 2);
        graph.sidecar(WriterKind.BRANCH_MERGE, 2, Optional.empty(), Optional.of("01M829D6Y6379NX6R5GW58308F"));
    }),
    MERGE_CONFIRMED_AND_MOVED_ON(RecoveredWrite.Ending.ROLLED_BACK, graph -> {
        graph.append(InterruptedGraph.PERSON, Optional.empty(), "Linus");
        graph.append(InterruptedGraph.PERSON, Optional.empty(), "Guido");
        graph.pin(InterruptedGraph.PERSON, 2, 3, OptionalLong.of(3), Optional.empty());
        graph.sidecar(WriterKind.BRANCH_MERGE, 2, Optional.empty(), Optional.of("01M829D6Y6379NX6R5GW58308F"));
    }),
    MERGE_OF_THE_OLD_FORMAT(RecoveredWrite.Ending.ROLLED_FORWARD, graph -> {
        graph.append(InterruptedGraph.PERSON, Optional.empty(), "Linus");
        graph.pin(InterruptedGraph.PERSON, 2);
        graph.sidecar(WriterKind.BRANCH_MERGE, 1, Optional.empty(), Optional.of("01M829D6Y6379NX6R5GW58308F"));
    }),
    BRANCH_LOAD_AFTER_ALL_TABLES(RecoveredWrite.Ending.ROLLED_FORWARD, graph -> {
        Optional<String> branch = Optional.of("team/review");
        graph.branch("team/review", InterruptedGraph.PERSON);
        graph.append(InterruptedGraph.PERSON, branch, "Linus");
        graph.pin(InterruptedGraph.PERSON, 2, 3, OptionalLong.empty(), branch);
        graph.sidecar(WriterKind.LOAD, 2, branch, Optional.empty());
    }),
    BRANCH_LOAD_AFTER_ONE_TABLE(RecoveredWrite.Ending.ROLLED_BACK, graph -> {
        Optional<String> branch = Optional.of("review");
        graph.branch("review", InterruptedGraph.PERSON, InterruptedGraph.KNOWS);
        graph.append(InterruptedGraph.PERSON, branch, "Linus");
        graph.pin(InterruptedGraph.PERSON, 2, 3, OptionalLong.empty(), branch);
        graph.pin(InterruptedGraph.KNOWS, 2, 3, OptionalLong.empty(), branch);
        graph.sidecar(WriterKind.LOAD, 2, branch, Optional.empty());
    }),
    BRANCH_LOAD_WHOSE_BRANCH_IS_GONE(RecoveredWrite.Ending.DISCARDED, graph -> {
        Optional<String> branch = Optional.of("review");
        graph.branch("review", InterruptedGraph.PERSON);
        graph.append(InterruptedGraph.PERSON, branch, "Linus");
        graph.pin(InterruptedGraph.PERSON, 2, 3, OptionalLong.empty(), branch);
        graph.sidecar(WriterKind.LOAD, 2, branch, Optional.empty());
        graph.deleteBranch("review");
    }),
    APPLY_BEFORE_ITS_STAGING(RecoveredWrite.Ending.ROLLED_BACK, graph -> {
        graph.add(table(InterruptedGraph.TEAMS, "node:Team"));
        graph.drop(InterruptedGraph.KNOWS, 3);
        graph.sidecar(WriterKind.SCHEMA_APPLY);
        graph.lock();
    }),
    APPLY_AFTER_ITS_STAGING(RecoveredWrite.Ending.ROLLED_FORWARD, graph -> {
        graph.add(table(InterruptedGraph.TEAMS, "node:Team"));
        graph.drop(InterruptedGraph.KNOWS, 3);
        graph.sidecar(WriterKind.SCHEMA_APPLY);
        graph.staging().write(CompiledSchema.compile(InterruptedGraph.TEAMS));
        graph.lock();
    }),
    APPLY_AFTER_ITS_PUBLISH(RecoveredWrite.Ending.ROLLED_FORWARD, graph -> {
        graph.add(table(InterruptedGraph.TEAMS, "node:Team"));
        graph.drop(InterruptedGraph.KNOWS, 3);
        graph.sidecar(WriterKind.SCHEMA_APPLY);
        graph.staging().write(CompiledSchema.compile(InterruptedGraph.TEAMS));
        graph.publishSidecar();
        graph.lock();
    }),
    APPLY_OF_A_DESCRIPTION_AFTER_ITS_STAGING(RecoveredWrite.Ending.ROLLED_FORWARD, graph -> {
        graph.sidecar(WriterKind.SCHEMA_APPLY);
        graph.staging().write(CompiledSchema.compile(InterruptedGraph.DESCRIBED));
        graph.lock();
    });

    private final RecoveredWrite.Ending ending;

    @SuppressWarnings("ImmutableEnumChecker") // each is a lambda that holds nothing
    private final Steps steps;

    InterruptedState(RecoveredWrite.Ending ending, Steps steps) {
        this.ending = ending;
        this.steps = steps;
    }

    RecoveredWrite.Ending ending() {
        return ending;
    }

    /** Makes a graph in this state below a folder. */
    Path make(Path folder) throws Exception {
        return ((FolderLocation) make(new TestFolder(folder))).path();
    }

    /** Makes a graph in this state. */
    DatasetLocation make(TestStorage storage) throws Exception {
        try (InterruptedGraph graph = new InterruptedGraph(storage)) {
            steps.run(graph);
            return graph.location();
        }
    }

    static TableDefinition table(String schema, String key) throws Exception {
        return CompiledSchema.compile(schema).tables().stream()
                .filter(table -> table.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    /** What the writer did until it died. */
    private interface Steps {
        void run(InterruptedGraph graph) throws Exception;
    }
}
