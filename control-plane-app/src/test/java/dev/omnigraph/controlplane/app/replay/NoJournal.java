package dev.omnigraph.controlplane.app.replay;

import dev.omnigraph.controlplane.graph.SchemaApplyJournal;
import dev.omnigraph.controlplane.graph.SchemaLock;
import dev.omnigraph.controlplane.graph.TableHistory;
import java.util.List;
import java.util.Optional;

/** Of somebody who writes nothing down. */
final class NoJournal implements SchemaApplyJournal {

    @Override
    public void locking(long manifestVersion) {}

    @Override
    public void locked(SchemaLock lock) {}

    @Override
    public Optional<String> writing(List<TableHistory> removals) {
        return Optional.empty();
    }

    @Override
    public void publishing() {}

    @Override
    public void unlocked(SchemaLock lock) {}

    @Override
    public boolean isLeftByUs(SchemaLock lock) {
        return false;
    }
}
