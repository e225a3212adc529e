package dev.omnigraph.controlplane.language.policy;

import dev.omnigraph.controlplane.digest.Utf8Order;
import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.NameSuggestion;
import dev.omnigraph.controlplane.language.SourcePosition;
import dev.omnigraph.controlplane.language.yaml.YamlNode;
import dev.omnigraph.controlplane.language.yaml.YamlReader;
import dev.omnigraph.controlplane.language.yaml.YamlRecord;
import dev.omnigraph.controlplane.language.yaml.YamlScalar;
import dev.omnigraph.controlplane.language.yaml.YamlSequence;
import dev.omnigraph.controlplane.language.yaml.YamlShape;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads a bundle and checks it on the way (policy.md 1 and 2). The engine checks types first and rules afterwards, so of
 * several mistakes it can name another one first. Used once; not thread-safe.
 */
final class BundleReader {

    private static final long VERSION = 1;
    private static final List<String> KEYS = List.of("version", "groups", "protected_branches", "rules");
    private static final Pattern BLANK = Pattern.compile("\\p{IsWhite_Space}*");

    private static final Comparator<UnknownKey> WRITTEN_ORDER = Comparator.comparingInt(
                    (UnknownKey key) -> key.position().line())
            .thenComparingInt(key -> key.position().column());

    private final List<UnknownKey> unknownKeys = new ArrayList<>();

    PolicyBundle read(byte[] file) throws LanguageException {
        YamlRecord bundle = fields(YamlReader.read(decode(file)), "", KEYS);
        long version = bundle.requireUnsigned32("version");
        if (version != VERSION) {
            throw refusal(bundle.require("version").position(), "version", "expected 1, found " + version);
        }
        SortedMap<String, Set<String>> groups = groups(bundle);
        Set<String> protectedBranches = protectedBranches(bundle);
        List<PolicyRule> rules = new ArrayList<>();
        RuleReader ruleReader = new RuleReader(this, groups.keySet());
        for (YamlNode rule : items(bundle, "rules")) {
            rules.add(ruleReader.read(rule, bundle.child("rules") + "[" + rules.size() + "]"));
        }
        unknownKeys.sort(WRITTEN_ORDER);
        return new PolicyBundle(groups, protectedBranches, rules, unknownKeys);
    }

    /** The record at a place; keys that it does not know are noted. */
    YamlRecord fields(YamlNode node, String path, List<String> keys) throws LanguageException {
        YamlRecord fields = YamlRecord.read(node, path, YamlShape.of(keys.toArray(String[]::new)));
        for (YamlRecord.UnknownKey unknown : fields.unknownKeys()) {
            unknownKeys.add(new UnknownKey(
                    fields.child(unknown.key()), unknown.position(), NameSuggestion.forName(unknown.key(), keys)));
        }
        return fields;
    }

    /** The items of an optional list; nothing after the colon is an empty one. */
    static List<YamlNode> items(YamlRecord fields, String key) throws LanguageException {
        Optional<YamlNode> list = fields.optional(key);
        if (list.isEmpty() || (list.get() instanceof YamlScalar scalar && scalar.isEmptyPlain())) {
            return List.of();
        }
        if (list.get() instanceof YamlSequence sequence) {
            return sequence.items();
        }
        throw YamlRecord.unexpected(list.get(), fields.child(key), "a list");
    }

    /** Whether nothing is left of a text when Unicode's white space is trimmed. */
    static boolean isBlank(String text) {
        return BLANK.matcher(text).matches();
    }

    static LanguageException refusal(SourcePosition position, String path, String problem) {
        return new LanguageException(position, path + ": " + problem);
    }

    private static String decode(byte[] file) throws LanguageException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new LanguageException("the file is not UTF-8 text");
        }
    }

    /** Of a group that is declared twice, the last declaration counts. */
    private static SortedMap<String, Set<String>> groups(YamlRecord bundle) throws LanguageException {
        SortedMap<String, YamlNode> declared = new TreeMap<>(Utf8Order.COMPARATOR);
        SortedMap<String, Set<String>> groups = new TreeMap<>(Utf8Order.COMPARATOR);
        for (YamlRecord.NamedNode group : bundle.optionalEntries("groups")) {
            List<String> members = YamlRecord.textsOf(group.node(), groupPath(group.name()));
            declared.put(group.name(), group.node());
            groups.put(group.name(), new HashSet<>(members));
        }
        for (Map.Entry<String, YamlNode> group : declared.entrySet()) {
            checkGroup(
                    group.getKey(),
                    groups.getOrDefault(group.getKey(), Set.of()),
                    group.getValue().position());
        }
        return groups;
    }

    private static void checkGroup(String name, Set<String> members, SourcePosition position) throws LanguageException {
        if (isBlank(name)) {
            throw refusal(position, "groups", "the name of a group is blank");
        }
        if (members.isEmpty()) {
            throw refusal(position, groupPath(name), "the group has no members; list at least one actor");
        }
        if (members.stream().anyMatch(BundleReader::isBlank)) {
            throw refusal(position, groupPath(name), "the id of a member is blank");
        }
    }

    private static String groupPath(String name) {
        return YamlRecord.child("groups", name);
    }

    private static Set<String> protectedBranches(YamlRecord bundle) throws LanguageException {
        Set<String> branches = new HashSet<>();
        List<YamlNode> items = items(bundle, "protected_branches");
        for (int i = 0; i < items.size(); i++) {
            String path = bundle.child("protected_branches") + "[" + i + "]";
            String branch = YamlRecord.textOf(items.get(i), path);
            if (isBlank(branch)) {
                throw refusal(items.get(i).position(), path, "the name of a branch is blank");
            }
            branches.add(branch);
        }
        return branches;
    }
}
