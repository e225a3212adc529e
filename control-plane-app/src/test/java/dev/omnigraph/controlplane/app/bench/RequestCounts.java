package dev.omnigraph.controlplane.app.bench;

import dev.omnigraph.controlplane.storage.s3.EmbeddedS3;
import dev.omnigraph.controlplane.storage.s3.ServerFault;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts the requests to a server by method and by what they are about. Thread-safe. */
final class RequestCounts {

    /** Of the area of the ledger and of ours, the folder; of a graph, what it is of the graph. */
    private static final Pattern ABOUT =
            Pattern.compile(".*/(?<area>__cluster|__control)/(?<folder>[^/]+).*|.*/graphs/[^/]+/(?<part>[^/]+).*");

    private final Map<String, Integer> counts = new TreeMap<>();

    private RequestCounts() {}

    /** Counts what this server is asked from now on. */
    static RequestCounts of(EmbeddedS3 server) {
        RequestCounts counts = new RequestCounts();
        server.disturb((method, key) -> {
            counts.add(key.isEmpty() ? ofMany(method) : method + " " + about(key));
            return ServerFault.NONE;
        });
        return counts;
    }

    /** Of a server that does not tell what it is asked: always nothing. */
    static RequestCounts none() {
        return new RequestCounts();
    }

    private static String ofMany(String method) {
        return method.equals("GET") ? "LIST" : method + " of many";
    }

    private static String about(String key) {
        Matcher matcher = ABOUT.matcher(key);
        if (!matcher.matches()) {
            return "other";
        }
        return matcher.group("part") == null
                ? matcher.group("area") + "/" + matcher.group("folder")
                : "graph " + matcher.group("part");
    }

    private synchronized void add(String kind) {
        counts.merge(kind, 1, Integer::sum);
    }

    /** By kind, since the last time it was asked for. */
    synchronized Map<String, Integer> take() {
        Map<String, Integer> taken = new TreeMap<>(counts);
        counts.clear();
        return taken;
    }
}
