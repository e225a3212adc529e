package dev.omnigraph.controlplane.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The vectors V1 to V10 of control-plane.md 3.9. */
class ResourceDigestsTest {

    private static final String SCHEMA = "\nnode Person {\n  name: String @key\n  age: I32?\n}\n";
    private static final String QUERY = "\nquery find_person($name: String) {\n"
            + "  match { $p: Person { name: $name } }\n  return { $p.name, $p.age }\n}\n";
    private static final EmbeddingProfile MOCK =
            new EmbeddingProfile(Optional.of("mock"), Optional.empty(), Optional.of("recorded-x"), Optional.empty());

    @Test
    void filesAreHashedAsTheyAre() {
        assertThat(Sha256.hex(SCHEMA)).isEqualTo("ab8674c2deeb33b15bd7a1f7d98acd8fdf6e5634230dc0349e3e2920475f26d6");
        assertThat(Sha256.hex(QUERY)).isEqualTo("f7f1ccd40aa44f39a0d149d06e19ade31102e2dc45aa7c9009b99147f82aed43");
    }

    @Test
    void aGraphIsComposedOfSchemaQueriesAndProvider() {
        Optional<String> schema = Optional.of(Sha256.hex(SCHEMA));
        Map<String, String> queries = Map.of("find_person", Sha256.hex(QUERY));
        var provider = new ResourceDigests.BoundProvider(
                new ResourceAddress.EmbeddingProvider("default"), Optional.of(ResourceDigests.provider(MOCK)));

        assertThat(ResourceDigests.graph("knowledge", schema, Map.of(), Optional.empty()))
                .isEqualTo("122df748b060d906c8d39fb64489c8946d6d750315613c95dec2e92496451969");
        assertThat(ResourceDigests.graph("knowledge", schema, queries, Optional.empty()))
                .isEqualTo("19e5610fde4e069bc42bf576cb1d49f3ea9e69b7c5a01b9f69d577a4a76109a9");
        assertThat(ResourceDigests.graph("knowledge", Optional.empty(), Map.of(), Optional.empty()))
                .isEqualTo("af305c236e92b5c7004823bd7fd40dcec6a7c56bb6c0697a45e12a840139bd4c");
        assertThat(ResourceDigests.graph("knowledge", schema, queries, Optional.of(provider)))
                .isEqualTo("9ab2583639f1eec6981a5d772b06d983424ba0cb38cecf6ac4b3b421a006d586");
    }

    @Test
    void aProviderIsHashedAsDeclared() {
        assertThat(ResourceDigests.provider(MOCK))
                .isEqualTo("9407ded8cec5d0bd317ddecc1613eb410eb5a792a35f8baea5afed3bb080e106");
        assertThat(ResourceDigests.provider(new EmbeddingProfile(
                        Optional.of("openai-compatible"),
                        Optional.of("https://openrouter.ai/api/v1"),
                        Optional.of("openai/text-embedding-3-large"),
                        Optional.of("${OPENROUTER_API_KEY}"))))
                .isEqualTo("cc5bbcf3999f2de707fb7782413f1a64fbfc804b229b55d183ef8bbc7b051730");
        assertThat(ResourceDigests.provider(
                        new EmbeddingProfile(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())))
                .isEqualTo("0bcf9f87bb1e4cdb186d6fd0bee411fb7d9da65844d130a67683381a6b36f93e");
    }
}
