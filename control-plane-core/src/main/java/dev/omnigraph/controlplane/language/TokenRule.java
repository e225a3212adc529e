package dev.omnigraph.controlplane.language;

import java.util.function.IntPredicate;

/** One token of a language: text that white space and comments do not interrupt. */
@FunctionalInterface
public interface TokenRule {

    /** What {@link #endOfMatch} answers where the token does not stand. */
    int NO_MATCH = -1;

    /** {@code a}–{@code z} or {@code _}, then ASCII letters, digits and {@code _}. */
    TokenRule LOWER_NAME = (source, offset) -> nameEnd(source, offset, c -> isLowerCase(c) || c == '_');

    /** {@code A}–{@code Z}, then ASCII letters, digits and {@code _}. */
    TokenRule TYPE_NAME = (source, offset) -> nameEnd(source, offset, TokenRule::isUpperCase);

    /** One or more digits, without a sign. */
    TokenRule DIGITS = (source, offset) -> {
        int end = offset;
        while (end < source.length() && isDigit(source.charAt(end))) {
            end++;
        }
        return end == offset ? NO_MATCH : end;
    };

    /** Digits on both sides of a point; no sign, no exponent. */
    TokenRule DECIMAL = (source, offset) -> {
        int point = DIGITS.endOfMatch(source, offset);
        if (point == NO_MATCH || point == source.length() || source.charAt(point) != '.') {
            return NO_MATCH;
        }
        return DIGITS.endOfMatch(source, point + 1);
    };

    /** Text in double quotes. A backslash takes the character after it along, whatever that is. */
    TokenRule STRING = (source, offset) -> {
        if (offset == source.length() || source.charAt(offset) != '"') {
            return NO_MATCH;
        }
        int i = offset + 1;
        while (i < source.length() && source.charAt(i) != '"') {
            i += source.charAt(i) == '\\' ? 2 : 1;
        }
        return i < source.length() ? i + 1 : NO_MATCH;
    };

    /** The offset after the token that begins exactly at {@code offset}, or {@link #NO_MATCH}. */
    int endOfMatch(String source, int offset);

    /** Whether the character is an ASCII digit. */
    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** Whether the character may follow the first one of a name. */
    static boolean isNamePart(int c) {
        return isLowerCase(c) || isUpperCase(c) || isDigit(c) || c == '_';
    }

    private static int nameEnd(String source, int offset, IntPredicate first) {
        if (offset == source.length() || !first.test(source.charAt(offset))) {
            return NO_MATCH;
        }
        int end = offset + 1;
        while (end < source.length() && isNamePart(source.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isLowerCase(int c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isUpperCase(int c) {
        return c >= 'A' && c <= 'Z';
    }
}
