package dev.omnigraph.controlplane.language.yaml;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The spellings of null, booleans and numbers (control-plane.md 2.3). */
final class ScalarText {

    private static final Set<String> NULLS = Set.of("~", "null", "Null", "NULL");
    private static final Set<String> TRUES = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSES = Set.of("false", "False", "FALSE");
    private static final Set<String> INFINITIES = Set.of(".inf", ".Inf", ".INF");
    private static final Set<String> NOT_NUMBERS = Set.of(".nan", ".NaN", ".NAN");

    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9A-Fa-f]+");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
    private static final Pattern BINARY = Pattern.compile("0b[01]+");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]+");
    private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0[0-9]+");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?");

    /** Longer digit strings are never whole numbers; this keeps their conversion cheap. */
    private static final int MAX_DIGITS = 130;

    private static final int MAX_BITS = 128;
    private static final int PREFIX = 2;

    private ScalarText() {}

    static boolean isNull(String text) {
        return NULLS.contains(text);
    }

    static Optional<Boolean> booleanOf(String text) {
        if (TRUES.contains(text)) {
            return Optional.of(true);
        }
        return FALSES.contains(text) ? Optional.of(false) : Optional.empty();
    }

    /** Digits that a zero precedes, as in {@code 007}, are text. */
    static boolean hasLeadingZero(String text) {
        return LEADING_ZERO.matcher(text).matches();
    }

    /** A whole number from 0 to 2^128-1. */
    static Optional<BigInteger> unsignedOf(String text) {
        return magnitude(text.startsWith("+") ? text.substring(1) : text).filter(n -> n.bitLength() <= MAX_BITS);
    }

    /** A whole number from -2^127 to 2^128-1. */
    static Optional<BigInteger> integerOf(String text) {
        if (text.startsWith("-")) {
            return magnitude(text.substring(1)).map(BigInteger::negate).filter(n -> n.bitLength() < MAX_BITS);
        }
        return unsignedOf(text);
    }

    /** A number with a fraction or an exponent, or a whole number too large to be one. */
    static Optional<Double> floatOf(String text) {
        String unsigned = text.startsWith("+") || text.startsWith("-") ? text.substring(1) : text;
        if (INFINITIES.contains(unsigned)) {
            return Optional.of(text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        if (NOT_NUMBERS.contains(text)) {
            return Optional.of(Double.NaN);
        }
        if (!FLOAT.matcher(text).matches()) {
            return Optional.empty();
        }
        return Optional.of(Double.valueOf(text)).filter(Double::isFinite);
    }

    private static Optional<BigInteger> magnitude(String digits) {
        if (digits.length() > MAX_DIGITS) {
            return Optional.empty();
        }
        if (HEXADECIMAL.matcher(digits).matches()) {
            return Optional.of(new BigInteger(digits.substring(PREFIX), 16));
        }
        if (OCTAL.matcher(digits).matches()) {
            return Optional.of(new BigInteger(digits.substring(PREFIX), 8));
        }
        if (BINARY.matcher(digits).matches()) {
            return Optional.of(new BigInteger(digits.substring(PREFIX), 2));
        }
        boolean decimal = DECIMAL.matcher(digits).matches() && !hasLeadingZero(digits);
        return decimal ? Optional.of(new BigInteger(digits)) : Optional.empty();
    }
}
