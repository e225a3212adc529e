package dev.omnigraph.controlplane.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.fuzz.FuzzTarget;
import dev.omnigraph.controlplane.fuzz.RecordedTexts;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.yaml.YamlReader;
import dev.omnigraph.controlplane.testing.Places;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Texts of {@code cluster.yaml}: whatever the text, it loads with findings or without, from the same files each time. */
public final class ConfigFuzz implements FuzzTarget {

    /** More findings than a text of this size can earn would be an error of its own. */
    private static final int MOST_FINDINGS_FOR_A_CHARACTER = 2;

    private static final String ORIGINAL = """
            version: 1
            metadata: { name: "dir\\u0065ctory" } # a comment
            storage: /srv/cluster/
            state:
              backend: cluster
              lock: true
            providers:
              embedding:
                main: { kind: openai, model: m-1, api_key: "${EMBED_KEY}" }
                mock: &m { provider: mock }
            graphs:
              people:
                schema: people.pg
                queries: queries/
                embedding_provider: main
              others:
                schema: ./people.pg
                queries:
                  find: { file: queries/find.gq }
              third: { schema: people.pg, queries: [queries/find.gq] }
            policies:
              base:
                file: base.yaml
                applies_to: [people, graph.others, cluster]
              text:
                file: |-
                  base.yaml
                applies_to:
                - third
            """;

    private static final List<String> FRAGMENTS = List.of(
            "\n",
            " ",
            "  ",
            "- ",
            ": ",
            ":",
            "{",
            "}",
            "[",
            "]",
            ",",
            "\"",
            "'",
            "\\",
            "\\u0000",
            "\\ud800",
            "*m",
            "&m ",
            "<<: *m",
            "!!str ",
            "! ",
            "#",
            "---\n",
            "...\n",
            "|\n",
            ">-\n",
            "? ",
            "~",
            "null",
            "true",
            "no",
            "1",
            "0x1",
            "1e400",
            ".inf",
            "-0",
            "2026-01-01",
            "version",
            "graphs",
            "policies",
            "file",
            "schema",
            "queries",
            "applies_to",
            "cluster",
            "graph.",
            "people",
            "main",
            "..",
            "/",
            "queries/",
            "../",
            "${X}",
            "s3://b/p",
            "\t",
            "\r",
            "\u0085",
            "\u2028",
            "\ufeff",
            "\u0000",
            "é",
            "\uD83D\uDE00",
            "\ud800");

    private static final Map<String, FileContent> FILES = Map.of(
            "people.pg", content("node Person { name: String @key }\n"),
            "queries/find.gq", content("query find() { match { $p: Person } return { $p.name } }\n"),
            "base.yaml", content("version: 1\ngroups: {t: [a]}\n"));

    private final CheckedSources checked = new CheckedSources();

    @Override
    public String name() {
        return "config";
    }

    @Override
    public List<String> originals() {
        return List.of(ORIGINAL);
    }

    @Override
    public List<String> fragments() {
        return FRAGMENTS;
    }

    @Override
    public RecordedTexts recorded() {
        return new RecordedTexts("golden-language/configs.json", "text");
    }

    @Override
    public boolean accepts(String text, RandomGenerator random) {
        byte[] file = text.getBytes(StandardCharsets.UTF_8);
        assertPlaceInside(text);
        Map<String, FileContent> files = new HashMap<>(FILES);
        files.put(ClusterYaml.FILE, FileContent.of(file));
        ConfigLoad load = load(files, checked);
        assertThat(load.diagnostics()).hasSizeLessThan(10 + MOST_FINDINGS_FOR_A_CHARACTER * text.length());
        assertThat(load.diagnostics()).extracting(Diagnostic::path).doesNotContain("");
        assertThat(load(files, new CheckedSources()).diagnostics()).isEqualTo(load.diagnostics());
        return !load.hasErrors();
    }

    private static void assertPlaceInside(String text) {
        try {
            YamlReader.read(text);
        } catch (LanguageException e) {
            Places.assertInside(e, text);
        }
    }

    private static ConfigLoad load(Map<String, FileContent> files, CheckedSources memory) {
        return ClusterConfigLoader.load(new BundleConfigSource("/config", files), LoadOptions.CONFINED, memory);
    }

    private static FileContent content(String text) {
        return FileContent.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
