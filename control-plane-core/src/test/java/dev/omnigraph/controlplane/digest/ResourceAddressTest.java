package dev.omnigraph.controlplane.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResourceAddressTest {

    /** Names that go on with what sorts before and after the dot, or beyond the basic plane. */
    @Test
    void theOrderIsThatOfTheTexts() {
        List<ResourceAddress> addresses = List.of(
                new ResourceAddress.Graph("a"),
                new ResourceAddress.Schema("a"),
                new ResourceAddress.Policy("a"),
                new ResourceAddress.EmbeddingProvider("a"),
                new ResourceAddress.Unknown("query.a"),
                new ResourceAddress.Unknown("query.a.b"),
                new ResourceAddress.Query("a", "b"),
                new ResourceAddress.Query("a", "b1"),
                new ResourceAddress.Query("a", ""),
                new ResourceAddress.Query("a-", "b"),
                new ResourceAddress.Query("a1", "b"),
                new ResourceAddress.Query("b", "a"),
                new ResourceAddress.Query("", "a"),
                new ResourceAddress.Query("\uffff", "a"),
                new ResourceAddress.Query("\ud83d\ude00", "a"));

        for (ResourceAddress left : addresses) {
            for (ResourceAddress right : addresses) {
                assertThat(Integer.signum(left.compareTo(right)))
                        .as("%s and %s", left.text(), right.text())
                        .isEqualTo(Integer.signum(Utf8Order.COMPARATOR.compare(left.text(), right.text())));
            }
        }
    }
}
