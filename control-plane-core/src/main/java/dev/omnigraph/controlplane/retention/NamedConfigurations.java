package dev.omnigraph.controlplane.retention;

import dev.omnigraph.controlplane.desired.ConfigurationName;
import dev.omnigraph.controlplane.desired.Revision;
import dev.omnigraph.controlplane.desired.RevisionStore;
import dev.omnigraph.controlplane.operation.OperationFilter;
import dev.omnigraph.controlplane.operation.OperationPage;
import dev.omnigraph.controlplane.operation.OperationRecord;
import dev.omnigraph.controlplane.operation.OperationStore;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import dev.omnigraph.controlplane.storedplan.StoredPlan;
import dev.omnigraph.controlplane.storedplan.StoredPlanStore;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The configurations that revisions, plans and operations name.
 *
 * @param unreadable one of those that cannot be understood, so that nobody knows what it names
 */
record NamedConfigurations(Set<ConfigurationName> names, Optional<String> unreadable) {

    NamedConfigurations {
        names = Set.copyOf(names);
    }

    /**
     * Reads them all.
     *
     * @throws StorageUnavailableException where the storage does not answer, or a revision is damaged
     */
    static NamedConfigurations read(ObjectStore store) {
        Set<ConfigurationName> names = new HashSet<>();
        RevisionStore revisions = new RevisionStore(store);
        for (String id : revisions.ids()) {
            revisions.find(id).map(Revision::configuration).ifPresent(names::add);
        }
        Optional<String> plan = addPlans(new StoredPlanStore(store), names);
        Optional<String> operation = addOperations(new OperationStore(store), names);
        return new NamedConfigurations(names, plan.or(() -> operation));
    }

    private static Optional<String> addPlans(StoredPlanStore plans, Set<ConfigurationName> names) {
        Optional<String> unreadable = Optional.empty();
        Optional<String> next = Optional.empty();
        do {
            StoredPlanStore.Page page = plans.page(next, OperationStore.MAX_PAGE_SIZE);
            page.plans().stream().map(StoredPlan::configuration).forEach(names::add);
            unreadable = unreadable.or(() -> page.unreadable().stream().findFirst());
            next = page.next();
        } while (next.isPresent());
        return unreadable.map(id -> "plan " + id);
    }

    private static Optional<String> addOperations(OperationStore operations, Set<ConfigurationName> names) {
        Optional<String> unreadable = Optional.empty();
        Optional<String> next = Optional.empty();
        do {
            OperationPage answer = operations.page(OperationFilter.all(), next, OperationStore.MAX_PAGE_SIZE);
            if (answer instanceof OperationPage.Unavailable unavailable) {
                throw new StorageUnavailableException("the operations cannot be listed: " + unavailable.reason());
            }
            OperationPage.Listed page = (OperationPage.Listed) answer;
            page.operations().stream()
                    .map(OperationRecord::submission)
                    .flatMap(submission -> submission.configuration().stream())
                    .flatMap(text -> ConfigurationName.parse(text).stream())
                    .forEach(names::add);
            unreadable = unreadable.or(() -> page.unreadable().stream().findFirst());
            next = page.next();
        } while (next.isPresent());
        return unreadable.map(id -> "operation " + id);
    }
}
