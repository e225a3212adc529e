package dev.omnigraph.controlplane.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.storage.memory.MemoryObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PastLedgerTest {

    private static final String DIGEST = "ab".repeat(32);

    @Test
    void aNameIsRevisionAndDigest() {
        PastLedger largest = new PastLedger(-1, DIGEST);

        assertThat(largest.name()).isEqualTo("18446744073709551615-" + DIGEST);
        assertThat(PastLedger.named(largest.name())).contains(largest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1-ab", "-1-", "01-", "18446744073709551616-", "../1-", "1-../"})
    void anythingElseNamesNoLedger(String start) {
        assertThat(PastLedger.named(start + (start.endsWith("-") ? DIGEST : "")))
                .isEmpty();
    }

    @Test
    void theListIsNewestFirstAndPassesOverWhatIsNoLedger() {
        MemoryObjectStore objects = new MemoryObjectStore();
        for (String name : new String[] {"9-" + DIGEST, "10-" + DIGEST, "notes"}) {
            objects.putIfAbsent(ControlKeys.HISTORY.child(name + ".json"), new byte[] {'{', '}'});
        }
        LedgerHistory history = new LedgerHistory(objects);

        assertThat(history.list()).extracting(PastLedger::revision).containsExactly(10L, 9L);
        assertThat(history.read(history.list().get(0))).contains("{}");
        assertThat(history.read(new PastLedger(11, DIGEST))).isEmpty();
    }
}
