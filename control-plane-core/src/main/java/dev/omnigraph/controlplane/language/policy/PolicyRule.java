package dev.omnigraph.controlplane.language.policy;

import dev.omnigraph.controlplane.language.Located;
import java.util.List;
import java.util.Optional;

/**
 * A grant. There are no rules that deny: what no rule grants is denied.
 *
 * @param id unique in its bundle
 * @param group whose members get the grant; declared in the bundle
 * @param actions at least one, in written order
 */
public record PolicyRule(
        Located<String> id,
        Located<String> group,
        List<Located<PolicyAction>> actions,
        Optional<BranchCondition> condition) {

    public PolicyRule {
        actions = List.copyOf(actions);
    }
}
