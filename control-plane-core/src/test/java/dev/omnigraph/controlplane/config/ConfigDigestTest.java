package dev.omnigraph.controlplane.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The vectors V11 to V14 of control-plane.md 3.9, from the text of {@code cluster.yaml} on. */
class ConfigDigestTest {

    private static final String SCHEMA = "\nnode Person {\n  name: String @key\n  age: I32?\n}\n";
    private static final String QUERY = "\nquery find_person($name: String) {\n"
            + "  match { $p: Person { name: $name } }\n  return { $p.name, $p.age }\n}\n";

    private static final String FIXTURE = """
            version: 1
            metadata:
              name: test
            state:
              backend: cluster
              lock: true
            graphs:
              knowledge:
                schema: ./people.pg
                queries:
                  find_person:
                    file: ./people.gq
            policies:
              base:
                file: ./base.policy.yaml
                applies_to: [knowledge]
            """;

    @Test
    void theSmallestConfiguration() {
        assertDigest("version: 1\n", "00596c0ba33c57e264030957f7a82a9f5407338547350892669dc91b4bde8e5d");
    }

    @Test
    void graphQueryAndPolicy() {
        assertDigest(FIXTURE, "e8bda2ad4497fc7afff69bba40a137c9f4709e6cd6b4bf5cf0f6ae1fcab7f854");
    }

    @Test
    void queriesThatAreDiscovered() {
        assertDigest(
                "version: 1\ngraphs:\n  knowledge:\n    schema: people.pg\n    queries: queries/\n",
                "ef43a92b19b2e0e224b4608b8cf66e84eb41d2130d1fddd47353039a06eedf85");
    }

    @Test
    void aGraphWithAProvider() {
        String bound = FIXTURE.replace("    queries:\n", "    embedding_provider: default\n    queries:\n");
        assertDigest(
                bound + "providers: {embedding: {default: {kind: mock, model: recorded-x}}}\n",
                "1fc357e22069ec9f30dcac528c4357e0301bd67dbe00cceba4638347e4a4a8b1");
    }

    @Test
    void styleOrderAndCommentsDoNotCountButSpellingDoes() {
        String digest = digestOf(FIXTURE);

        assertThat(digestOf("# c\n" + FIXTURE.replace("version: 1\n", "") + "\"version\": 0x1\n"))
                .isEqualTo(digest);
        assertThat(digestOf(FIXTURE.replace("./people.pg", "people.pg"))).isNotEqualTo(digest);
        assertThat(digestOf(FIXTURE.replace("[knowledge]", "[graph.knowledge]")))
                .isNotEqualTo(digest);
    }

    private static void assertDigest(String clusterYaml, String digest) {
        assertThat(digestOf(clusterYaml)).isEqualTo(digest);
    }

    private static String digestOf(String clusterYaml) {
        Map<String, String> files = Map.of(
                "cluster.yaml", clusterYaml,
                "people.pg", SCHEMA,
                "people.gq", QUERY,
                "queries/people.gq", QUERY,
                "base.policy.yaml", "rules: []\n");
        ConfigSource source = new BundleConfigSource(
                "bundle",
                files.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                file -> FileContent.of(file.getValue().getBytes(StandardCharsets.UTF_8)))));
        ConfigLoad load = ClusterConfigLoader.load(source, LoadOptions.CONFINED);
        // I18: the policy that the worked vectors hash is none that a server takes, which is only a warning here.
        assertThat(load.hasErrors()).as("%s", load.diagnostics()).isFalse();
        return load.desired().orElseThrow().configDigest();
    }
}
