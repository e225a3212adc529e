package dev.omnigraph.controlplane.app.campaign;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.fault.FaultPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Every command that changes something, each on a cluster of which it changes as much as it can; and the sweep. */
final class Scenarios {

    private static final String ONE_HOUR = ", \"expires_in\": \"PT1H\"";
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
    private static final String LOCK_ID = "01KT0000000000000000000000";

    private final Path bases;

    /** @param bases where clusters are kept from which several scenarios set out */
    Scenarios(Path bases) {
        this.bases = bases;
    }

    List<Scenario> all() {
        return Stream.of(observing(), applying(), deciding(), byAdmins(), sweeping())
                .flatMap(List::stream)
                .toList();
    }

    private List<Scenario> observing() {
        return List.of(
                new Scenario(
                        "import",
                        SampleCluster::in,
                        as(Person::importLedger),
                        Scenarios::succeeded,
                        now -> now.ledger().isPresent()),
                new Scenario(
                        "import-of-a-lost-ledger",
                        folder -> {
                            withAnUsedApproval(folder);
                            delete(folder.resolve("__cluster/state.json"));
                        },
                        as(Person::importLedger),
                        Scenarios::succeeded,
                        now -> now.consumptions().size() == 1),
                new Scenario(
                        "refresh",
                        folder -> {
                            converged(folder);
                            deleteAll(folder.resolve("__cluster/resources"));
                        },
                        as(Person::refresh),
                        Scenarios::succeeded,
                        now -> now.recorded("query.people.find_person").isEmpty()));
    }

    private List<Scenario> applying() {
        return List.of(
                new Scenario(
                        "catalog-apply",
                        folder -> {
                            converged(folder);
                            SampleCluster.in(folder).write("find_person.gq", OTHER_QUERY);
                        },
                        client -> client.post("/apply", "Prefer", "wait=60", "Idempotency-Key", "the-same-again"),
                        Scenarios::converged,
                        now -> now.revision() == 3),
                new Scenario(
                        "create",
                        this::imported,
                        as(Person::apply),
                        Scenarios::converged,
                        now -> now.recorded("schema.people").isPresent()),
                new Scenario(
                        "schema-apply",
                        this::withAWiderSchema,
                        as(Person::apply),
                        Scenarios::converged,
                        now -> now.recorded("schema.people").equals(now.liveSchema("people"))),
                new Scenario(
                        "hard-drop",
                        folder -> {
                            converged(folder);
                            SampleCluster.in(folder)
                                    .write("people.pg", NARROWER_SCHEMA)
                                    .write("find_person.gq", OTHER_QUERY);
                            serving(folder, person -> done(person.decide(""), 201));
                        },
                        as(Person::apply),
                        Scenarios::converged,
                        now -> now.recorded("schema.people").equals(now.liveSchema("people"))
                                && now.consumptions().size() == 1),
                new Scenario(
                        "delete",
                        folder -> {
                            withADeletePlanned(folder);
                            serving(folder, person -> done(person.decide(ONE_HOUR), 201));
                        },
                        as(Person::apply),
                        Scenarios::converged,
                        now -> now.recorded("schema.scratch").isEmpty()
                                && now.consumptions().size() == 1));
    }

    private List<Scenario> deciding() {
        return List.of(
                new Scenario(
                        "approve",
                        this::withADeletePlanned,
                        as(person -> person.decide("")),
                        answer -> answer.status() == 201,
                        now -> now.artifacts().size() == 1 && now.decisions().size() == 1),
                new Scenario(
                        "reject",
                        this::withADeletePlanned,
                        as(person -> person.decide(", \"decision\": \"reject\"")),
                        answer -> answer.status() == 201,
                        now -> now.decisions().size() == 1),
                new Scenario(
                        "revoke",
                        this::withADeleteApproved,
                        as(person -> person.revokeFirst("pending")),
                        answer -> answer.status() == 200,
                        now -> now.reservations().values().stream()
                                .anyMatch(reservation -> StoredCluster.member(reservation, "revoked")
                                        .isPresent())));
    }

