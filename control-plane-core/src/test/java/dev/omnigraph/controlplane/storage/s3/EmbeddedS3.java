package dev.omnigraph.controlplane.storage.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An S3 server in this process: strict, linearizable, checks signatures, and fails on request. What its author may have
 * misread of S3, an independent server under the same tests shows.
 */
public final class EmbeddedS3 implements S3Server, AutoCloseable {

    private static final String ACCESS_KEY = "embedded";
    private static final String SECRET_KEY = "embedded-secret";
    /** Callers give up long before. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private static final Duration PAUSE_IN_A_BODY = Duration.ofMillis(100);
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;

    private final BucketContents contents = new BucketContents();
    private final SignatureCheck signatures = new SignatureCheck(ACCESS_KEY, SECRET_KEY);
    private final List<Effect> lateRequests = new ArrayList<>();
    private final Set<String> methodsWithoutConditions = ConcurrentHashMap.newKeySet();
    private final AtomicLong requests = new AtomicLong();
    private final ExecutorService workers = Executors.newCachedThreadPool(EmbeddedS3::worker);
    private final HttpServer server;
    private volatile Disturbance disturbance = (method, key) -> ServerFault.NONE;

    /** The server of another process. */
    record Elsewhere(URI endpoint) implements S3Server {

        @Override
        public String accessKey() {
            return ACCESS_KEY;
        }

        @Override
        public String secretKey() {
            return SECRET_KEY;
        }
    }

    /** Decides what goes wrong with a request. */
    @FunctionalInterface
    public interface Disturbance {
        ServerFault on(String method, String key);
    }

    /** What a request does. */
    @FunctionalInterface
    private interface Effect {
        S3Reply carryOut();
    }

    public EmbeddedS3() {
        // Else the second packet of each answer waits for the other side to acknowledge the first.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(workers);
        server.start();
    }

    @Override
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public String accessKey() {
        return ACCESS_KEY;
    }

    @Override
    public String secretKey() {
        return SECRET_KEY;
    }

    @Override
    public Optional<String> sessionToken() {
        return signatures.sessionToken();
    }

    /** From now on the key is a temporary one, which is good only together with this token. */
    public void requireSessionToken(String token) {
        signatures.requireSessionToken(token);
    }

    /** Lets requests fail from now on. */
    public void disturb(Disturbance newDisturbance) {
        disturbance = newDisturbance;
    }

    /** Takes the conditions of requests with this method from now on, ignores them, and reports success. */
    public void ignoreConditionsOf(String method) {
        methodsWithoutConditions.add(method);
    }

    /** Requests that arrived whole, disturbed ones included. */
    public long requests() {
        return requests.get();
    }

    /** Carries out, in order, the requests that were to land late. */
    public void landLateRequests() {
        List<Effect> due;
        synchronized (lateRequests) {
            due = List.copyOf(lateRequests);
            lateRequests.clear();
        }
        due.forEach(Effect::carryOut);
    }

    /** Writes an object as another program would, without any metadata. */
    public void put(String name, byte[] bytes) {
        contents.putForeign(name, bytes);
    }

    /** Remembers the objects that are there; the result brings them back, and no others. */
    public Runnable keep() {
        return contents.keep();
    }

    @Override
    public String toString() {
        return "the tests' own";
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private static Thread worker(Runnable work) {
        Thread thread = new Thread(work, "embedded-s3");
        thread.setDaemon(true);
        return thread;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            S3Request request = S3Request.of(exchange);
            requests.incrementAndGet();
            String refused = signatures.objection(request).orElse("");
            if (!refused.isEmpty()) {
                send(exchange, S3Reply.error(403, refused));
                return;
            }
            S3Request understood =
                    methodsWithoutConditions.contains(request.method()) ? request.withoutConditions() : request;
            answer(exchange, () -> contents.carryOut(understood), disturbance.on(request.method(), request.key()));
        }
    }

    private void answer(HttpExchange exchange, Effect effect, ServerFault fault) throws IOException {
        switch (fault) {
            case NONE -> send(exchange, effect.carryOut());
            case ERROR_BEFORE -> send(exchange, S3Reply.error(500, "InternalError"));
            case ERROR_AFTER -> {
                effect.carryOut();
                send(exchange, S3Reply.error(500, "InternalError"));
            }
            case CONFLICT -> send(exchange, S3Reply.error(409, "ConditionalRequestConflict"));
            case SLOW_DOWN -> send(exchange, S3Reply.error(503, "SlowDown"));
            case REQUEST_LOST -> {
                // Closing the exchange without an answer breaks the connection.
            }
            case ANSWER_LOST -> effect.carryOut();
            case SLOW_ANSWER -> {
                effect.carryOut();
                beSilent(LONGEST_SILENCE);
            }
            case SLOW_BODY -> sendSlowly(exchange, effect.carryOut());
            case CUT_ANSWER -> sendHalf(exchange, effect.carryOut());
            case LANDS_LATE -> {
                synchronized (lateRequests) {
                    lateRequests.add(effect);
                }
            }
        }
    }

    /** Ends early when the server is closed. */
    private void beSilent(Duration time) {
        try {
            if (workers.awaitTermination(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("a worker is still at work");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, S3Reply reply) throws IOException {
        S3Reply sent = forMethod(exchange, reply);
        sendHeaders(exchange, sent).write(sent.body());
    }

    private void sendSlowly(HttpExchange exchange, S3Reply whole) throws IOException {
        S3Reply reply = forMethod(exchange, whole);
        int half = reply.body().length / 2;
        OutputStream body = sendHeaders(exchange, reply);
        body.write(reply.body(), 0, half);
        body.flush();
        beSilent(PAUSE_IN_A_BODY);
        body.write(reply.body(), half, reply.body().length - half);
    }

    /** Of an answer that has no body one is announced; where none may come, the connection breaks before the answer. */
    private static void sendHalf(HttpExchange exchange, S3Reply reply) throws IOException {
        if (!exchange.getRequestMethod().equals("HEAD")) {
            byte[] whole = reply.body().length == 0 ? "lost".getBytes(StandardCharsets.UTF_8) : reply.body();
            int status = reply.status() == NO_CONTENT ? OK : reply.status();
            OutputStream body = sendHeaders(exchange, new S3Reply(status, reply.headers(), whole));
            body.write(whole, 0, whole.length / 2);
            body.flush();
        }
    }

    private static OutputStream sendHeaders(HttpExchange exchange, S3Reply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
        return exchange.getResponseBody();
    }

    /** Who asks for no body gets none, not even of a failure. */
    private static S3Reply forMethod(HttpExchange exchange, S3Reply reply) {
        return exchange.getRequestMethod().equals("HEAD") && reply.body().length > 0 ? reply.withoutBody() : reply;
    }
}
