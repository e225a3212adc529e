package dev.omnigraph.controlplane.lance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.graph.BranchHeads;
import dev.omnigraph.controlplane.graph.GraphCreation;
import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.SchemaApplication;
import dev.omnigraph.controlplane.language.schema.migration.DropMode;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.s3.S3Server;
import dev.omnigraph.controlplane.storage.s3.ServerFault;
import dev.omnigraph.controlplane.storage.s3.TestBucket;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs in a bucket: what is other there than in a folder. */
class BucketGraphTest {

    private static final String MORE = TestCluster.SCHEMA.replace("@key\n", "@key\n  age: I32?\n");

    @RegisterExtension
    final EmbeddedStorage bucket = new EmbeddedStorage();

    @Test
    void aGraphIsCreatedOpensAndIsMigrated() {
        try (TestCluster cluster = new TestCluster(bucket.storage())) {
            assertThat(cluster.create("people", TestCluster.SCHEMA)).isEqualTo(TestCluster.CREATED);
            assertThat(cluster.observe("people")).isInstanceOf(GraphObservation.Opened.class);
            assertThat(cluster.create("people", TestCluster.SCHEMA)).isInstanceOf(GraphCreation.Refused.class);

            cluster.migrate("people", MORE, DropMode.SOFT);

            GraphObservation.Opened live = (GraphObservation.Opened) cluster.observe("people");
            assertThat(live.schemaSource()).isEqualTo(MORE);
            assertThat(live.branches()).isEmpty();
            assertThat(cluster.engine().heads(cluster.root("people")))
                    .isInstanceOfSatisfying(
                            BranchHeads.Read.class,
                            heads -> assertThat(heads.commits()).containsOnlyKeys("main"));
            assertThat(cluster.files("people")).noneMatch(file -> file.contains("hint") || file.endsWith(".staging"));
        }
    }

    @Test
    void theVersionsOfTablesAreDescribedAsTheirObjectsAre() throws Exception {
        String version = "nodes/40d76f1f51639ec0/_versions/18446744073709551614.manifest";
        try (TestCluster cluster = new TestCluster(bucket.storage())) {
            cluster.create("people", TestCluster.SCHEMA);

            ObjectKey key = StorageRoot.graphKey("people").child(version);
            GetOutcome.Found file = (GetOutcome.Found) bucket.storage().store().get(key);
            String name = bucket.storage().root().prefix() + "/" + key;
            assertThat(ManifestRecords.of(cluster.location("people")))
                    .filteredOn(row -> row.objectId().equals("node:Person$00000000000000000001"))
                    .extracting(ManifestRecord::metadata)
                    .containsExactly(Optional.of(String.format(
                            "{\"manifest_path\":\"%s\",\"manifest_size\":%d,\"e_tag\":\"\\\"%s\\\"\",\"naming_scheme\":\"V2\"}",
                            name,
                            file.object().bytes().length,
                            file.object().tag().value())));
        }
    }

    /** Lance repeats such a request and then finds what it wrote itself. */
    @Test
    void aPublishWhoseAnswerWasLostIsFoundAgain() {
        try (TestCluster cluster = new TestCluster(bucket.storage())) {
            cluster.create("people", TestCluster.SCHEMA);
            AtomicInteger left = new AtomicInteger(1);
            bucket.server()
                    .disturb((method, key) -> method.equals("PUT")
                                    && key.contains("people.omni/__manifest/_versions/")
                                    && left.getAndDecrement() > 0
                            ? ServerFault.ERROR_AFTER
                            : ServerFault.NONE);

            SchemaApplication outcome = cluster.apply("people", MORE, DropMode.SOFT, new RecordingJournal());

            assertThat(left).hasNegativeValue();
            assertThat(outcome).as("%s", outcome).isInstanceOf(SchemaApplication.Applied.class);
            assertThat(((GraphObservation.Opened) cluster.observe("people")).manifestVersion())
                    .isEqualTo(4);
        }
    }

