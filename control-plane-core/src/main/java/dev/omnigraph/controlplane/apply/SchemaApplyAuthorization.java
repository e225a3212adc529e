package dev.omnigraph.controlplane.apply;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.policy.PolicyBundle;
import dev.omnigraph.controlplane.language.policy.PolicyCompiler;
import dev.omnigraph.controlplane.language.policy.PolicyDecision;
import dev.omnigraph.controlplane.language.policy.PolicyRequest;
import dev.omnigraph.controlplane.ledger.Catalog;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerEntry;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether somebody may change the schema of a graph (policy.md 6, improvements.md I23). The applied bundles that are bound to
 * the graph are asked, and each of them has to grant it; a bundle that cannot be asked grants nothing. A configuration
 * never authorises its own apply. Only reads; thread-safe.
 */
public final class SchemaApplyAuthorization {

    private static final String UNTOUCHED = "; the graph was not touched";

    private final Catalog catalog;
    private final Ledger applied;
    private final boolean enforced;

    /**
     * An authorization by what is applied.
     *
     * @param applied the ledger before anything of this run
     */
    public SchemaApplyAuthorization(ClusterContext context, Ledger applied) {
        this.catalog = new Catalog(context.store());
        this.applied = applied;
        this.enforced = context.settings().enforceGraphPolicy();
    }

    /** The answer. */
    public sealed interface Verdict {

        /** Every bundle bound to the graph grants it, or none is bound. */
        record Allowed() implements Verdict {}

        /** Nothing of the graph may move; the finding, on the schema, says who would have to grant what. */
        record Refused(Diagnostic finding) implements Verdict {}
    }

    /**
     * Asks for one graph. Takes a few milliseconds where a bundle is bound to it.
     *
     * @param actor the authenticated principal; without one nothing is granted
     * @throws StorageUnavailableException where the storage does not answer
     */
    public Verdict ask(String graph, Optional<String> actor) {
        if (!enforced) {
            return new Verdict.Allowed();
        }
        for (Map.Entry<ResourceAddress.Policy, LedgerEntry> bundle :
                bundlesOf(graph).entrySet()) {
            Optional<Diagnostic> refusal = actor.isEmpty()
                    ? Optional.of(actorRequired(graph, bundle.getKey()))
                    : denial(bundle.getKey(), bundle.getValue(), graph, actor.get())
                            .map(reason -> denied(graph, bundle.getKey(), reason));
            if (refusal.isPresent()) {
                return new Verdict.Refused(refusal.get());
            }
        }
        return new Verdict.Allowed();
    }

    /** The applied bundles that are bound to a graph, and those of which the ledger does not say what they are bound to. */
    private SortedMap<ResourceAddress.Policy, LedgerEntry> bundlesOf(String graph) {
        String binding = new ResourceAddress.Graph(graph).text();
        SortedMap<ResourceAddress.Policy, LedgerEntry> bundles = new TreeMap<>();
        applied.resources().forEach((address, entry) -> {
            if (address instanceof ResourceAddress.Policy policy
                    && entry.appliesTo()
                            .map(bindings -> bindings.contains(binding))
                            .orElse(true)) {
                bundles.put(policy, entry);
            }
        });
        return bundles;
    }

    /** Why a bundle does not grant it; empty where it does. */
    private Optional<String> denial(ResourceAddress.Policy policy, LedgerEntry entry, String graph, String actor) {
        if (entry.appliesTo().isEmpty()) {
            return Optional.of("the ledger does not say what the policy is bound to");
        }
        GetOutcome copy = catalog.read(ControlKeys.blob(policy, entry.digest()), entry.digest());
        if (copy instanceof GetOutcome.Found found) {
            return decide(found.object().bytes(), graph, actor);
        }
        if (copy instanceof GetOutcome.Unknown unknown) {
            throw new StorageUnavailableException(
                    "the catalog copy of " + policy.text() + " cannot be read: " + unknown.reason());
        }
        return Optional.of("its catalog copy "
                + (copy instanceof GetOutcome.Unusable unusable
                        ? "cannot be used: " + unusable.reason()
                        : "is not stored"));
    }

    private static Optional<String> decide(byte[] file, String graph, String actor) {
        try {
            PolicyDecision decision =
                    PolicyCompiler.forGraph(PolicyBundle.parse(file), graph).decide(PolicyRequest.schemaApply(actor));
            return decision.allowed() ? Optional.empty() : Optional.of(decision.reason());
        } catch (LanguageException e) {
            return Optional.of("it is not valid: " + e.getMessage());
        }
    }

    private static Diagnostic denied(String graph, ResourceAddress.Policy policy, String reason) {
        return Diagnostic.of(
                DiagnosticCode.POLICY_DENIED,
                new ResourceAddress.Schema(graph).text(),
                "the applied policy `" + policy.name()
                        + "` does not grant the schema change (`schema_apply` on `main`): " + reason + UNTOUCHED);
    }

    private static Diagnostic actorRequired(String graph, ResourceAddress.Policy policy) {
        return Diagnostic.of(
                DiagnosticCode.ACTOR_REQUIRED,
                new ResourceAddress.Schema(graph).text(),
                "the applied policy `" + policy.name()
                        + "` says who may change the schema (`schema_apply` on `main`), and"
                        + " nobody is named as the one who asks" + UNTOUCHED);
    }
}
