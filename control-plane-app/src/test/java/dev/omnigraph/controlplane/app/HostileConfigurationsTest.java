package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.RunningService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Configuration folders that are meant to hurt: documents that grow when they are read, and paths that lead elsewhere. Each is
 * refused by the limit or rule that it breaks, and nothing is written. What archives can do is a test of core.
 */
class HostileConfigurationsTest {

    private static final int AT_LEAST = 200;
    private static final String HEAD = "version: 1\n";
    private static final String TOO_DEEP = "128 levels are the limit";
    private static final String TOO_MANY_NODES = "more than 100000 nodes, aliases resolved";
    private static final String TOO_LONG = "1048576 are the limit";
    private static final String UNKNOWN_ALIAS = "names no anchor that is complete before it";
    private static final String OUTSIDE = "lies outside the configuration folder";

    @TempDir
    Path temporary;

    /** A configuration, and words of the refusal. */
    private record Hostile(String text, String words) {}

    @Test
    void eachIsRefusedByWhatItBreaksAndNothingIsWritten() throws IOException {
        Path folder = Files.createDirectories(temporary.toRealPath().resolve("cluster"));
        Path secret = Files.writeString(folder.resolveSibling("secret"), "of the machine");
        Files.createSymbolicLink(folder.resolve("link"), secret);
        Files.createSymbolicLink(folder.resolve("way-out"), folder.getParent());
        Path configuration = Files.writeString(folder.resolve("cluster.yaml"), HEAD);
        List<Hostile> all = new ArrayList<>();
        documents(all);
        paths(all, secret);
        assertThat(all).hasSizeGreaterThanOrEqualTo(AT_LEAST).doesNotHaveDuplicates();

        try (RunningService service = RunningService.over(folder, RunningService.LONG_HEARTBEAT)) {
            List<Path> before = files(folder);
            for (Hostile hostile : all) {
                Files.writeString(configuration, hostile.text());
                Answer answer = service.client().post("/import");
                String about =
                        hostile.text().substring(0, Math.min(200, hostile.text().length()));
                assertThat(answer.status()).as(about).isEqualTo(422);
                ProblemsTest.assertProblem(answer, "configuration_invalid");
                assertThat(answer.body()).as(about).contains(hostile.words()).doesNotContain("of the machine");
            }
            assertThat(files(folder)).isEqualTo(before);
            assertThat(service.client().get("/operations").text("operations")).isEqualTo("[]");
        }
    }

    private static void documents(List<Hostile> all) {
        for (int depth : new int[] {129, 130, 150, 200, 255, 256, 300, 500, 700}) {
            all.add(document("[".repeat(depth) + "]".repeat(depth), TOO_DEEP));
            all.add(document("{a: ".repeat(depth) + "1" + "}".repeat(depth), TOO_DEEP));
            all.add(document("\n  " + "- ".repeat(depth) + "a", TOO_DEEP));
            all.add(document(indented(depth), TOO_DEEP));
        }
        for (int fan = 2; fan <= 10; fan++) {
            all.add(new Hostile(HEAD + growing(fan, "*a%2$d", "[", "]"), TOO_MANY_NODES));
            all.add(new Hostile(HEAD + growing(fan, "k%1$d: *a%2$d", "{", "}"), TOO_MANY_NODES));
        }
        for (int width : new int[] {1000, 2000, 5000}) {
            String wide = "a: &a [" + "x, ".repeat(width) + "x]\n";
            all.add(new Hostile(HEAD + wide + "b: [" + "*a, ".repeat(100_000 / width) + "*a]\n", TOO_MANY_NODES));
        }
        all.add(document("[" + "x, ".repeat(100_000) + "x]", TOO_MANY_NODES));
        all.add(document("\n" + "  - x\n".repeat(100_001), TOO_MANY_NODES));
        for (String filling : List.of("# %s\n", "a: %s\n", "a: \"%s\"\n", "a: '%s'\n", "a: |\n  %s\n", "%s: a\n")) {
            all.add(new Hostile(HEAD + filling.formatted("x".repeat(1 << 20)), TOO_LONG));
        }
        for (String loop : List.of("&a [*a]", "&a {b: *a}", "&a [[*a]]", "[*a, &a b]", "*a", "{*a : b}")) {
            all.add(document(loop, UNKNOWN_ALIAS));
        }
    }

    private static Hostile document(String value, String words) {
        return new Hostile(HEAD + "metadata: " + value + "\n", words);
    }

    private static String indented(int depth) {
        StringBuilder text = new StringBuilder("\n");
        for (int level = 1; level <= depth; level++) {
            text.append(" ".repeat(level)).append("a:\n");
        }
        return text.toString();
    }

    /** Each line names the one before it several times. */
    private static String growing(int fan, String use, String open, String close) {
        StringBuilder text = new StringBuilder("a0: &a0 x\n");
        long nodes = 1;
        for (int line = 1; nodes <= 100_000; line++) {
            List<String> uses = new ArrayList<>();
            for (int n = 0; n < fan; n++) {
                uses.add(use.formatted(n, line - 1));
            }
            text.append("a%1$d: &a%1$d %2$s%3$s%4$s\n".formatted(line, open, String.join(", ", uses), close));
            nodes *= fan;
        }
        return text.toString();
    }

    private static void paths(List<Hostile> all, Path secret) {
        List<String> leadingOut = new ArrayList<>(List.of(
                secret.toString(),
                "/etc/passwd",
                "/etc/shadow",
                "/proc/self/environ",
                "/dev/zero",
                "//etc/passwd",
                "/",
                "..",
                "link",
                "way-out",
                "way-out/secret",
                "way-out/../secret",
                "missing/../../secret",
                "./../secret",
                ".//..//secret"));
        for (int up = 1; up <= 12; up++) {
            leadingOut.add("../".repeat(up) + "secret");
            leadingOut.add("../".repeat(up) + "etc/passwd");
            leadingOut.add("a/../".repeat(up) + "../secret");
        }
        for (String path : leadingOut) {
            all.add(new Hostile(HEAD + "graphs:\n  people:\n    schema: '" + path + "'\n", OUTSIDE));
            all.add(new Hostile(
                    HEAD + "graphs:\n  people:\n    schema: people.pg\n    queries:\n      q:\n        file: '" + path
                            + "'\n",
                    OUTSIDE));
            all.add(new Hostile(
                    HEAD + "policies:\n  base:\n    file: '" + path + "'\n    applies_to: [cluster]\n", OUTSIDE));
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
