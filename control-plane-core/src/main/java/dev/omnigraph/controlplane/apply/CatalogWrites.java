package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.config.DesiredCluster;
import dev.omnigraph.controlplane.config.DesiredGraph;
import dev.omnigraph.controlplane.config.DesiredPolicy;
import dev.omnigraph.controlplane.config.DesiredQuery;
import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.digest.Utf8;
import dev.omnigraph.controlplane.ledger.Catalog;
import dev.omnigraph.controlplane.plan.Change;
import dev.omnigraph.controlplane.plan.ChangeOperation;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.session.RunListener;
import dev.omnigraph.controlplane.storage.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Publishes the catalog copies that the changes need (control-plane.md 9.10), several at a time. All are tried; what failed
 * is told together, in the order of the changes.
 */
final class CatalogWrites {

    private static final String PHASE = "payloads";

    private final ClusterContext context;
    private final DesiredCluster desired;
    private final RunListener listener;
    private final Catalog catalog;

    CatalogWrites(ClusterContext context, DesiredCluster desired, RunListener listener) {
        this.context = context;
        this.desired = desired;
        this.listener = listener;
        this.catalog = new Catalog(context.store());
    }

    /** Publishes; the findings are empty where every copy is stored. */
    List<Diagnostic> run(List<Change> changes) {
        List<Change> due = changes.stream().filter(CatalogWrites::isDue).toList();
        AtomicInteger finished = new AtomicInteger();
        List<Supplier<Optional<Diagnostic>>> writes = due.stream()
                .<Supplier<Optional<Diagnostic>>>map(change -> () -> {
                    Optional<Diagnostic> finding = publish(change);
                    listener.progress(
                            PHASE, Optional.of(change.resource().text()), finished.incrementAndGet(), due.size());
                    return finding;
                })
                .toList();
        return context.workers().all(writes).stream().flatMap(Optional::stream).toList();
    }

    private static boolean isDue(Change change) {
        return change.isApplied()
                && change.operation() != ChangeOperation.DELETE
                && (change.resource() instanceof ResourceAddress.Query
                        || change.resource() instanceof ResourceAddress.Policy);
    }

    private Optional<Diagnostic> publish(Change change) {
        String digest = change.difference().after().orElseThrow();
        Optional<byte[]> bytes = content(change.resource());
        Optional<ObjectKey> key = Catalog.keyOf(change.resource(), digest);
        if (bytes.isEmpty() || key.isEmpty()) {
            return failure(change, "its source is not UTF-8 text");
        }
        return catalog.publish(key.get(), digest, bytes.get()) instanceof Catalog.Publication.Failed failed
                ? failure(change, failed.reason())
                : Optional.empty();
    }

    private Optional<byte[]> content(ResourceAddress resource) {
        if (resource instanceof ResourceAddress.Query query) {
            return desired.graph(query.graph())
                    .map(DesiredGraph::queries)
                    .flatMap(queries -> Optional.ofNullable(queries.get(query.name())))
                    .map(DesiredQuery::source)
                    .map(source -> source.getBytes(StandardCharsets.UTF_8));
        }
        if (resource instanceof ResourceAddress.Policy policy) {
            return Optional.ofNullable(desired.policies().get(policy.name()))
                    .map(DesiredPolicy::bytes)
                    .filter(bytes -> Utf8.decode(bytes).isPresent());
        }
        return Optional.empty();
    }

    private static Optional<Diagnostic> failure(Change change, String reason) {
        return Optional.of(Diagnostic.of(
                DiagnosticCode.RESOURCE_PAYLOAD_WRITE_ERROR,
                change.resource().text(),
                "the catalog copy could not be stored: " + reason + "; the ledger was not written"));
    }
}
