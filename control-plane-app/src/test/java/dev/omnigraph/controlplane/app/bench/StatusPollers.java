package dev.omnigraph.controlplane.app.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Many connections on one thread: pollers that ask for the status under the tag they have seen, and streams of events that
 * are only read. A poller asks again when it has its answer, but no sooner than after its pause, and on a new connection
 * where the service says that the old one has had its share.
 */
final class StatusPollers implements AutoCloseable {

    private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.1 (\\d{3})");
    private static final Pattern TAG = Pattern.compile("(?im)^etag: (.*)$");
    private static final Pattern CLOSE = Pattern.compile("(?im)^connection: close");
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: (\\d+)");
    private static final int BUFFER_BYTES = 1 << 16;

    private final int port;
    private final String token;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final List<Poller> pollers = new ArrayList<>();
    private String tag = "\"none\"";
    private long events;

    /** What the pollers got in one round. */
    record Result(long unchanged, long changed, long events, Duration median, Duration p99) {}

    private static final class Poller {
        private SocketChannel channel;
        private final StringBuilder answer = new StringBuilder();
        private long asked;
        private long next;

        Poller(SocketChannel channel) {
            this.channel = channel;
        }
    }

    StatusPollers(int port, String token) throws IOException {
        this.port = port;
        this.token = token;
        this.selector = Selector.open();
    }

    void openPollers(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Poller poller = new Poller(connect());
            register(poller);
            pollers.add(poller);
        }
    }

    private void register(Poller poller) throws IOException {
        poller.channel.register(selector, SelectionKey.OP_READ, poller);
    }

    void openStreams(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel channel = connect();
            channel.write(request("/events", ""));
            channel.register(selector, SelectionKey.OP_READ);
        }
    }

    /** Polls for so long; a pause of nothing means as fast as they are answered. */
    Result run(Duration duration, Duration pause) throws IOException {
        List<Long> latencies = new ArrayList<>();
        long changed = 0;
        events = 0;
        long begun = System.nanoTime();
        long end = begun + duration.toNanos();
        for (int i = 0; i < pollers.size(); i++) {
            pollers.get(i).next = begun + pause.toNanos() * i / pollers.size();
        }
        int waiting = 0;
        while (System.nanoTime() < end || waiting > 0) {
            long now = System.nanoTime();
            for (Poller poller : pollers) {
                if (poller.next != 0 && poller.next <= now && now < end) {
                    poller.next = 0;
                    poller.asked = System.nanoTime();
                    poller.channel.write(request("/status", "If-None-Match: " + tag + "\r\n"));
                    waiting++;
                }
            }
            selector.select(1);
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.attachment() instanceof Poller poller) {
                    int status = read(poller);
                    if (status != 0) {
                        waiting--;
                        long answered = System.nanoTime();
                        latencies.add(answered - poller.asked);
                        changed += status == 200 ? 1 : 0;
                        poller.next = Math.max(answered, poller.asked + pause.toNanos());
                    }
                } else {
                    drain((SocketChannel) key.channel());
                }
            }
            selector.selectedKeys().clear();
        }
        return result(latencies, changed);
    }

    private Result result(List<Long> latencies, long changed) {
        long[] sorted = latencies.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return new Result(
                sorted.length - changed,
                changed,
                events,
                Duration.ofNanos(sorted[sorted.length / 2]),
                Duration.ofNanos(sorted[sorted.length * 99 / 100]));
    }

    /** The status of the answer once all of it is there, else zero. */
    private int read(Poller poller) throws IOException {
        poller.answer.append(chunk(poller.channel));
        int headEnd = poller.answer.indexOf("\r\n\r\n");
        if (headEnd < 0) {
            return 0;
        }
        String head = poller.answer.substring(0, headEnd);
        int status = Integer.parseInt(find(STATUS, head, "0"));
        int length = status == 304 ? 0 : Integer.parseInt(find(LENGTH, head, "0"));
        if (poller.answer.length() < headEnd + 4 + length) {
            return 0;
        }
        if (status != 200 && status != 304) {
            throw new IOException(poller.answer.toString());
        }
        tag = find(TAG, head, tag);
        poller.answer.setLength(0);
        if (CLOSE.matcher(head).find()) {
            poller.channel.close();
            poller.channel = connect();
            register(poller);
        }
        return status;
    }

    private void drain(SocketChannel stream) throws IOException {
        String chunk = chunk(stream);
        for (int at = chunk.indexOf("event: "); at >= 0; at = chunk.indexOf("event: ", at + 1)) {
            events++;
        }
    }

    private String chunk(SocketChannel channel) throws IOException {
        buffer.clear();
        if (channel.read(buffer) < 0) {
            throw new IOException("the service has closed a connection");
        }
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
    }

    private static String find(Pattern pattern, String text, String otherwise) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1).strip() : otherwise;
    }

    private SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.configureBlocking(false);
        return channel;
    }

    private ByteBuffer request(String path, String headers) {
        return ByteBuffer.wrap(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                        + "\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
