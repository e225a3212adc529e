package dev.omnigraph.controlplane.language.policy;

import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.language.Located;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Cedar's schema and policies as text (policy.md 5). Texts of a bundle are written as JSON strings, as the engine does. */
final class CedarText {

    static final String NAMESPACE = "Omnigraph";
    static final String ACTOR = "Actor";
    static final String GROUP = "Group";
    static final String ACTION = "Action";

    /** The types of all requests, for every bundle the same. */
    static final String SCHEMA = schema();

    private static final String CONTEXT = "context.";

    private CedarText() {}

    /** The resource that actions of a kind are about. */
    static String resourceType(PolicyKind kind) {
        return switch (kind) {
            case GRAPH -> "Graph";
            case SERVER -> "Server";
        };
    }

    /** What one action of a rule grants on one resource. */
    static CedarPolicy policy(PolicyRule rule, Located<PolicyAction> granted, String resource) {
        PolicyAction action = granted.value();
        String text = "permit (principal in " + entity(GROUP, rule.group().value())
                + ", action == " + entity(ACTION, action.wire())
                + ", resource == " + entity(resourceType(action.kind()), resource) + ")"
                + rule.condition()
                        .map(condition -> " when { " + expression(condition) + " }")
                        .orElse("")
                + ";";
        String ruleId = rule.id().value();
        return new CedarPolicy(ruleId + ":" + action.wire(), ruleId, action, text);
    }

    private static String expression(BranchCondition condition) {
        BranchRole role = condition.role();
        String present = CONTEXT + role.presence() + " && " + CONTEXT + role.protection();
        return switch (condition.scope()) {
            case ANY -> "true";
            case PROTECTED -> present;
            case UNPROTECTED -> present + " == false";
        };
    }

    private static String entity(String type, String id) {
        return NAMESPACE + "::" + type + "::" + JsonText.compact(new JsonString(id));
    }

    private static String schema() {
        String context = Arrays.stream(BranchRole.values())
                .map(role ->
                        role.presence() + ": Bool, " + role.attribute() + ": String, " + role.protection() + ": Bool")
                .collect(Collectors.joining(", ", "{ ", " }"));
        String actions = Arrays.stream(PolicyAction.values())
                .map(action -> "action " + action.wire() + " appliesTo { principal: " + ACTOR + ", resource: "
                        + resourceType(action.kind()) + ", context: " + context + " };\n")
                .collect(Collectors.joining());
        return "namespace " + NAMESPACE + " {\nentity " + GROUP + ";\nentity " + ACTOR + " in [" + GROUP
                + "];\nentity Graph;\nentity Server;\n" + actions + "}\n";
    }
}
