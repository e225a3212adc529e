package dev.omnigraph.controlplane.language.policy;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.Located;
import dev.omnigraph.controlplane.language.NameSuggestion;
import dev.omnigraph.controlplane.language.SourcePosition;
import dev.omnigraph.controlplane.language.yaml.YamlNode;
import dev.omnigraph.controlplane.language.yaml.YamlRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the rules of one bundle in their order, and checks each. Not thread-safe. */
final class RuleReader {

    private static final List<String> RULE_KEYS = List.of("id", "allow");
    private static final List<String> GRANT_KEYS =
            List.of("actors", "actions", BranchRole.SOURCE.key(), BranchRole.TARGET.key());
    private static final List<String> ACTORS_KEYS = List.of("group");

    private final BundleReader reader;
    private final Set<String> groups;
    private final Map<String, SourcePosition> seenIds = new HashMap<>();

    /**
     * A reader for the rules of a bundle.
     *
     * @param groups the names that rules may refer to
     */
    RuleReader(BundleReader reader, Set<String> groups) {
        this.reader = reader;
        this.groups = groups;
    }

    PolicyRule read(YamlNode node, String path) throws LanguageException {
        YamlRecord fields = reader.fields(node, path, RULE_KEYS);
        Located<String> id = id(fields);
        YamlRecord grant = reader.fields(fields.require("allow"), fields.child("allow"), GRANT_KEYS);
        Located<String> group = group(grant);
        List<Located<PolicyAction>> actions = actions(grant);
        Optional<BranchCondition> condition = condition(grant);
        if (condition.isPresent()) {
            checkTakesCondition(grant, actions, condition.get().role());
        }
        checkKinds(grant, actions);
        return new PolicyRule(id, group, actions, condition);
    }

    private Located<String> id(YamlRecord fields) throws LanguageException {
        Located<String> id = text(fields, "id");
        if (BundleReader.isBlank(id.value())) {
            throw BundleReader.refusal(id.position(), fields.child("id"), "the id of a rule is blank");
        }
        SourcePosition earlier = seenIds.put(id.value(), id.position());
        if (earlier != null) {
            throw BundleReader.refusal(
                    id.position(),
                    fields.child("id"),
                    "the rule in line " + earlier.line() + " has the id `" + id.value() + "` already");
        }
        return id;
    }

    private Located<String> group(YamlRecord grant) throws LanguageException {
        YamlRecord actors = reader.fields(grant.require("actors"), grant.child("actors"), ACTORS_KEYS);
        Located<String> group = text(actors, "group");
        if (BundleReader.isBlank(group.value())) {
            throw BundleReader.refusal(group.position(), actors.child("group"), "the name of the group is blank");
        }
        if (!groups.contains(group.value())) {
            throw BundleReader.refusal(
                    group.position(),
                    actors.child("group"),
                    "no group `" + group.value() + "` is declared" + didYouMean(group.value(), groups));
        }
        return group;
    }

    private static List<Located<PolicyAction>> actions(YamlRecord grant) throws LanguageException {
        YamlNode list = grant.require("actions");
        List<Located<PolicyAction>> actions = new ArrayList<>();
        for (YamlNode item : BundleReader.items(grant, "actions")) {
            String path = grant.child("actions") + "[" + actions.size() + "]";
            actions.add(new Located<>(word(item, path, PolicyAction.values(), PolicyAction::wire), item.position()));
        }
        if (actions.isEmpty()) {
            throw BundleReader.refusal(
                    list.position(), grant.child("actions"), "the rule grants nothing; list at least one action");
        }
        return actions;
    }

    private static Optional<BranchCondition> condition(YamlRecord grant) throws LanguageException {
        Optional<BranchCondition> source = condition(grant, BranchRole.SOURCE);
        Optional<BranchCondition> target = condition(grant, BranchRole.TARGET);
        if (source.isPresent() && target.isPresent()) {
            throw refusalOf(
                    grant,
                    BranchRole.TARGET,
                    "the rule has a branch_scope already; only one of the two is possible, so split the rule");
        }
        return source.or(() -> target);
    }

    private static Optional<BranchCondition> condition(YamlRecord grant, BranchRole role) throws LanguageException {
        if (grant.optionalText(role.key()).isEmpty()) {
            return Optional.empty();
        }
        BranchScope scope =
                word(grant.require(role.key()), grant.child(role.key()), BranchScope.values(), BranchScope::wire);
        return Optional.of(new BranchCondition(role, scope));
    }

    private static void checkTakesCondition(YamlRecord grant, List<Located<PolicyAction>> actions, BranchRole role)
            throws LanguageException {
        for (Located<PolicyAction> action : actions) {
            Optional<BranchRole> possible = action.value().conditionalOn();
            if (!possible.equals(Optional.of(role))) {
                throw refusalOf(
                        grant,
                        role,
                        "the action `" + action.value().wire() + "` takes "
                                + possible.map(other -> "a " + other.key() + " instead")
                                        .orElse("no condition on a branch"));
            }
        }
    }

    private static void checkKinds(YamlRecord grant, List<Located<PolicyAction>> actions) throws LanguageException {
        PolicyKind first = actions.get(0).value().kind();
        for (Located<PolicyAction> action : actions) {
            PolicyKind kind = action.value().kind();
            if (kind != first) {
                throw BundleReader.refusal(
                        action.position(),
                        grant.child("actions"),
                        "`" + action.value().wire() + "` is about " + kind.noun() + ", `"
                                + actions.get(0).value().wire() + "` about " + first.noun()
                                + "; write a rule for each");
            }
        }
    }

    private static LanguageException refusalOf(YamlRecord grant, BranchRole role, String problem)
            throws LanguageException {
        return BundleReader.refusal(grant.require(role.key()).position(), grant.child(role.key()), problem);
    }

    private static Located<String> text(YamlRecord fields, String key) throws LanguageException {
        return new Located<>(fields.requireText(key), fields.require(key).position());
    }

    /** One of the words that a field can hold; upper and lower case differ. */
    private static <T> T word(YamlNode node, String path, T[] values, Function<T, String> wire)
            throws LanguageException {
        String written = YamlRecord.textOf(node, path);
        List<String> known = Arrays.stream(values).map(wire).toList();
        int index = known.indexOf(written);
        if (index < 0) {
            throw BundleReader.refusal(
                    node.position(),
                    path,
                    "expected one of " + String.join(", ", known) + ", found `" + written + "`"
                            + didYouMean(written, known));
        }
        return values[index];
    }

    private static String didYouMean(String written, Collection<String> known) {
        return NameSuggestion.forName(written, known)
                .map(name -> "; did you mean `" + name + "`?")
                .orElse("");
    }
}
