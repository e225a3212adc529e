package dev.omnigraph.controlplane.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UlidSourceTest {

    @Test
    void identifiersSortInTheOrderInWhichTheyWereMade() {
        IdSource ids = new UlidSource();

        List<String> made = Stream.generate(ids::nextUlid).limit(10_000).toList();

        assertThat(made).isSorted().doesNotHaveDuplicates();
    }
}
