package dev.omnigraph.controlplane.app.replay;

import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.RemovalOutcome;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.TreeOutcome;
import dev.omnigraph.controlplane.storage.s3.S3ObjectStore;
import dev.omnigraph.controlplane.storage.s3.S3Server;
import dev.omnigraph.controlplane.storage.s3.TestBucket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A cluster that is stored in a bucket.
 *
 * @param configuration the folder that configures it
 * @param showsEmptiedFolders whether listings of its server show a folder for a while after its last object is gone
 */
record ReplayBucket(Path configuration, S3ObjectStore store, boolean showsEmptiedFolders) implements ReplayStorage {

    private static final Duration BETWEEN_LISTINGS = Duration.ofSeconds(2);
    private static final int MAX_LISTINGS = 150;

    /** In the bucket of a server, below a prefix that is empty. */
    static ReplayBucket in(S3Server server, String prefix, Path configuration) {
        return new ReplayBucket(
                configuration,
                TestBucket.open(server, new StorageRoot.Bucket(S3Server.BUCKET, prefix)),
                server.showsEmptiedFolders());
    }

    @Override
    public String display() {
        return store.location();
    }

    @Override
    public String uri() {
        return display();
    }

    @Override
    public TestCluster open(FaultPoints faults) {
        return TestCluster.inBucket(configuration, store, store, faults);
    }

    @Override
    public Optional<String> read(String path) throws IOException {
        GetOutcome outcome = store.get(new ObjectKey(path));
        if (outcome instanceof GetOutcome.Absent) {
            return Optional.empty();
        }
        if (outcome instanceof GetOutcome.Found found) {
            return Optional.of(found.object().text().orElseThrow());
        }
        throw new IOException(path + ": " + outcome);
    }

    @Override
    public void write(String path, String content) throws IOException {
        ObjectKey key = new ObjectKey(path);
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        PutOutcome written = store.get(key) instanceof GetOutcome.Found found
                ? store.putIfMatch(key, bytes, found.object().tag())
                : store.putIfAbsent(key, bytes);
        require(path, written instanceof PutOutcome.Done, written);
    }

    @Override
    public void remove(String path) throws IOException {
        ObjectKey key = new ObjectKey(path);
        DeleteOutcome deleted = store.delete(key);
        require(path, deleted instanceof DeleteOutcome.Done, deleted);
        RemovalOutcome removed = store.removeTree(key, progress -> {});
        require(path, removed instanceof RemovalOutcome.Done, removed);
        if (showsEmptiedFolders && ControlKeys.GRAPHS.equals(parent(key))) {
            awaitUnlisted(key);
        }
    }

    /** A plan believes a listing of the graphs: so the recording goes on when that shows what is there. */
    private void awaitUnlisted(ObjectKey key) throws IOException {
        for (int listings = 0; isListed(key); listings++) {
            require(key.path(), listings < MAX_LISTINGS, "still listed");
            try {
                Pause.REAL.forDuration(BETWEEN_LISTINGS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }

    private static ObjectKey parent(ObjectKey key) {
        return new ObjectKey(key.path().substring(0, Math.max(0, key.path().lastIndexOf('/'))));
    }

    private boolean isListed(ObjectKey key) throws IOException {
        return entries(parent(key)).stream().anyMatch(entry -> entry.key().equals(key));
    }

    private List<ListOutcome.Entry> entries(ObjectKey prefix) throws IOException {
        ListOutcome listing = store.list(prefix);
        require(prefix.path(), listing instanceof ListOutcome.Listed, listing);
        return ((ListOutcome.Listed) listing).entries();
    }

    @Override
    public List<String> files(String path) throws IOException {
        TreeOutcome tree = store.tree(new ObjectKey(path));
        require(path, tree instanceof TreeOutcome.Listed, tree);
        return ((TreeOutcome.Listed) tree)
                .entries().stream().map(entry -> entry.key().path()).sorted().toList();
    }

    @Override
    public List<String> children(String path) throws IOException {
        return entries(new ObjectKey(path)).stream()
                .filter(this::isThere)
                .map(entry -> entry.key().name())
                .sorted()
                .toList();
    }

    private boolean isThere(ListOutcome.Entry entry) {
        return entry.kind() == ListOutcome.Kind.OBJECT || store.exists(entry.key()) instanceof PrefixOutcome.Present;
    }

    private static void require(String path, boolean expected, Object outcome) throws IOException {
        if (!expected) {
            throw new IOException(path + ": " + outcome);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
