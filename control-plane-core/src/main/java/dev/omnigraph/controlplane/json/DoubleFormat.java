package dev.omnigraph.controlplane.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/**
 * Doubles as the engine writes them: the shortest digits that read back as the same value, in one of two layouts
 * (schema-language.md 7.5). Java's own {@link Double#toString(double)} differs in layout and, before JDK 19, in digits.
 */
public final class DoubleFormat {

    /** Exponents of ten, inclusive, for which JSON text stays in decimal form. */
    private static final int JSON_LOWEST_DECIMAL_EXPONENT = -5;
    /** Exponents of ten, inclusive, for which sort keys stay in decimal form. */
    private static final int KEY_LOWEST_DECIMAL_EXPONENT = -4;

    private static final int HIGHEST_DECIMAL_EXPONENT = 15;
    /** Seventeen significant digits tell any two doubles apart. */
    private static final int MOST_SIGNIFICANT_DIGITS = 17;

    private DoubleFormat() {}

    /** The form that enters JSON text and so the schema hash: {@code 1.0}, {@code 0.00001}, {@code 1e-6}, {@code 1e+16}. */
    public static String json(double value) {
        requireFinite(value);
        return layOut(value, RoundingMode.HALF_EVEN, JSON_LOWEST_DECIMAL_EXPONENT, "+");
    }

    /** The form used in the sort keys of constraints: {@code 1.0}, {@code 1e-5}, {@code 1e16}; infinity is {@code inf}. */
    public static String sortKey(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        requireFinite(value);
        return layOut(value, RoundingMode.HALF_UP, KEY_LOWEST_DECIMAL_EXPONENT, "");
    }

    private static void requireFinite(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(value + " has no JSON form");
        }
    }

    private static String layOut(double value, RoundingMode ties, int lowestDecimalExponent, String positiveSign) {
        String sign = 1 / value < 0 || value < 0 ? "-" : "";
        if (value == 0) {
            return sign + "0.0";
        }
        BigDecimal shortest = shortest(Math.abs(value), ties);
        String digits = shortest.unscaledValue().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        if (exponent < lowestDecimalExponent || exponent > HIGHEST_DECIMAL_EXPONENT) {
            String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
            return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "" : positiveSign) + exponent;
        }
        String plain = shortest.toPlainString();
        return sign + plain + (plain.indexOf('.') < 0 ? ".0" : "");
    }

    /**
     * The shortest decimal that reads back as the value; among several the nearest, an exact tie as {@code ties} says.
     * Just above a power of two the nearest decimal may read back as another double while its neighbour does not, so
     * both neighbours are tried before another digit is spent.
     */
    private static BigDecimal shortest(double value, RoundingMode ties) {
        BigDecimal exact = new BigDecimal(value);
        for (int precision = 1; precision < MOST_SIGNIFICANT_DIGITS; precision++) {
            for (RoundingMode rounding : List.of(ties, RoundingMode.DOWN, RoundingMode.UP)) {
                BigDecimal candidate = exact.round(new MathContext(precision, rounding));
                if (candidate.doubleValue() == value) {
                    return candidate.stripTrailingZeros();
                }
            }
        }
        return exact.round(new MathContext(MOST_SIGNIFICANT_DIGITS, ties)).stripTrailingZeros();
    }
}
