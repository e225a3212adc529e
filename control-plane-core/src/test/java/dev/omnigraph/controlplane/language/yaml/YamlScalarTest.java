package dev.omnigraph.controlplane.language.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.language.LanguageException;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The spellings of control-plane.md 2.3. */
class YamlScalarTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "+1, 1",
        "0, 0",
        "0x1F, 31",
        "+0x1f, 31",
        "0o17, 15",
        "0b101, 5",
        "4294967296, 4294967296",
        "!!int 7, 7",
        "!!str 7, 7",
        "!x 7, 7"
    })
    void wholeNumbersAreWrittenInFourBases(String text, String value) throws Exception {
        assertThat(scalar(text).asUnsigned()).contains(new BigInteger(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01",
                "-1",
                "-0",
                "1.0",
                "1e0",
                "1_000",
                "0x",
                "0x-1",
                "0X1",
                "++1",
                "'1'",
                "!!int '1'",
                "~",
                "one"
            })
    void anythingElseIsNoWholeNumber(String text) throws Exception {
        assertThat(scalar(text).asUnsigned()).isEmpty();
    }

    @Test
    void onlyThreeSpellingsOfEachBooleanCount() throws Exception {
        for (String text : new String[] {"true", "True", "TRUE"}) {
            assertThat(scalar(text).asBoolean()).contains(true);
        }
        for (String text : new String[] {"false", "False", "FALSE"}) {
            assertThat(scalar(text).asBoolean()).contains(false);
        }
        for (String text : new String[] {"yes", "on", "tRUE", "1", "'true'", "\"true\"", "|-\n  true"}) {
            assertThat(scalar(text).asBoolean()).as(text).isEmpty();
        }
        assertThat(scalar("!!bool |-\n  true").asBoolean()).contains(true);
    }

    @Test
    void nothingAndNullAreAbsentUnlessQuotedOrTagged() throws Exception {
        for (String text : new String[] {"", "~", "null", "Null", "NULL", "!!null ~"}) {
            assertThat(scalar(text).isAbsent()).as(text).isTrue();
        }
        for (String text : new String[] {"''", "'~'", "!x ~", "! ", "!!str", "nULL", "none"}) {
            assertThat(scalar(text).isAbsent()).as(text).isFalse();
        }
        assertThatThrownBy(() -> scalar("!!null none").isAbsent())
                .isInstanceOf(LanguageException.class)
                .hasMessage("line 1, column 4: expected null, found `none` with the tag <tag:yaml.org,2002:null>");
    }

    @Test
    void aReaderWithoutATypeInMindInfersIt() throws Exception {
        assertThat(scalar("~").value()).isEqualTo(new ScalarValue.Null());
        assertThat(scalar("True").value()).isEqualTo(new ScalarValue.Bool(true));
        assertThat(scalar("0x10").value()).isEqualTo(new ScalarValue.Whole(BigInteger.valueOf(16)));
        assertThat(scalar("-0").value()).isEqualTo(new ScalarValue.Whole(BigInteger.ZERO));
        assertThat(scalar("1e3").value()).isEqualTo(new ScalarValue.Real(1000));
        assertThat(scalar(".5").value()).isEqualTo(new ScalarValue.Real(0.5));
        assertThat(scalar("-.inf").value()).isEqualTo(new ScalarValue.Real(Double.NEGATIVE_INFINITY));
        assertThat(scalar(".nan").value()).isEqualTo(new ScalarValue.Real(Double.NaN));
        for (String text : new String[] {"017", "1_000", "2026-01-02", "1:30", "yes", "1e999", "."}) {
            assertThat(scalar(text).value()).isEqualTo(new ScalarValue.Text(text));
        }
        assertThat(scalar("'1'").value()).isEqualTo(new ScalarValue.Text("1"));
        assertThat(scalar("!!str 1").value()).isEqualTo(new ScalarValue.Text("1"));
        assertThat(scalar("!!int '1'").value()).isEqualTo(new ScalarValue.Whole(BigInteger.ONE));
        assertThat(scalar("!!float 1").value()).isEqualTo(new ScalarValue.Real(1));
    }

    @Test
    void wholeNumbersOfMoreThan64BitsAreRefusedAndLongerOnesAreFloatingPoint() throws Exception {
        assertThat(scalar("18446744073709551615").value())
                .isEqualTo(new ScalarValue.Whole(new BigInteger("18446744073709551615")));
        assertThatThrownBy(() -> scalar("18446744073709551616").value())
                .hasMessage("line 1, column 4: `18446744073709551616` does not fit into 64 bits");
        assertThatThrownBy(() -> scalar("-9223372036854775809").value()).hasMessageContaining("64 bits");
        String long50 = "1".repeat(50);
        assertThat(scalar(long50).value()).isEqualTo(new ScalarValue.Real(Double.parseDouble(long50)));
    }

    @Test
    void aBrokenPromiseOfATagIsRefused() {
        for (String text : new String[] {"!!int one", "!!bool yes", "!!float x", "!!null 0"}) {
            assertThatThrownBy(() -> scalar(text).value())
                    .as(text)
                    .isInstanceOf(LanguageException.class)
                    .hasMessageContaining("promises");
        }
    }

    @Test
    void localTagsAreKeptForReadersThatLookAtValues() throws Exception {
        assertThat(scalar("!x 1").hasLocalTag()).isTrue();
        assertThat(scalar("!!int 1").hasLocalTag()).isFalse();
        assertThat(scalar("! 1").hasLocalTag()).isTrue();
    }

    private static YamlScalar scalar(String text) throws LanguageException {
        YamlMapping mapping = (YamlMapping) YamlReader.read("k: " + text + "\n");
        return (YamlScalar) mapping.entries().get(0).value();
    }
}
