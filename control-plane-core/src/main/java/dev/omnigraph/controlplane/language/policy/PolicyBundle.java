package dev.omnigraph.controlplane.language.policy;

import dev.omnigraph.controlplane.digest.Utf8Order;
import dev.omnigraph.controlplane.language.LanguageException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A policy bundle that passed the checks which do not depend on what it is loaded for (policy.md 1 and 2). Immutable.
 *
 * @param groups the members of each group, by name
 * @param protectedBranches exact names
 * @param rules in written order
 * @param unknownKeys what the engine ignores, in written order
 */
public record PolicyBundle(
        SortedMap<String, Set<String>> groups,
        Set<String> protectedBranches,
        List<PolicyRule> rules,
        List<UnknownKey> unknownKeys) {

    public PolicyBundle {
        SortedMap<String, Set<String>> copied = new TreeMap<>(Utf8Order.COMPARATOR);
        groups.forEach((name, members) -> copied.put(name, Set.copyOf(members)));
        groups = Collections.unmodifiableSortedMap(copied);
        protectedBranches = Set.copyOf(protectedBranches);
        rules = List.copyOf(rules);
        unknownKeys = List.copyOf(unknownKeys);
    }

    /**
     * The bundle in a file.
     *
     * @param file UTF-8 with one YAML document
     * @throws LanguageException at the first place where the engine would refuse the file, or where it exceeds a limit
     *     of {@link dev.omnigraph.controlplane.language.yaml.YamlReader}
     */
    public static PolicyBundle parse(byte[] file) throws LanguageException {
        return new BundleReader().read(file);
    }

    /** The groups that an actor is a member of, compared exactly. */
    SortedSet<String> groupsOf(String actor) {
        SortedSet<String> memberOf = new TreeSet<>(Utf8Order.COMPARATOR);
        groups.forEach((name, members) -> {
            if (members.contains(actor)) {
                memberOf.add(name);
            }
        });
        return memberOf;
    }
}