    private List<Scenario> byAdmins() {
        return List.of(
                new Scenario(
                        "force-unlock",
                        folder -> {
                            converged(folder);
                            SampleCluster.in(folder).write("__cluster/lock.json", """
                                            {
                                              "version": 1,
                                              "lock_id": "%s",
                                              "operation": "apply",
                                              "created_at": "2026-01-01T00:00:00Z",
                                              "pid": 1
                                            }
                                            """.formatted(LOCK_ID));
                        },
                        as(person -> person.unlock(LOCK_ID)),
                        answer -> answer.status() == 200,
                        now -> !now.locked()),
                new Scenario(
                        "discard",
                        folder -> {
                            imported(folder);
                            dieInApply(folder, FaultPoint.INIT_AFTER_TABLES_WRITTEN);
                        },
                        as(Person::discardFirst),
                        answer -> answer.status() == 200,
                        now -> now.sidecars().isEmpty() && now.graphs().isEmpty()),
                new Scenario(
                        "retention",
                        folder -> {
                            withADeleteApproved(folder);
                            dieInApply(folder, FaultPoint.CLUSTER_APPLY_AFTER_MANIFEST_REMOVED);
                            serving(folder, person -> done(person.refresh(), Scenarios::succeeded));
                        },
                        as(Person::clearAway),
                        Scenarios::succeeded,
                        now -> now.aside().isEmpty()),
                new Scenario(
                        "quarantine",
                        folder -> {
                            converged(folder);
                            SampleCluster.in(folder).write("__cluster/recoveries/" + LOCK_ID + ".json", "not json\n");
                        },
                        as(Person::quarantineFirst),
                        answer -> answer.status() == 200,
                        now -> now.quarantined().contains(LOCK_ID)),
                new Scenario(
                        "freeze",
                        this::converged,
                        as(Person::freeze),
                        answer -> answer.status() == 200,
                        StoredCluster::frozen),
                new Scenario(
                        "thaw",
                        folder -> {
                            converged(folder);
                            serving(folder, person -> done(person.freeze(), 200));
                        },
                        as(Person::thaw),
                        answer -> answer.status() == 200,
                        now -> !now.frozen()));
    }

    private List<Scenario> sweeping() {
        return List.of(
                new Scenario(
                        "sweep-of-a-create",
                        folder -> {
                            imported(folder);
                            dieInApply(folder, FaultPoint.CLUSTER_APPLY_AFTER_GRAPH_CREATE);
                        },
                        as(Person::refresh),
                        Scenarios::succeeded,
                        now -> now.recorded("schema.people").isPresent()),
                new Scenario(
                        "sweep-of-a-delete",
                        folder -> {
                            withADeleteApproved(folder);
                            dieInApply(folder, FaultPoint.CLUSTER_APPLY_AFTER_GRAPH_MOVED_ASIDE);
                        },
                        as(Person::refresh),
                        Scenarios::succeeded,
                        now -> now.liveSchema("scratch").isPresent()),
                new Scenario(
                        "delete-resumed",
                        folder -> {
                            withADeleteApproved(folder);
                            dieInApply(folder, FaultPoint.CLUSTER_APPLY_AFTER_MANIFEST_REMOVED);
                        },
                        as(Person::apply),
                        Scenarios::converged,
                        now -> now.consumptions().size() == 1),
                new Scenario(
                        "delete-given-up",
                        folder -> {
                            withADeleteApproved(folder);
                            dieInApply(folder, FaultPoint.CLUSTER_APPLY_BEFORE_GRAPH_DELETE);
                            declareTwoGraphs(folder);
                        },
                        as(Person::apply),
                        answer -> converged(answer) && !answer.body().contains("recovery_sidecar_cleanup_failed"),
                        now -> now.sidecars().isEmpty()),
                new Scenario(
                        "approval-taken-back",
                        folder -> {
                            withADeletePlanned(folder);
                            serving(folder, person -> done(person.decide(ONE_HOUR), 201));
                            dieInApply(folder, FaultPoint.CLUSTER_APPLY_AFTER_APPROVAL_PUBLISHED);
                            declareTwoGraphs(folder);
                        },
                        as(Person::apply),
                        Scenarios::converged,
                        now -> now.artifacts().isEmpty()),
                new Scenario(
                        "schema-apply-published",
                        folder -> {
                            withAWiderSchema(folder);
                            dieInApply(folder, FaultPoint.SCHEMA_APPLY_AFTER_STAGING_WRITE);
                        },
                        as(Person::apply),
                        Scenarios::converged,
                        now -> now.recorded("schema.people").equals(now.liveSchema("people"))),
                new Scenario(
                        "schema-apply-promoted",
                        folder -> {
                            withAWiderSchema(folder);
                            dieInApply(folder, FaultPoint.SCHEMA_APPLY_AFTER_PROMOTED_FILE);
                        },
                        as(Person::apply),
                        Scenarios::converged,
                        now -> now.recorded("schema.people").equals(now.liveSchema("people"))),
                new Scenario(
                        "schema-apply-undone",
                        folder -> {
                            withAWiderSchema(folder);
                            dieInApply(folder, FaultPoint.SCHEMA_APPLY_BEFORE_STAGING_WRITE);
                        },
                        as(Person::apply),
                        Scenarios::converged,
                        now -> now.recorded("schema.people").equals(now.liveSchema("people"))));
    }

