package dev.omnigraph.controlplane.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubleFormatTest {

    @ParameterizedTest
    @CsvSource({
        "0.0, 0.0, 0.0",
        "-0.0, -0.0, -0.0",
        "2.50, 2.5, 2.5",
        "0.0001, 0.0001, 0.0001",
        "0.00001, 0.00001, 1e-5",
        "0.000001, 1e-6, 1e-6",
        "0.000012345, 0.000012345, 1.2345e-5",
        "9999999999999998.0, 9999999999999998.0, 9999999999999998.0",
        "10000000000000000.0, 1e+16, 1e16",
        "12345678901234567.0, 1.2345678901234568e+16, 1.2345678901234568e16",
        "9223372036854775808, 9.223372036854776e+18, 9.223372036854776e18",
        "168085075874466.64, 168085075874466.62, 168085075874466.63",
        "5e-324, 5e-324, 5e-324",
        "1000000000000000.0, 1000000000000000.0, 1000000000000000.0",
        "5.684341886080802e-14, 5.684341886080802e-14, 5.684341886080802e-14",
        "100000000000000000000.0, 1e+20, 1e20",
        "-1.5, -1.5, -1.5",
    })
    void writesTheShortestDigitsInTheLayoutOfTheEngine(String literal, String json, String sortKey) {
        double value = Double.parseDouble(literal);
        assertThat(DoubleFormat.json(value)).isEqualTo(json);
        assertThat(DoubleFormat.sortKey(value)).isEqualTo(sortKey);
    }
}
