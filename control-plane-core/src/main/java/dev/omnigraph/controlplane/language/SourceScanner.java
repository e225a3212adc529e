package dev.omnigraph.controlplane.language;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a source text element by element for a recursive-descent parser. The lexical rules are those that the schema
 * and the query language share (schema-language.md 1): space, tab, CR and LF separate elements, as do line comments and
 * block comments that do not nest; a keyword needs no boundary after it.
 *
 * <p>Every method that matches something first skips what may stand before it. A failed match moves nothing but that.
 *
 * <p>The scanner remembers the furthest place where a {@linkplain #failed named element} of the grammar could not
 * begin. That is the place a syntax error names, as the engine's own tool does; a missing keyword or punctuation mark
 * further on is told in the message. Not thread-safe.
 */
public final class SourceScanner {

    /** Longer sources are refused, counted in bytes of UTF-8. */
    public static final int MAX_SOURCE_BYTES = 1 << 20;

    private static final int LONGEST_QUOTED_WORD = 40;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String source;
    private int offset;

    private final Expectations elements = new Expectations();
    private final Expectations literals = new Expectations();
    private final SourceLines lines;

    private SourceScanner(String source) {
        this.source = source;
        this.lines = SourceLines.of(source);
    }

    /**
     * A scanner at the start of the text.
     *
     * @throws LanguageException when the text is longer than {@link #MAX_SOURCE_BYTES}
     */
    public static SourceScanner of(String source) throws LanguageException {
        int bytes = source.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_SOURCE_BYTES) {
            throw new LanguageException("the source has " + bytes + " bytes; at most " + MAX_SOURCE_BYTES
                    + " are read. Split it, or remove what it does not need.");
        }
        return new SourceScanner(source);
    }

    /** Where reading goes on. */
    public int offset() {
        return offset;
    }

    /** Goes back to an offset that an alternative started from. */
    public void resetTo(int earlierOffset) {
        offset = earlierOffset;
    }

    /** Skips white space and comments and answers where the next element begins. */
    public int nextElement() {
        int end;
        while ((end = endOfBlank(offset)) != offset) {
            offset = end;
        }
        return offset;
    }

    /** Whether nothing but white space and comments is left. */
    public boolean atEnd() {
        return nextElement() == source.length();
    }

    /** Takes a keyword or punctuation mark, as a prefix of what stands there. */
    public boolean take(String literal) {
        int start = nextElement();
        if (source.startsWith(literal, start)) {
            offset = start + literal.length();
            return true;
        }
        literals.add(start, literal);
        return false;
    }

    /** Takes a keyword or punctuation mark if it comes next; where it does not, no error will name it as expected. */
    public boolean takeQuietly(String literal) {
        return comesNext(literal) && take(literal);
    }

    /** Whether a keyword or punctuation mark comes next; takes nothing and expects nothing. */
    public boolean comesNext(String literal) {
        return source.startsWith(literal, nextElement());
    }

    /** Takes a token; where it does not stand, it is remembered as {@linkplain #failed expected}. */
    public Optional<Token> take(TokenRule rule, String name) {
        int start = nextElement();
        int end = rule.endOfMatch(source, start);
        if (end == TokenRule.NO_MATCH) {
            failed(start, name);
            return Optional.empty();
        }
        offset = end;
        return Optional.of(new Token(source.substring(start, end), start));
    }

    /**
     * Remembers that a named element of the grammar does not begin, or is not complete, at this offset.
     *
     * @param name for the message, with its article, such as {@code a property}
     */
    public void failed(int start, String name) {
        elements.add(start, name);
    }

    /** Begins to match a named element of the grammar at the next place. */
    public Attempt attempt(String name) {
        int start = nextElement();
        return new Attempt(name, start, elements.countAt(start), literals.countAt(start));
    }

    /** An element whose parts are tried; {@link #failed} makes its name stand for those parts that did not begin. */
    public final class Attempt {
        private final String name;
        private final int start;
        private final int elementsBefore;
        private final int literalsBefore;

        private Attempt(String name, int start, int elementsBefore, int literalsBefore) {
            this.name = name;
            this.start = start;
            this.elementsBefore = elementsBefore;
            this.literalsBefore = literalsBefore;
        }

        /** Remembers the element instead of what was expected at its start since the attempt began. */
        public void failed() {
            elements.keepAt(start, elementsBefore);
            literals.keepAt(start, literalsBefore);
            elements.add(start, name);
        }
    }

    /** The error that no alternative is left, at the furthest place where a named element was tried in vain. */
    public LanguageException syntaxError() {
        int place = elements.offset();
        if (literals.offset() > place) {
            return new LanguageException(
                    position(place),
                    "what begins here breaks off at " + position(literals.offset()) + ": expected "
                            + inWords(quoted(literals.names())) + ", found " + describe(literals.offset()));
        }
        Set<String> expected = new LinkedHashSet<>(elements.names());
        if (literals.offset() == place) {
            expected.addAll(quoted(literals.names()));
        }
        return new LanguageException(
                position(place), "expected " + inWords(List.copyOf(expected)) + ", found " + describe(place));
    }

    /** The place of an offset. */
    public SourcePosition position(int ofOffset) {
        return lines.positionOf(ofOffset);
    }

    /**
     * The value of a {@link TokenRule#STRING} token: without its quotes, with {@code \" \\ \n \r \t} replaced.
     *
     * @throws LanguageException at any other escape
     */
    public String unescape(Token string) throws LanguageException {
        String text = string.text();
        int closingQuote = text.length() - 1;
        StringBuilder value = new StringBuilder(closingQuote);
        int from = 1;
        for (int escape = text.indexOf('\\', from); escape >= 0; escape = text.indexOf('\\', from)) {
            value.append(text, from, escape).append(escaped(string, escape + 1));
            from = escape + 2;
        }
        return value.append(text, from, closingQuote).toString();
    }

    private char escaped(Token string, int index) throws LanguageException {
        return switch (string.text().charAt(index)) {
            case '"' -> '"';
            case '\\' -> '\\';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default ->
                throw new LanguageException(
                        position(string.offset() + index - 1),
                        "a string knows the escapes \\\" \\\\ \\n \\r \\t, found a backslash before "
                                + describeCharacter(string.text().codePointAt(index))
                                + "; write \\\\ for a backslash");
        };
    }

    private int endOfBlank(int start) {
        if (start == source.length()) {
            return start;
        }
        char c = source.charAt(start);
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            return start + 1;
        }
        if (source.startsWith("//", start)) {
            int lineEnd = source.indexOf('\n', start);
            return lineEnd < 0 ? source.length() : lineEnd;
        }
        if (source.startsWith("/*", start)) {
            int close = source.indexOf("*/", start + 2);
            return close < 0 ? start : close + 2;
        }
        return start;
    }

    private String describe(int at) {
        if (at == source.length()) {
            return "the end of the text";
        }
        if (source.startsWith("/*", at)) {
            return "a block comment that is not closed";
        }
        if (source.charAt(at) == '"' && TokenRule.STRING.endOfMatch(source, at) == TokenRule.NO_MATCH) {
            return "a string that is not closed";
        }
        int end = at;
        while (end < source.length() && end - at < LONGEST_QUOTED_WORD && TokenRule.isNamePart(source.charAt(end))) {
            end++;
        }
        return end == at ? describeCharacter(source.codePointAt(at)) : "'" + source.substring(at, end) + "'";
    }

    private static String describeCharacter(int codePoint) {
        String number = String.format("U+%04X", codePoint);
        if (codePoint == BYTE_ORDER_MARK) {
            return "a byte-order mark (" + number + ")";
        }
        boolean ascii = codePoint > ' ' && codePoint < 0x7f;
        return ascii ? "'" + Character.toString(codePoint) + "'" : "the character " + number;
    }

    private static List<String> quoted(List<String> literals) {
        return literals.stream().map(literal -> "'" + literal + "'").toList();
    }

    private static String inWords(List<String> alternatives) {
        int last = alternatives.size() - 1;
        return last == 0
                ? alternatives.get(0)
                : String.join(", ", alternatives.subList(0, last)) + " or " + alternatives.get(last);
    }

    /** What was expected at the furthest offset where anything was. */
    private static final class Expectations {
        private final List<String> names = new ArrayList<>();
        private int offset;

        void add(int at, String name) {
            if (at > offset) {
                offset = at;
                names.clear();
            }
            if (at == offset && !names.contains(name)) {
                names.add(name);
            }
        }

        int countAt(int at) {
            return at == offset ? names.size() : 0;
        }

        /** Forgets what was added at the offset after the first {@code count} names. */
        void keepAt(int at, int count) {
            if (at == offset) {
                names.subList(count, names.size()).clear();
            }
        }

        int offset() {
            return offset;
        }

        List<String> names() {
            return names;
        }
    }
}
