package dev.omnigraph.controlplane.app.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.ServiceJar;
import dev.omnigraph.controlplane.testing.FileTrees;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of a page, in one shell, on a service that is a process of its own; what is shown is what is printed. */
class GuideTest {

    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    private static final String END_OF_STEP = "== end of step, exit code ";
    private static final int LONGEST_RUN_MINUTES = 5;

    @TempDir
    Path folder;

    @Test
    void theGuideIsWhatHappens() throws IOException, InterruptedException {
        happens(page("guide.md").steps());
    }

    @Test
    void thePageOnConfigurationsIsWhatHappens() throws IOException, InterruptedException {
        List<GuidePage.Step> steps = new ArrayList<>(page("guide.md").upTo("field() {"));
        steps.addAll(page("configurations.md").steps());
        happens(steps);
    }

    private static GuidePage page(String name) throws IOException {
        return GuidePage.read(CHECKOUT.resolve("docs").resolve(name));
    }

    private void happens(List<GuidePage.Step> steps) throws IOException, InterruptedException {
        layOut();

        List<String> printed = run(script(steps));

        for (int i = 0; i < printed.size(); i++) {
            GuidePage.Step step = steps.get(i);
            assertThat(step.isShown(printed.get(i)))
                    .as(
                            "%s%nis to print%n%s%nand prints%n%s",
                            step.commands(), step.shown().orElse(""), printed.get(i))
                    .isTrue();
        }
        assertThat(printed).as(log()).hasSameSizeAs(steps);
    }

    /** What a checkout with a built service has, as far as the guide uses it. */
    private void layOut() throws IOException {
        ServiceJar.write(folder.resolve("control-plane-app/target/control-plane.jar"));
        Files.copy(CHECKOUT.resolve("token"), folder.resolve("token"), StandardCopyOption.COPY_ATTRIBUTES);
        FileTrees.copy(CHECKOUT.resolve("deploy/sample-cluster"), folder.resolve("deploy/sample-cluster"));
    }

    /** Whatever happens, the service does not outlive the shell. */
    private static String script(List<GuidePage.Step> steps) {
        StringBuilder script = new StringBuilder("set -o pipefail\ntrap 'kill ${service-} 2>/dev/null' EXIT\n");
        for (GuidePage.Step step : steps) {
            script.append(step.commands())
                    .append("code=$?; echo; echo '")
                    .append(END_OF_STEP)
                    .append("'$code; [[ $code == 0 ]] || exit\n");
        }
        return script.toString();
    }

    private List<String> run(String script) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("guide.sh"), script);
        Path output = folder.resolve("guide.out");
        Path java = Path.of(System.getProperty("java.home"));
        ProcessBuilder shell = new ProcessBuilder("bash", file.toString())
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(folder.resolve("guide.err").toFile());
        shell.environment().put("JAVA_HOME", java.toString());
        shell.environment().put("PATH", java.resolve("bin") + ":" + System.getenv("PATH"));
        shell.environment().put("PORT", Integer.toString(freePort()));
        Process process = shell.start();
        try {
            assertThat(process.waitFor(LONGEST_RUN_MINUTES, TimeUnit.MINUTES))
                    .as("the guide ends")
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return steps(Files.readString(output));
    }

    /** What each step printed that ended well. */
    private static List<String> steps(String output) {
        List<String> steps = new ArrayList<>();
        StringBuilder printed = new StringBuilder();
        for (String line : output.lines().toList()) {
            if (line.equals(END_OF_STEP + "0")) {
                steps.add(printed.toString());
                printed.setLength(0);
            } else {
                printed.append(line).append('\n');
            }
        }
        return steps;
    }

    private String log() throws IOException {
        StringBuilder log = new StringBuilder("the step after the last one that ended well does not;");
        for (String name : List.of("guide.out", "guide.err", "service.log")) {
            Path file = folder.resolve(name);
            log.append("\n\n").append(name).append(":\n");
            log.append(Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "none");
        }
        return log.toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
