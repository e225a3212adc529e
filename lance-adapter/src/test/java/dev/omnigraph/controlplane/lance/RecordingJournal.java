package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.graph.SchemaApplyJournal;
import dev.omnigraph.controlplane.graph.SchemaLock;
import dev.omnigraph.controlplane.graph.TableHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps what a schema apply says of itself, and takes every lock that it was told of for its own. Not thread-safe. */
final class RecordingJournal implements SchemaApplyJournal {

    private final List<String> entries = new ArrayList<>();
    private final List<TableHistory> removals = new ArrayList<>();
    private final List<SchemaLock> ours = new ArrayList<>();
    private Optional<RuntimeException> atWriting = Optional.empty();
    private Optional<String> obstacle = Optional.empty();

    List<String> entries() {
        return entries;
    }

    List<TableHistory> removals() {
        return removals;
    }

    /** Lets the apply be stopped by its caller before the graph moves. */
    void failAtWriting(RuntimeException failure) {
        atWriting = Optional.of(failure);
    }

    /** Lets its caller say no before the graph moves. */
    void forbidWriting(String reason) {
        obstacle = Optional.of(reason);
    }

    @Override
    public void locking(long manifestVersion) {
        entries.add("locking " + manifestVersion);
    }

    @Override
    public void locked(SchemaLock lock) {
        ours.add(lock);
        entries.add("locked " + lock.manifestVersion());
    }

    @Override
    public Optional<String> writing(List<TableHistory> histories) {
        entries.add("writing");
        removals.addAll(histories);
        atWriting.ifPresent(failure -> {
            throw failure;
        });
        return obstacle;
    }

    @Override
    public void publishing() {
        entries.add("publishing");
    }

    @Override
    public void unlocked(SchemaLock lock) {
        entries.add("unlocked " + lock.manifestVersion());
    }

    @Override
    public boolean isLeftByUs(SchemaLock lock) {
        return ours.contains(lock);
    }
}
