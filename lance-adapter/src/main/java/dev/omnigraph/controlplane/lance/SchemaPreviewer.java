package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.graph.GraphObservation;
import dev.omnigraph.controlplane.graph.LockOwnership;
import dev.omnigraph.controlplane.graph.SchemaLock;
import dev.omnigraph.controlplane.graph.SchemaPreview;
import dev.omnigraph.controlplane.language.schema.CompiledSchema;
import dev.omnigraph.controlplane.language.schema.migration.DataEffect;
import dev.omnigraph.controlplane.language.schema.migration.DropMode;
import dev.omnigraph.controlplane.language.schema.migration.MigrationPlan;
import dev.omnigraph.controlplane.storage.ObjectStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Says what a schema would do to a graph, with the checks of an apply and no write of any kind. Thread-safe.
 *
 * <p>Where a write was interrupted, an apply ends it before it looks at tables. What the tables then are is not known here,
 * so that refusals for their sake are left to the apply.
 */
final class SchemaPreviewer {

    private final ObjectStore store;
    private final LanceDatasets datasets;
    private final GraphObserver observer;
    private final MigrationPlans plans;
    private final LockBranch locks;
    private final InstantSource clock;

    SchemaPreviewer(
            ObjectStore store,
            LanceDatasets datasets,
            GraphObserver observer,
            MigrationPlans plans,
            LockBranch locks,
            InstantSource clock) {
        this.store = store;
        this.datasets = datasets;
        this.observer = observer;
        this.plans = plans;
        this.locks = locks;
        this.clock = clock;
    }

    SchemaPreview preview(GraphPlace place, String desiredSource, DropMode mode, LockOwnership ownership) {
        try {
            return look(place, desiredSource, mode, ownership);
        } catch (UnopenableException e) {
            return e.outcome() instanceof GraphObservation.Unknown
                    ? new SchemaPreview.Unknown(LanceFailures.reason(e))
                    : new SchemaPreview.NotOpenable(LanceFailures.reason(e));
        } catch (MigrationRefusedException e) {
            return new SchemaPreview.Refused(LanceFailures.reason(e), e.plan());
        } catch (MovedTableException e) {
            return new SchemaPreview.Refused(LanceFailures.reason(e), Optional.empty());
        } catch (LanceException | IOException | MalformedManifestException e) {
            String reason = "a table cannot be read: " + e.getMessage();
            return LanceFailures.isUnanswered(e)
                    ? new SchemaPreview.Unknown(reason)
                    : new SchemaPreview.NotOpenable(reason);
        }
    }

    private SchemaPreview look(GraphPlace place, String desiredSource, DropMode mode, LockOwnership ownership)
            throws UnopenableException, MigrationRefusedException, MovedTableException, LanceException, IOException,
                    MalformedManifestException {
        LiveGraph live = observer.open(place);
        CompiledSchema desired = MigrationRules.compile(desiredSource);
        MigrationPlan plan = MigrationRules.plan(live.schema(), desired, mode);
        MigrationRules.requireOnlyMain(live.userBranches());
        requireFree(place, ownership);
        TableChanges changes = TableChanges.of(live.schema(), desired, plan, live.manifest());
        if (!isInterrupted(place)) {
            MigrationRules.requireUsable(changes, live.manifest(), plan);
            plans.requireReadable(place, changes);
        }
        List<DataEffect> effects = new DataEffects(datasets, place.datasets(), changes).of(plan);
        return new SchemaPreview.Previewed(
                live.digest(), live.manifest().version(), live.manifest().headCommit(), plan, effects);
    }

    private void requireFree(GraphPlace place, LockOwnership ownership)
            throws LanceException, IOException, MigrationRefusedException {
        Optional<SchemaLock> lock = locks.find(place.datasets().resolve(GraphLayout.MANIFEST));
        if (lock.isPresent() && !ownership.isLeftByUs(lock.get())) {
            throw MigrationRules.locked(lock.get(), clock.instant());
        }
    }

    private boolean isInterrupted(GraphPlace place) throws IOException {
        GraphTexts texts = new GraphTexts(store, place.key());
        return !texts.list(GraphLayout.RECOVERY).isEmpty()
                || !new SchemaStaging(texts, point -> {}).present().isEmpty();
    }
}