    /** Whatever an apply made of it, the next one brings the graph to the schema. */
    @ParameterizedTest
    @ValueSource(strings = {"nodes/", "__manifest/_versions/", "_refs/branches/", "_schema.pg", "__recovery/"})
    void aWriteWhoseAnswerWasLostHarmsNothing(String part) {
        try (TestCluster cluster = new TestCluster(bucket.storage())) {
            cluster.create("people", TestCluster.SCHEMA);
            AtomicInteger left = new AtomicInteger(1);
            bucket.server()
                    .disturb((method, key) -> method.equals("PUT")
                                    && key.contains("people.omni/")
                                    && key.contains(part)
                                    && left.getAndDecrement() > 0
                            ? ServerFault.ERROR_AFTER
                            : ServerFault.NONE);
            RecordingJournal journal = new RecordingJournal();

            cluster.applyFrom(TestCluster.SCHEMA, "people", MORE, DropMode.SOFT, journal);
            SchemaApplication next = cluster.applyFrom(TestCluster.SCHEMA, "people", MORE, DropMode.SOFT, journal);

            assertThat(left).hasNonPositiveValue();
            assertThat(next)
                    .as("%s", next)
                    .isInstanceOfAny(SchemaApplication.Applied.class, SchemaApplication.AlreadyApplied.class);
            assertThat(((GraphObservation.Opened) cluster.observe("people")).schemaSource())
                    .isEqualTo(MORE);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ServerFault.class,
            names = {"SLOW_DOWN", "ERROR_BEFORE"})
    void aStoreThatDoesNotAnswerLanceIsNoBrokenGraph(ServerFault fault) {
        try (TestCluster cluster = new TestCluster(bucket.storage())) {
            cluster.create("people", TestCluster.SCHEMA);
            bucket.server().disturb((method, key) -> key.endsWith(".manifest") ? fault : ServerFault.NONE);

            assertThat(cluster.observe("people")).isInstanceOf(GraphObservation.Unknown.class);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ServerFault.class,
            names = {"SLOW_DOWN", "REQUEST_LOST"})
    void credentialsAreInNoMessage(ServerFault fault) {
        try (TestCluster cluster = new TestCluster(bucket.storage())) {
            cluster.create("people", TestCluster.SCHEMA);
            bucket.server().disturb((method, key) -> key.contains("__manifest") ? fault : ServerFault.NONE);

            String said = cluster.observe("people") + " " + bucket.storage().lance();

            assertThat(said).contains("Unknown").doesNotContain(bucket.server().secretKey());
        }
    }

    @Test
    void anOverwrittenVersionFileIsABrokenGraphAndEndsNoProcess() {
        try (TestCluster cluster = new TestCluster(bucket.storage())) {
            cluster.create("people", TestCluster.SCHEMA);
            String name = bucket.storage().root().prefix() + "/" + StorageRoot.graphKey("people")
                    + "/__manifest/_versions/18446744073709551612.manifest";
            bucket.server().put(name, new byte[] {1, 2, 3});

            assertThat(cluster.observe("people"))
                    .isInstanceOfSatisfying(
                            GraphObservation.NotOpenable.class,
                            broken -> assertThat(broken.reason()).contains("damaged"));
        }
    }

    /** Lance opens a branch anew, with options of its own. */
    @Test
    void temporaryCredentialsReachLanceAndItsBranches() {
        bucket.server().requireSessionToken("of-this-hour");
        try (TestBucketStorage storage = TestBucketStorage.on(bucket.server());
                TestCluster cluster = new TestCluster(storage)) {
            assertThat(cluster.create("people", TestCluster.SCHEMA)).isEqualTo(TestCluster.CREATED);
            cluster.migrate("people", MORE, DropMode.SOFT);

            assertThat(((GraphObservation.Opened) cluster.observe("people")).schemaSource())
                    .isEqualTo(MORE);
            assertThat(storage.lance().toString()).doesNotContain("of-this-hour");
        }
    }

    @Test
    void anOrdinaryPrefixWorks() {
        try (TestBucketStorage storage = below("Teams/eu-west_1.prod:2");
                TestCluster cluster = new TestCluster(storage)) {
            assertThat(cluster.create("people", TestCluster.SCHEMA)).isEqualTo(TestCluster.CREATED);

            assertThat(cluster.observe("people")).isInstanceOf(GraphObservation.Opened.class);
            assertThat(cluster.files("people")).contains("__manifest/_versions/18446744073709551612.manifest");
        }
    }

    /** Lance reads the place as a URL: what it would take for something else is refused before anything is stored. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "two words",
                "ha#sh",
                "per%20cent",
                "question?",
                "{braces}[brackets]",
                "quote\"'",
                "star*",
                "plus+&=;,@!$()^`|<>",
                "\u00fcmlaut-\u2713-\ud83d\ude00"
            })
    void aPrefixThatLanceWouldChangeIsRefused(String name) {
        try (TestBucketStorage storage = below(name);
                TestCluster cluster = new TestCluster(storage)) {
            assertThat(cluster.create("people", TestCluster.SCHEMA))
                    .isInstanceOfSatisfying(
                            GraphCreation.Refused.class,
                            refused -> assertThat(refused.reason()).contains("other characters"));
            assertThat(storage.store().exists(ObjectKey.ROOT)).isEqualTo(new PrefixOutcome.Absent());
        }
    }

    private TestBucketStorage below(String name) {
        String prefix = TestBucket.freshRoot().prefix() + "/" + name;
        return new TestBucketStorage(TestBucket.open(bucket.server(), new StorageRoot.Bucket(S3Server.BUCKET, prefix)));
    }
}
