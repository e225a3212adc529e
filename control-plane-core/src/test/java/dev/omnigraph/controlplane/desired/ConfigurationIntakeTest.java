package dev.omnigraph.controlplane.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.archive.ArchiveFormat;
import dev.omnigraph.controlplane.archive.ArchiveRefusedException;
import dev.omnigraph.controlplane.archive.ArchiveRule;
import dev.omnigraph.controlplane.archive.HostileArchives;
import dev.omnigraph.controlplane.archive.TarBuilder;
import dev.omnigraph.controlplane.archive.ZipBuilder;
import dev.omnigraph.controlplane.desired.ConfigurationIntake.Outcome;
import dev.omnigraph.controlplane.desired.ConfigurationStore.Storing;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.TreeOutcome;
import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is taken in of archives, and what is not. */
class ConfigurationIntakeTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final String CLUSTER = "version: 1\ngraphs:\n  people:\n    schema: schemas/people.pg\n";
    private static final String SCHEMA = "node Person {\n    name: String @key\n}\n";

    /** What the same files are named, whoever packs them. */
    private static final ConfigurationName NAME =
            ConfigurationName.of(Map.of("cluster.yaml", Sha256.hex(CLUSTER), "schemas/people.pg", Sha256.hex(SCHEMA)));

    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final ConfigurationIntake intake =
            new ConfigurationIntake(new ConfigurationStore(objects), HostileArchives.LIMITS);

    @ParameterizedTest
    @MethodSource("dev.omnigraph.controlplane.archive.HostileArchives#all")
    void whatBreaksARuleIsRefusedByItsNameAndNothingIsStored(HostileArchives.Case hostile)
            throws ArchiveRefusedException {
        if (hostile.rule().isPresent()) {
            assertThatThrownBy(() -> take(hostile.bytes(), hostile.format()))
                    .isInstanceOfSatisfying(
                            ArchiveRefusedException.class,
                            refusal -> assertThat(refusal.rule())
                                    .as(refusal.getMessage())
                                    .isEqualTo(hostile.rule().get()))
                    .hasMessageContaining(hostile.words());
        } else {
            assertThat(take(hostile.bytes(), hostile.format()))
                    .isInstanceOfSatisfying(Outcome.Unreadable.class, unreadable -> {
                        Diagnostic finding = unreadable.findings().get(0);
                        assertThat(finding.code()).isEqualTo(hostile.finding().orElseThrow());
                        assertThat(finding.message()).contains(hostile.words());
                    });
        }

        assertThat(stored()).isEmpty();
    }

    @Test
    void thereAreManyOfThemAndEachRuleIsBroken() {
        List<HostileArchives.Case> all = HostileArchives.all();
        Set<ArchiveRule> broken =
                all.stream().flatMap(hostile -> hostile.rule().stream()).collect(Collectors.toSet());

        assertThat(all).hasSizeGreaterThanOrEqualTo(200);
        assertThat(broken).isEqualTo(EnumSet.allOf(ArchiveRule.class));
        assertThat(all.stream().map(HostileArchives.Case::name)).doesNotHaveDuplicates();
    }

    @Test
    void theSameFilesHaveTheSameNameHoweverTheyArePacked() throws Exception {
        assertThat(name(zipOfTheJdk())).isEqualTo(NAME);
        for (boolean signed : List.of(true, false)) {
            for (boolean wide : List.of(true, false)) {
                assertThat(name(
                                ArchiveFormat.ZIP,
                                new ZipBuilder()
                                        .entry("schemas/", new byte[0], entry -> entry.mode = 040755)
                                        .entry(
                                                "cluster.yaml",
                                                utf8(CLUSTER),
                                                entry -> entry.describeBehind(signed, wide))
                                        .entry("schemas/people.pg", utf8(SCHEMA), ZipBuilder.Entry::store)
                                        .comment("packed by a test")
                                        .build()))
                        .isEqualTo(NAME);
            }
        }
        assertThat(name(
                        ArchiveFormat.TAR_GZIP,
                        new TarBuilder()
                                .folder("./")
                                .file("./cluster.yaml", CLUSTER)
                                .folder("./schemas/")
                                .file("./schemas/people.pg", SCHEMA)
                                .build()))
                .isEqualTo(NAME);
        assertThat(name(
                        ArchiveFormat.TAR_GZIP,
                        new TarBuilder()
                                .entry(
                                        'g',
                                        "pax_global_header",
                                        utf8(TarBuilder.attribute("comment", "c0ffee")),
                                        header -> {})
                                .pax(TarBuilder.attribute("mtime", "1.5")
                                        + TarBuilder.attribute("path", "cluster.yaml"))
                                .file("shortened", CLUSTER)
                                .longName("schemas/people.pg")
                                .file("shortened", SCHEMA)
                                .raw(new byte[8192])
                                .build()))
                .isEqualTo(NAME);
        assertThat(name(
                        ArchiveFormat.TAR_GZIP,
                        new TarBuilder()
                                .file("cluster.yaml", CLUSTER)
                                .entry(
                                        '0',
                                        "people.pg",
                                        utf8(SCHEMA),
                                        header -> TarBuilder.put(header, 345, utf8("schemas")))
                                .build()))
                .isEqualTo(NAME);
    }

    @Test
    void whatIsStoredOnceIsFoundAgain() throws Exception {
        assertThat(take(zipOfTheJdk(), ArchiveFormat.ZIP))
                .isInstanceOfSatisfying(
                        Outcome.Stored.class,
                        first -> assertThat(first.storing()).isInstanceOf(Storing.Created.class));
        List<String> before = stored();

        assertThat(take(zipOfTheJdk(), ArchiveFormat.ZIP))
                .isInstanceOfSatisfying(
                        Outcome.Stored.class,
                        again -> assertThat(again.storing()).isInstanceOf(Storing.Existing.class));
        assertThat(stored()).isEqualTo(before).hasSize(2);
    }

    /** Whether a configuration is a good one is for the commands to say that use it. */
    @Test
    void whatCanBeReadIsStoredWithItsErrors() throws Exception {
        byte[] zip = new ZipBuilder()
                .file("cluster.yaml", "version: 1\ngraphs:\n  people:\n    schema: missing.pg\n")
                .build();

        assertThat(take(zip, ArchiveFormat.ZIP)).isInstanceOf(Outcome.Stored.class);
    }

    private Outcome take(byte[] archive, ArchiveFormat format) throws ArchiveRefusedException {
        return intake.take(archive, format, Optional.of("alice"), NOW);
    }

    private ConfigurationName name(byte[] zip) throws ArchiveRefusedException {
        return name(ArchiveFormat.ZIP, zip);
    }

    private ConfigurationName name(ArchiveFormat format, byte[] archive) throws ArchiveRefusedException {
        Storing storing = ((Outcome.Stored) take(archive, format)).storing();
        return storing instanceof Storing.Created created
                ? created.configuration().name()
                : ((Storing.Existing) storing).configuration().name();
    }

    private List<String> stored() {
        return ((TreeOutcome.Listed) objects.tree(ObjectKey.ROOT))
                .entries().stream().map(entry -> entry.key().path()).toList();
    }

    private static byte[] zipOfTheJdk() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("schemas/"));
            zip.putNextEntry(new ZipEntry("schemas/people.pg"));
            zip.write(utf8(SCHEMA));
            zip.putNextEntry(new ZipEntry("cluster.yaml"));
            zip.write(utf8(CLUSTER));
        }
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
