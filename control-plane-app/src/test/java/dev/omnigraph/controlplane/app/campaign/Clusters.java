package dev.omnigraph.controlplane.app.campaign;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.CopiedDeaths;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.testing.FileTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The clusters from which scenarios set out. What several of them begin with is made once and copied, always into the same
 * place: only there is it the same.
 */
final class Clusters {

    /** Longer than any campaign. */
    private static final String FOR_SOME_DAYS = ", \"expires_in\": \"P5D\"";

    private static final String TWO_GRAPHS = """
            version: 1
            metadata:
              name: sample
            graphs:
              people:
                schema: people.pg
                queries:
                  find_person:
                    file: find_person.gq
              scratch:
                schema: scratch.pg
            """;
    private static final String WIDER_SCHEMA = """
            node Person {
                name: String @key
                age: I32?
                email: String?
            }
            node Company {
                name: String @key
            }
            edge WorksAt: Person -> Company
            """;
    private static final String NARROWER_SCHEMA = """
            node Person {
                name: String @key
            }
            """;
    private static final String OTHER_QUERY = """
            query find_person($name: String) {
                match {
                    $p: Person { name: $name }
                }
                return { $p.name }
            }
            """;

    private final Path bases;

    /** @param bases where clusters are kept from which several scenarios set out */
    Clusters(Path bases) {
        this.bases = bases;
    }

    void imported(Path folder) {
        from("imported", folder, () -> {
            SampleCluster.in(folder);
            serving(folder, person -> done(person.importLedger(), Clusters::succeeded));
        });
    }

    void converged(Path folder) {
        from("converged", folder, () -> {
            imported(folder);
            serving(folder, person -> done(person.apply(), Clusters::converged));
        });
    }

    void withAnotherQuery(Path folder) {
        converged(folder);
        SampleCluster.in(folder).write("find_person.gq", OTHER_QUERY);
    }

    void withAWiderSchema(Path folder) {
        converged(folder);
        SampleCluster.in(folder).write("people.pg", WIDER_SCHEMA);
    }

    /** The schema of a graph is narrower now, and somebody has approved that what it drops is removed for good. */
    void withADropApproved(Path folder) {
        from("drop-approved", folder, () -> {
            withAnotherQuery(folder);
            new SampleCluster(folder).write("people.pg", NARROWER_SCHEMA);
            serving(folder, person -> done(person.decide(""), 201));
        });
    }

    void withADeletePlanned(Path folder) {
        from("delete-planned", folder, () -> {
            declareTwoGraphs(folder);
            new SampleCluster(folder).write("scratch.pg", "node Note {\n    text: String @key\n}\n");
            serving(folder, person -> {
                done(person.importLedger(), Clusters::succeeded);
                done(person.apply(), Clusters::converged);
            });
            SampleCluster.in(folder);
        });
    }

    /** The graph {@code scratch} is there, is not wanted any more, and somebody has approved its removal. */
    void withADeleteApproved(Path folder) {
        from("delete-approved", folder, () -> {
            withADeletePlanned(folder);
            serving(folder, person -> done(person.decide(""), 201));
        });
    }

    /** As {@link #withADeleteApproved}, by an approval that the engine's own tool sees only from the moment of its use. */
    void withADeleteApprovedForSomeDays(Path folder) {
        from("delete-approved-for-some-days", folder, () -> {
            withADeletePlanned(folder);
            serving(folder, person -> done(person.decide(FOR_SOME_DAYS), 201));
        });
    }

    void withAnUsedApproval(Path folder) {
        withADeleteApproved(folder);
        serving(folder, person -> done(person.apply(), Clusters::converged));
    }

    /** Wants both graphs. */
    static void declareTwoGraphs(Path folder) {
        SampleCluster.in(folder).write("cluster.yaml", TWO_GRAPHS);
    }

    /** An apply dies there, and the next service takes its lock back. */
    void dieInApply(Path folder, FaultPoint point) {
        Path copies = bases.resolve("death");
        CopiedDeaths deaths = new CopiedDeaths(folder, copies, point::equals);
        deaths.whileServing(client -> done(new Person(client).apply(), Clusters::converged));
        try {
            deaths.leave(point);
            FileTrees.remove(copies);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        serving(folder, Person::lookAndUnlock);
    }

    static void serving(Path folder, Consumer<Person> steps) {
        try (RunningService service = RunningService.over(folder, CopiedDeaths.HEARTBEAT)) {
            steps.accept(new Person(service.client()));
        }
    }

    static boolean succeeded(Answer answer) {
        return answer.status() == 200 && answer.text("state").equals("succeeded");
    }

    static boolean converged(Answer answer) {
        return succeeded(answer) && answer.text("outcome").equals("converged");
    }

    static void done(Answer answer, int status) {
        done(answer, given -> given.status() == status);
    }

    static void done(Answer answer, Predicate<Answer> wanted) {
        if (!wanted.test(answer)) {
            throw new IllegalStateException("the preparation failed: " + answer.body());
        }
    }

    private void from(String base, Path folder, Runnable making) {
        Path kept = bases.resolve(base);
        try {
            if (Files.exists(kept)) {
                FileTrees.replace(folder, kept);
            } else {
                making.run();
                FileTrees.copy(folder, kept);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
