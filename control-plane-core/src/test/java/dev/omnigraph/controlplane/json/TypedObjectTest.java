package dev.omnigraph.controlplane.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypedObjectTest {

    private static final Set<String> KNOWN = Set.of("name");

    @Test
    void anOpenFormatPassesOverWhatItDoesNotKnow() throws Exception {
        JsonValue value = JsonReader.read("{\"later\":1,\"name\":\"a\",\"later\":2}");

        assertThat(TypedObject.open(value, "", KNOWN).requireString("name")).isEqualTo("a");
        assertThatThrownBy(() -> TypedObject.of(value, "", KNOWN))
                .isInstanceOf(JsonShapeException.class)
                .hasMessageContaining("unknown field `later`");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"a\",\"name\":\"b\"} | the key `name` stands there twice",
                "[]                             | expected an object, found a list",
            })
    void bothFormsRefuse(String text, String message) throws Exception {
        JsonValue value = JsonReader.read(text);

        assertThatThrownBy(() -> TypedObject.of(value, "", KNOWN)).hasMessageContaining(message);
        assertThatThrownBy(() -> TypedObject.open(value, "", KNOWN)).hasMessageContaining(message);
    }
}
