package dev.omnigraph.controlplane.config;

/** Trimming as the engine's own tool does it: by Unicode's property White_Space, which Java's own methods do not follow. */
final class WhiteSpace {

    private WhiteSpace() {}

    static String trim(String text) {
        String leading = trimStart(text);
        int end = leading.length();
        while (end > 0 && isWhiteSpace(leading.charAt(end - 1))) {
            end--;
        }
        return leading.substring(0, end);
    }

    static String trimStart(String text) {
        int start = 0;
        while (start < text.length() && isWhiteSpace(text.charAt(start))) {
            start++;
        }
        return text.substring(start);
    }

    static boolean isBlank(String text) {
        return trimStart(text).isEmpty();
    }

    private static boolean isWhiteSpace(char c) {
        return switch (c) {
            case '\t', '\n', '\u000B', '\f', '\r', ' ', '\u0085', '\u00A0', '\u1680' -> true;
            case '\u2028', '\u2029', '\u202F', '\u205F', '\u3000' -> true;
            default -> c >= '\u2000' && c <= '\u200A';
        };
    }
}
