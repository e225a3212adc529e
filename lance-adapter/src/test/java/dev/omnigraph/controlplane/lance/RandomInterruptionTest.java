package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.testing.EngineProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Several writers of any kind die on one graph, on main and on a branch, with whatever they said and however far they
 * came. The engine recovers one copy and this service another, and both are the same afterwards.
 */
class RandomInterruptionTest {

    private static final int FIRST_SEED = 30;
    private static final int GRAPHS = 12;
    private static final int MAX_WRITERS = 3;
    private static final int MAX_VERSIONS = 3;
    private static final String BRANCH = "review";
    private static final String MERGED = "01M829D6Y6379NX6R5GW58308F";
    private static final List<WriterKind> KINDS = List.of(WriterKind.values());
    private static final List<String> TABLES = List.of(InterruptedGraph.PERSON, InterruptedGraph.KNOWS);

    private final EngineProgram engine = EngineProgram.require();

    @TempDir
    Path folder;

    static Stream<Integer> seeds() {
        return IntStream.range(FIRST_SEED, FIRST_SEED + GRAPHS).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void bothEndWhateverWasLeftInTheSameWay(int seed) throws Exception {
        Path ours = make(new Random(seed), Files.createDirectories(folder.resolve("ours")));
        Path theirs = folder.resolve("theirs").resolve(InterruptedGraph.NAME);
        TestFolders.copyGraph(ours, theirs);

        EngineProgram.Run run = engine.run(folder, "snapshot", theirs.toString(), "--json");
        assertThat(run.exit()).as("%s%n%s", run.output(), run.errors()).isZero();
        try (TestRecovery recovery = new TestRecovery(folder)) {
            assertThat(recovery.recover("ours/" + InterruptedGraph.NAME))
                    .isInstanceOfSatisfying(
                            RecoveryOutcome.Recovered.class,
                            recovered -> assertThat(recovered.isComplete()).isTrue());
        }
        RecoveredGraphView.of(new FolderLocation(ours))
                .assertEqualTo(RecoveredGraphView.of(new FolderLocation(theirs)));
    }

    private static Path make(Random random, Path folder) throws Exception {
        try (InterruptedGraph graph = new InterruptedGraph(folder)) {
            graph.branch(BRANCH, InterruptedGraph.PERSON, InterruptedGraph.KNOWS);
            int writers = 1 + random.nextInt(MAX_WRITERS);
            for (int writer = 0; writer < writers; writer++) {
                die(random, graph, writer);
            }
            if (random.nextInt(6) == 0) {
                graph.deleteBranch(BRANCH);
            }
            return graph.root();
        }
    }

    private static void die(Random random, InterruptedGraph graph, int writer) throws Exception {
        WriterKind kind = KINDS.get(random.nextInt(KINDS.size()));
        boolean onBranch = kind != WriterKind.SCHEMA_APPLY && random.nextInt(3) == 0;
        Optional<String> branch = onBranch ? Optional.of(BRANCH) : Optional.empty();
        graph.forget();
        for (String table : TABLES) {
            if (random.nextInt(3) != 0) {
                move(random, graph, table, branch);
            }
        }
        String operation = InterruptedGraph.OPERATION.substring(0, InterruptedGraph.OPERATION.length() - 1) + writer;
        Optional<String> merged = kind == WriterKind.BRANCH_MERGE ? Optional.of(MERGED) : Optional.empty();
        graph.sidecar(operation, kind, 1 + random.nextInt(2), branch, merged);
    }

    private static void move(Random random, InterruptedGraph graph, String table, Optional<String> branch)
            throws Exception {
        long before = graph.head(table, branch);
        int versions = random.nextInt(MAX_VERSIONS + 1);
        for (int version = 0; version < versions; version++) {
            graph.append(table, branch, table.equals(InterruptedGraph.KNOWS) ? "Grace-Ada" : "Linus" + version);
        }
        long said = random.nextInt(5) == 0 ? before - 1 : before;
        OptionalLong confirmed =
                random.nextBoolean() ? OptionalLong.of(before + random.nextInt(MAX_VERSIONS)) : OptionalLong.empty();
        graph.pin(table, said, said + 1, confirmed, branch);
        if (versions > 0 && random.nextInt(5) == 0) {
            graph.publish(branch, table);
        }
    }
}
