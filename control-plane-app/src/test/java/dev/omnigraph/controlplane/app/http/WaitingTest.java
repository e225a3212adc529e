package dev.omnigraph.controlplane.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.app.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    wait=10                       | 10
                    WAIT = 10                     | 10
                    respond-async, wait=5         | 5
                    respond-async; wait=5         | 5
                    wait=61                       | 60
                    wait=999999999                | 60
                    wait=0                        | 0
                    wait=-1                       | 0
                    wait=ten                      | 0
                    wait=99999999999              | 0
                    await=10                      | 0
                    return=minimal                | 0
                    """)
    void aPreferenceIsUnderstoodOrIsNone(String preference, long seconds) {
        assertThat(Waiting.preferred(List.of(preference))).hasSeconds(seconds);
        assertThat(Waiting.preferred(List.of("return=minimal", preference))).hasSeconds(seconds);
    }

    @Test
    void withoutThePreferenceNobodyWaits() {
        assertThat(Waiting.preferred(List.of())).isZero();
        assertThat(Waiting.parameter(Optional.empty())).isZero();
    }

    @Test
    void aParameterIsExact() {
        assertThat(Waiting.parameter(Optional.of("60"))).isEqualTo(Waiting.MAX);
        for (String refused : new String[] {"61", "-1", "", "1.5", "1s"}) {
            assertThatThrownBy(() -> Waiting.parameter(Optional.of(refused)))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("from 0 to 60");
        }
    }
}
