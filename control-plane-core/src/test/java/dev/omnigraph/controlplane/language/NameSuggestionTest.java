package dev.omnigraph.controlplane.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameSuggestionTest {

    private static final List<String> KNOWN = List.of("Person", "Company", "age", "title", "since", "x", "worksAt");

    @ParameterizedTest
    @CsvSource({
        "Persn, Person",
        "Perosn, Person",
        "Personn, Person",
        "person, Person",
        "Parson, Person",
        "Compnay, Company",
        "aeg, age",
        "ago, age",
        "worsAt, worksAt",
        "WORKSAT, worksAt",
        "X, x",
    })
    void aNameThatIsNearlyRightIsFound(String name, String meant) {
        assertThat(NameSuggestion.forName(name, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"Prs", "Prsn", "eag_", "y", "Organisation", "titlewave", "q"})
    void nothingIsMadeUp(String name) {
        assertThat(NameSuggestion.forName(name, KNOWN)).isEmpty();
    }

    @Test
    void ofEquallyNearNamesTheFirstInTheAlphabetIsTaken() {
        assertThat(NameSuggestion.forName("bat", List.of("cat", "bad", "hat"))).contains("bad");
    }

    @Test
    void endlessNamesAreNotCompared() {
        String name = "n".repeat(NameSuggestion.MAX_LENGTH + 1);
        assertThat(NameSuggestion.forName(name, List.of(name))).isEmpty();
        String longest = name.substring(1);
        assertThat(NameSuggestion.forName(longest, List.of(longest))).contains(longest);
    }
}
