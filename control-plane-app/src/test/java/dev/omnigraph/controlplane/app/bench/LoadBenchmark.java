package dev.omnigraph.controlplane.app.bench;

import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.app.testing.ServiceJar;
import dev.omnigraph.controlplane.app.testing.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What many clients cost that watch a service while it applies: pollers of the status and streams of events, on a process of
 * its own, in production. Not part of the build; run it with {@code ./benchmark load [pollers [streams [seconds]]]}.
 */
public final class LoadBenchmark {

    private static final Duration PACE = Duration.ofSeconds(1);
    private static final int SPARE_STREAMS = 8;
    private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)K");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s*(\\d+) kB");

    private final Path folder;
    private final int port;
    private final String token;
    private final SampleCluster cluster;
    private final Process service;

    private LoadBenchmark(Path folder, int streams) throws IOException, InterruptedException {
        this.folder = folder;
        this.cluster = SampleCluster.in(folder.resolve("cluster"));
        TestTokens tokens = TestTokens.in(folder);
        this.token = tokens.create("load", "operator");
        this.port = freePort();
        this.service = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        ServiceJar.write(folder.resolve("jar/control-plane.jar"))
                                .toString(),
                        "--server.port=" + port,
                        "--control-plane.config-dir=" + cluster.folder(),
                        "--control-plane.authentication.token-file=" + tokens.file(),
                        "--control-plane.http.requests-per-second=0",
                        "--control-plane.http.max-streams=" + (streams + SPARE_STREAMS))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("service.log").toFile())
                .start();
        awaitReady();
    }

    /** Arguments: the folder to work in, the number of pollers, of streams, and the seconds of each round. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int pollers = Integer.parseInt(arguments[1]);
        int streams = Integer.parseInt(arguments[2]);
        Duration round = Duration.ofSeconds(Integer.parseInt(arguments[3]));
        LoadBenchmark benchmark = new LoadBenchmark(Path.of(arguments[0]).toRealPath(), streams);
        try {
            benchmark.measure(pollers, streams, round);
        } finally {
            benchmark.service.destroy();
            benchmark.service.waitFor();
        }
    }

    private void measure(int pollers, int streams, Duration round) throws IOException, InterruptedException {
        apply("/import");
        apply("/apply");
        try (StatusPollers clients = new StatusPollers(port, token)) {
            clients.openPollers(1);
            clients.run(round.multipliedBy(2), Duration.ZERO); // what the service needs once, it has by now
            Memory alone = memory();
            clients.openPollers(pollers - 1);
            clients.run(PACE.multipliedBy(2), PACE);
            Memory withPollers = memory();
            clients.openStreams(streams);
            clients.run(PACE.multipliedBy(2), PACE);
            Memory withStreams = memory();
            System.out.printf("heap %d KB, resident %d KB%n", alone.heap(), alone.resident());
            withPollers.reportGrowth("pollers", pollers, alone);
            withStreams.reportGrowth("streams", streams, withPollers);
            report("each once a second", clients, round, PACE);
            report("each as soon as it is answered", clients, round, Duration.ZERO);
            Applies applies = new Applies();
            applies.start();
            report("each once a second, while applies run", clients, round, PACE);
            report("each as soon as it is answered, while applies run", clients, round, Duration.ZERO);
            applies.end();
            System.out.printf("%d applies%n", applies.done);
        }
    }

    private void report(String name, StatusPollers clients, Duration round, Duration pause) throws IOException {
        Duration before = cpu();
        long begun = System.nanoTime();
        StatusPollers.Result result = clients.run(round, pause);
        double seconds = (System.nanoTime() - begun) / 1e9;
        double cores = cpu().minus(before).toNanos() / 1e9;
        long answers = result.unchanged() + result.changed();
        System.out.printf(
                "%-50s %7.0f/s, %6.0f for a second of a core; median %.1f ms, p99 %.1f ms; %d of %d with a new status, %d events%n",
                name,
                answers / seconds,
                answers / cores,
                result.median().toNanos() / 1e6,
                result.p99().toNanos() / 1e6,
                result.changed(),
                answers,
                result.events());
    }

    /** Applies one change after the other. */
    private final class Applies extends Thread {
        private volatile boolean ended;
        private int done;

        @Override
        public void run() {
            while (!ended) {
                done++;
                cluster.write("find_person.gq", """
                        query find_person($name: String) {
                            match { $p: Person { name: $name } }
                            return { $p.name%s }
                        }
                        """.formatted(done % 2 == 0 ? "" : ", $p.age"));
                apply("/apply");
            }
        }

        void end() throws InterruptedException {
            ended = true;
            join();
        }
    }

    private void apply(String command) {
        String outcome = new ApiClient(port)
                .post(command, "Authorization", "Bearer " + token, "Prefer", "wait=60")
                .text("outcome");
        if (!outcome.equals("converged")) {
            throw new IllegalStateException(command + " ends " + outcome);
        }
    }

    private Duration cpu() {
        return service.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** In kilobytes; what is resident has the stacks of threads in it, and all that the process ever needed. */
    private record Memory(long heap, long resident) {

        void reportGrowth(String name, int clients, Memory before) {
            System.out.printf(
                    "%d %s: %.1f KB of heap each, %.1f KB resident each%n",
                    clients,
                    name,
                    (double) (heap - before.heap) / Math.max(1, clients),
                    (double) (resident - before.resident) / Math.max(1, clients));
        }
    }

    private Memory memory() throws IOException, InterruptedException {
        return new Memory(heapAfterCollection(), resident());
    }

    /** Zero where the system does not tell. */
    private long resident() throws IOException {
        Path status = Path.of("/proc", Long.toString(service.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        Matcher resident = RESIDENT.matcher(Files.readString(status));
        return resident.find() ? Long.parseLong(resident.group(1)) : 0;
    }

    /** In kilobytes. */
    private long heapAfterCollection() throws IOException, InterruptedException {
        jcmd("GC.run");
        Matcher used = HEAP_USED.matcher(jcmd("GC.heap_info"));
        return used.find() ? Long.parseLong(used.group(1)) : 0;
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(service.pid()),
                        command)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private void awaitReady() throws IOException, InterruptedException {
        while (service.isAlive()) {
            try {
                if (new ApiClient(port).get("/actuator/health/readiness").status() == 200) {
                    return;
                }
            } catch (UncheckedIOException e) {
                Thread.sleep(100); // it does not listen yet
            }
        }
        throw new IOException(Files.readString(folder.resolve("service.log")));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
