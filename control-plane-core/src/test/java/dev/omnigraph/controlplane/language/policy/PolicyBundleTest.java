package dev.omnigraph.controlplane.language.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyBundleTest {

    private static final String HEAD = "version: 1\ngroups: {t: [act-a, act-b], adm: [act-a]}\nrules:\n";

    @Test
    void aBundleIsReadWithThePlacesOfWhatItSays() throws Exception {
        PolicyBundle bundle = parse(HEAD + """
              - id: promote
                allow:
                  actors: {group: adm}
                  actions: [branch_merge, schema_apply]
                  target_branch_scope: protected
            protected_branches: [main, main]
            """);

        assertThat(bundle.groups()).containsEntry("t", Set.of("act-a", "act-b"));
        assertThat(bundle.protectedBranches()).containsExactly("main");
        PolicyRule rule = bundle.rules().get(0);
        assertThat(rule.id().position()).isEqualTo(new SourcePosition(4, 9));
        assertThat(rule.group().value()).isEqualTo("adm");
        assertThat(rule.actions().get(1).value()).isEqualTo(PolicyAction.SCHEMA_APPLY);
        assertThat(rule.actions().get(1).position()).isEqualTo(new SourcePosition(7, 31));
        assertThat(rule.condition()).contains(new BranchCondition(BranchRole.TARGET, BranchScope.PROTECTED));
        assertThat(bundle.unknownKeys()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version: 2 | line 1, column 10: version: expected 1, found 2",
                "version: '\"1\"' | line 1, column 10: version: expected a whole number from 0 to 2^32-1",
                "groups: {} | line 1, column 1: the field `version` is missing",
                "[1] | line 1, column 1: expected a map, found a list",
                "{version: 1, version: 1} | line 1, column 14: the key `version` stands there twice",
                "{version: 1, groups: {' ': [a]}} | line 1, column 28: groups: the name of a group is blank",
                "{version: 1, groups: {t: []}} | line 1, column 26: groups.t: the group has no members",
                "{version: 1, groups: {t: [a, '\u00a0']}} | line 1, column 26: groups.t: the id of a member is blank",
                "{version: 1, groups: {t: a}} | line 1, column 26: groups.t: expected a list",
                "{version: 1, protected_branches: [a, '']} | protected_branches[1]: the name of a branch is blank",
                "{version: 1, rules: x} | line 1, column 21: rules: expected a list, found `x`"
            })
    void aRefusalOfTheTopSaysWhereAndWhy(String source, String message) {
        assertRefused(source.replace("'\"1\"'", "\"1\""), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{id: r} | line 4, column 3: rules[0]: the field `allow` is missing",
                "{id: ' ', allow: {actors: {group: t}, actions: [read]}} | rules[0].id: the id of a rule is blank",
                "{id: r, allow: {actors: {group: ''}, actions: [read]}}"
                        + " | rules[0].allow.actors.group: the name of the group is blank",
                "{id: r, allow: {actors: {group: amd}, actions: [read]}}"
                        + " | line 4, column 35: rules[0].allow.actors.group: no group `amd` is declared; did you mean `adm`?",
                "{id: r, allow: {actors: {group: t}, actions: []}} | rules[0].allow.actions: the rule grants nothing",
                "{id: r, allow: {actors: {group: t}, actions: [Read]}}"
                        + " | line 4, column 49: rules[0].allow.actions[0]: expected one of read, export, change,"
                        + " schema_apply, branch_create, branch_delete, branch_merge, admin, graph_list, invoke_query,"
                        + " found `Read`; did you mean `read`?",
                "{id: r, allow: {actors: {group: t}, actions: [read], branch_scope: main}}"
                        + " | rules[0].allow.branch_scope: expected one of any, protected, unprotected, found `main`",
                "{id: r, allow: {actors: {group: t}, actions: [read], branch_scope: any, target_branch_scope: any}}"
                        + " | rules[0].allow.target_branch_scope: the rule has a branch_scope already",
                "{id: r, allow: {actors: {group: t}, actions: [schema_apply], branch_scope: any}}"
                        + " | the action `schema_apply` takes a target_branch_scope instead",
                "{id: r, allow: {actors: {group: t}, actions: [admin], branch_scope: any}}"
                        + " | the action `admin` takes no condition on a branch",
                "{id: r, allow: {actors: {group: t}, actions: [read, graph_list]}}"
                        + " | `graph_list` is about the server, `read` about a graph; write a rule for each"
            })
    void aRefusalOfARuleSaysWhereAndWhy(String rule, String message) {
        assertRefused(HEAD + "- " + rule + "\n", message);
    }

    @Test
    void anIdThatRepeatsNamesTheEarlierRule() {
        String rule = "- {id: r, allow: {actors: {group: t}, actions: [read]}}\n";

        assertRefused(HEAD + rule + rule, "line 5, column 8: rules[1].id: the rule in line 4 has the id `r` already");
    }

    @Test
    void aFileThatIsNoTextIsRefused() {
        assertThatThrownBy(() -> PolicyBundle.parse(new byte[] {(byte) 0xFF, (byte) 0xFE}))
                .isInstanceOf(LanguageException.class)
                .hasMessage("the file is not UTF-8 text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version: 0x1\n",
                "version: 1\ngroups:\nrules:\nprotected_branches:\n",
                "version: 1\ngroups: {7: [1, true, null, ~]}\n",
                "version: 1\ngroups: {t: [a, a]}\n",
                "version: 1\ngroups:\n  a: &m [x]\n  b: *m\n"
            })
    void whatTheEngineToleratesIsTolerated(String source) throws Exception {
        assertThat(parse(source).rules()).isEmpty();
    }

    @Test
    void ofAGroupDeclaredTwiceTheLastDeclarationCounts() throws Exception {
        assertThat(parse("version: 1\ngroups:\n  t: []\n  t: [b]\n").groups()).containsEntry("t", Set.of("b"));
    }

    @Test
    void keysThatTheEngineIgnoresAreListedWithWhatWasMeant() throws Exception {
        PolicyBundle bundle = parse("kind: server\n" + HEAD + """
            - id: r
              deny: true
              allow:
                actors: {group: t, user: z}
                actions: [read]
                branch_scop: protected
            note: x
            """);

        assertThat(bundle.unknownKeys())
                .containsExactly(
                        new UnknownKey("kind", new SourcePosition(1, 1), Optional.empty()),
                        new UnknownKey("rules[0].deny", new SourcePosition(6, 3), Optional.empty()),
                        new UnknownKey("rules[0].allow.actors.user", new SourcePosition(8, 24), Optional.empty()),
                        new UnknownKey(
                                "rules[0].allow.branch_scop", new SourcePosition(10, 5), Optional.of("branch_scope")),
                        new UnknownKey("note", new SourcePosition(11, 1), Optional.empty()));
        assertThat(bundle.rules().get(0).condition()).isEmpty();
    }

    @Test
    void anIdIsComparedAsItIsWritten() throws Exception {
        PolicyBundle bundle = parse(HEAD
                + "- {id: r, allow: {actors: {group: t}, actions: [read]}}\n"
                + "- {id: ' r', allow: {actors: {group: t}, actions: [read]}}\n");

        assertThat(bundle.rules()).extracting(rule -> rule.id().value()).isEqualTo(List.of("r", " r"));
    }

    private static PolicyBundle parse(String source) throws LanguageException {
        return PolicyBundle.parse(source.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(String source, String message) {
        assertThatThrownBy(() -> parse(source))
                .isInstanceOf(LanguageException.class)
                .hasMessageContaining(message);
    }
}
