package dev.omnigraph.controlplane.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentValuesTest {

    private final RecentValues<String, String> values = new RecentValues<>(10);

    @Test
    void aKeptValueIsNotComputedAgain() {
        assertThat(values.get("a", 1, () -> "first")).isEqualTo("first");
        assertThat(values.get("a", 1, () -> "second")).isEqualTo("first");
        assertThat(values.computed()).isEqualTo(1);
    }

    @Test
    void whatWasNotUsedForLongestMakesRoom() {
        values.get("a", 4, () -> "a");
        values.get("b", 4, () -> "b");
        values.get("a", 4, () -> "again");
        values.get("c", 4, () -> "c");

        assertThat(values.get("a", 4, () -> "again")).isEqualTo("a");
        assertThat(values.get("c", 4, () -> "again")).isEqualTo("c");
        assertThat(values.get("b", 4, () -> "again")).isEqualTo("again");
    }

    @Test
    void whatIsTooLargeIsNotKeptAndMakesNoRoom() {
        values.get("a", 10, () -> "a");

        assertThat(values.get("b", 11, () -> "b")).isEqualTo("b");
        assertThat(values.get("b", 11, () -> "again")).isEqualTo("again");
        assertThat(values.get("a", 10, () -> "again")).isEqualTo("a");
    }

    /** As two threads may that ask for the same at once. */
    @Test
    void aValueThatIsComputedTwiceCountsOnce() {
        values.get("a", 6, () -> values.get("a", 6, () -> "inner"));

        values.get("b", 4, () -> "b");
        assertThat(values.get("a", 6, () -> "again")).isEqualTo("inner");
    }
}
