package dev.omnigraph.controlplane.app.replicas;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bad line to a server: what goes through it in either direction comes late now and then, or in part, and connections are
 * closed or reset in the middle.
 */
final class FaultyProxy implements AutoCloseable {

    private static final int BUFFER_BYTES = 16 * 1024;
    /** Of a thousand pieces that go through, so many do not get through whole and at once. */
    private static final int FAULTS_IN_THOUSAND = 20;

    private static final int LONGEST_DELAY_MILLIS = 300;

    private final ServerSocket listening;
    private final URI server;
    private final SplittableRandom random;
    private final AtomicInteger faults = new AtomicInteger();

    /** What happens to a piece of a connection. */
    private enum Fault {
        LATE,
        HALF,
        CLOSED,
        RESET
    }

    FaultyProxy(URI server, long seed) {
        this.server = server;
        this.random = new SplittableRandom(seed);
        try {
            listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("accept", this::accept);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** How many pieces did not get through as they should. */
    int faults() {
        return faults.get();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            Socket upstream = new Socket(server.getHost(), server.getPort());
            start("to-server", () -> pump(client, upstream));
            start("to-client", () -> pump(upstream, client));
        }
    }

    private void pump(Socket from, Socket to) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (!passOn(buffer, count, to, out)) {
                    return;
                }
            }
        }
    }

    /** False where the connection ends here. */
    private boolean passOn(byte[] buffer, int count, Socket to, OutputStream out) throws IOException {
        int choice = next(1000);
        if (choice >= FAULTS_IN_THOUSAND) {
            out.write(buffer, 0, count);
            return true;
        }
        faults.incrementAndGet();
        switch (Fault.values()[choice % Fault.values().length]) {
            case LATE -> {
                delay();
                out.write(buffer, 0, count);
                return true;
            }
            case HALF -> out.write(buffer, 0, count / 2);
            case CLOSED -> {}
            case RESET -> to.setSoLinger(true, 0);
        }
        return false;
    }

    private void delay() {
        try {
            // Nobody counts down: the time itself is the fault.
            if (new CountDownLatch(1).await(next(LONGEST_DELAY_MILLIS), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts down");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized int next(int bound) {
        return random.nextInt(bound);
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One of the two ends is gone, which is what a bad line is like.
                    }
                },
                "faulty-proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