    private static Function<ApiClient, Answer> as(Function<Person, Answer> step) {
        return client -> step.apply(new Person(client));
    }

    private static boolean succeeded(Answer answer) {
        return answer.status() == 200 && answer.text("state").equals("succeeded");
    }

    private static boolean converged(Answer answer) {
        return succeeded(answer) && answer.text("outcome").equals("converged");
    }

    private void imported(Path folder) {
        from("imported", folder, () -> {
            SampleCluster.in(folder);
            serving(folder, person -> done(person.importLedger(), Scenarios::succeeded));
        });
    }

    private void converged(Path folder) {
        from("converged", folder, () -> {
            imported(folder);
            serving(folder, person -> done(person.apply(), Scenarios::converged));
        });
    }

    private void withAWiderSchema(Path folder) {
        converged(folder);
        SampleCluster.in(folder).write("people.pg", WIDER_SCHEMA);
    }

    private void withADeletePlanned(Path folder) {
        from("delete-planned", folder, () -> {
            SampleCluster sample = SampleCluster.in(folder)
                    .write("cluster.yaml", TWO_GRAPHS)
                    .write("scratch.pg", "node Note {\n    text: String @key\n}\n");
            serving(folder, person -> {
                done(person.importLedger(), Scenarios::succeeded);
                done(person.apply(), Scenarios::converged);
            });
            SampleCluster.in(sample.folder());
        });
    }

    /** The graph {@code scratch} is there, is not wanted any more, and somebody has approved its removal. */
    void withADeleteApproved(Path folder) {
        from("delete-approved", folder, () -> {
            withADeletePlanned(folder);
            serving(folder, person -> done(person.decide(""), 201));
        });
    }

    /** Wants both graphs again. */
    static void declareTwoGraphs(Path folder) {
        SampleCluster.in(folder).write("cluster.yaml", TWO_GRAPHS);
    }

    private void withAnUsedApproval(Path folder) {
        withADeleteApproved(folder);
        serving(folder, person -> done(person.apply(), Scenarios::converged));
    }

    /** Makes a cluster, or copies it where it was made before; only in the same place is it the same. */
    private void from(String base, Path folder, Runnable making) {
        Path kept = bases.resolve(base);
        try {
            if (Files.exists(kept)) {
                Folders.replace(folder, kept);
            } else {
                making.run();
                Folders.copy(folder, kept);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void serving(Path folder, Consumer<Person> steps) {
        try (RunningService service = RunningService.over(folder, HaltingService.HEARTBEAT)) {
            steps.accept(new Person(service.client()));
        }
    }

    /** A process dies there, and the next one takes its lock back. */
    private static void dieInApply(Path folder, FaultPoint point) {
        HaltingService.run(folder, new Passing(point, 1), as(Person::apply));
        serving(folder, Person::lookAndUnlock);
    }

    private static void done(Answer answer, int status) {
        done(answer, given -> given.status() == status);
    }

    private static void done(Answer answer, Predicate<Answer> wanted) {
        if (!wanted.test(answer)) {
            throw new IllegalStateException("the preparation failed: " + answer.body());
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteAll(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
