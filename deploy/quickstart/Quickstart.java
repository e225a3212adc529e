import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Shows the service's main job on the sample cluster, over HTTP only. Run as one source file by {@code ./quickstart}, so that
 * it needs nothing but a JDK.
 */
public final class Quickstart {

    private static final int PREFERRED_PORT = 8080;
    private static final int START_LIMIT_SECONDS = 120;
    private static final String ACTOR = "alice";

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI service;

    private Quickstart(int port) {
        this.service = URI.create("http://127.0.0.1:" + port);
    }

    /** Arguments: the service's jar, the checkout, and {@code --once} to end the service at the end. */
    public static void main(String[] arguments) throws Exception {
        Path jar = Path.of(arguments[0]);
        Path checkout = Path.of(arguments[1]);
        boolean once = arguments.length > 2;
        Path data = Files.createTempDirectory(Files.createDirectories(checkout.resolve("quickstart-data")), "cluster-");
        copy(checkout.resolve("deploy/sample-cluster"), data);

        int port = freePort();
        Path log = data.resolveSibling(data.getFileName() + ".log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        jar.toString(),
                        "--control-plane.mode=dev",
                        "--control-plane.config-dir=" + data,
                        "--server.port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean converged = false;
        try {
            Quickstart quickstart = new Quickstart(port);
            quickstart.awaitStart(process, log);
            converged = quickstart.show();
        } finally {
            if (once || !converged) {
                process.destroy();
                process.waitFor();
            }
        }
        heading(converged ? "The sample cluster is converged" : "The sample cluster did NOT converge; see " + log);
        System.out.println("its folder:  " + data);
        if (converged && !once) {
            System.out.println("service:     " + URI.create("http://127.0.0.1:" + port) + "  (process " + process.pid() + ", log "
                    + log + ")");
            System.out.println("API page:    http://127.0.0.1:" + port + "/swagger-ui");
            System.out.println("stop it:     kill " + process.pid());
        }
        System.exit(converged ? 0 : 1);
    }

    private boolean show() throws IOException, InterruptedException {
        heading("POST /validate: is the configuration right?");
        boolean valid = isTrue(post("/validate", "application/json"), "ok");
        heading("POST /import: make the first ledger from what is there");
        boolean imported = isOutcome(post("/import", "application/json"), "converged");
        heading("POST /plan: what would an apply do?");
        System.out.println(post("/plan", "text/plain"));
        heading("POST /apply: make it so");
        boolean applied = isOutcome(post("/apply", "application/json"), "converged");
        heading("GET /status: what is recorded now?");
        String status = get("/status");
        System.out.println(status);
        return valid && imported && applied && isTrue(status, "ok");
    }

    private void awaitStart(Process process, Path log) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT_SECONDS * 1_000_000_000L;
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                if (send(request("/actuator/health/readiness").GET().build()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // It does not listen yet.
            }
            Thread.sleep(200);
        }
        throw new IOException("the service did not start; its log:\n" + Files.readString(log));
    }

    /** Answers of changing commands are the finished operation, for which this waits. */
    private String post(String path, String accept) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request(path)
                .header("Accept", accept)
                .header("Prefer", "wait=60")
                .header("Authorization", "Bearer " + ACTOR)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
        if (!accept.equals("text/plain")) {
            System.out.println("HTTP " + response.statusCode());
            response.body().lines().filter(Quickstart::isTelling).forEach(System.out::println);
        }
        return response.body();
    }

    private String get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build()).body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(service.resolve(path));
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** The lines of an answer that say how it went. */
    private static boolean isTelling(String line) {
        return Stream.of("\"ok\"", "\"state\"", "\"outcome\"", "\"converged\"", "\"code\"")
                .anyMatch(line::contains);
    }

    private static boolean isTrue(String json, String name) {
        return json.contains("\"" + name + "\": true");
    }

    private static boolean isOutcome(String json, String outcome) {
        return json.contains("\"outcome\": \"" + outcome + "\"");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(PREFERRED_PORT)) {
            return socket.getLocalPort();
        } catch (IOException taken) {
            try (ServerSocket socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path source : (Iterable<Path>) tree::iterator) {
                Path target = to.resolve(from.relativize(source).toString());
                if (Files.isDirectory(source)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(source, target);
                }
            }
        }
    }

    private static void heading(String text) {
        System.out.println("\n==> " + text);
    }
}
