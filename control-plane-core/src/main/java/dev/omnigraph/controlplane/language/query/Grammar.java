package dev.omnigraph.controlplane.language.query;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.SourcePosition;
import dev.omnigraph.controlplane.language.SourceScanner;
import dev.omnigraph.controlplane.language.Token;
import dev.omnigraph.controlplane.language.TokenRule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Matches the rules of a grammar against a text. Choice is ordered: the first alternative that matches is taken, and
 * what an alternative read before it failed is taken back (query-language.md 2).
 *
 * <p>Text that follows the grammar can still be wrong, such as by a number that is too large. A rule
 * {@linkplain #report reports} that and matches, so that a syntax error anywhere comes first. For one text and one
 * thread.
 */
final class Grammar {

    /** Deeper nesting is refused, so that neither parser nor checker exhausts the stack. */
    static final int MAX_NESTING = 128;

    private static final Pattern LEADING_ZEROS = Pattern.compile("^0+(?=[0-9])");

    private final SourceScanner scanner;
    private final List<LanguageException> problems = new ArrayList<>();
    private int depth;
    private Optional<LanguageException> tooDeep = Optional.empty();

    Grammar(SourceScanner scanner) {
        this.scanner = scanner;
    }

    /** One rule. Reads what it matches; after a mismatch the caller decides where reading goes on. */
    @FunctionalInterface
    interface Rule<T> {
        T match() throws Mismatch;
    }

    /** The text does not follow a rule here. Carries nothing: the scanner knows what was expected where. */
    static final class Mismatch extends Exception {
        private static final long serialVersionUID = 1L;

        Mismatch() {
            super(null, null, false, false);
        }
    }

    /**
     * Matches the rule against the whole text.
     *
     * @throws LanguageException for the syntax error, else for the first reported problem
     */
    <T> T wholeText(Rule<T> rule) throws LanguageException {
        T value;
        try {
            value = rule.match();
            element("the end of the text", this::end);
        } catch (Mismatch mismatch) {
            throw tooDeep.orElseGet(scanner::syntaxError);
        }
        if (!problems.isEmpty()) {
            throw problems.get(0);
        }
        return value;
    }

    /** The rule as an element of the language: where it does not match, its name is what was expected. */
    <T> T element(String name, Rule<T> rule) throws Mismatch {
        SourceScanner.Attempt attempt = scanner.attempt(name);
        try {
            return rule.match();
        } catch (Mismatch mismatch) {
            attempt.failed();
            throw mismatch;
        }
    }

    /** The first alternative that matches, each of them an element of this name. */
    @SafeVarargs
    final <T> T firstOf(String name, Rule<? extends T>... alternatives) throws Mismatch {
        for (Rule<? extends T> alternative : alternatives) {
            Optional<T> match = optional(() -> element(name, alternative));
            if (match.isPresent()) {
                return match.get();
            }
        }
        throw new Mismatch();
    }

    /** What the rule matches, or nothing, with nothing read, where it does not. */
    <T> Optional<T> optional(Rule<? extends T> rule) throws Mismatch {
        int offset = scanner.offset();
        int reported = problems.size();
        try {
            return Optional.<T>of(rule.match());
        } catch (Mismatch mismatch) {
            if (tooDeep.isPresent()) {
                throw mismatch;
            }
            scanner.resetTo(offset);
            problems.subList(reported, problems.size()).clear();
            return Optional.empty();
        }
    }

    /** The rule as often as it matches. It must not match the empty text; the size of the source bounds the loop. */
    <T> List<T> zeroOrMore(Rule<T> rule) throws Mismatch {
        List<T> matches = new ArrayList<>();
        for (Optional<T> match = optional(rule); match.isPresent(); match = optional(rule)) {
            matches.add(match.get());
        }
        return matches;
    }

    /** The rule as often as it matches, and at least once. */
    <T> List<T> oneOrMore(Rule<T> rule) throws Mismatch {
        List<T> matches = new ArrayList<>();
        matches.add(rule.match());
        matches.addAll(zeroOrMore(rule));
        return matches;
    }

    /** At least one match of the rule, with commas between; a comma after the last is not read. */
    <T> List<T> commaSeparated(Rule<T> rule) throws Mismatch {
        List<T> matches = new ArrayList<>();
        matches.add(rule.match());
        matches.addAll(zeroOrMore(() -> {
            literal(",");
            return rule.match();
        }));
        return matches;
    }

    /** The rule one level deeper; every rule that can contain itself goes through here. */
    <T> T nested(Rule<T> rule) throws Mismatch {
        if (depth == MAX_NESTING) {
            tooDeep = Optional.of(
                    new LanguageException(here(), "nested more than " + MAX_NESTING + " levels deep; take it apart"));
            throw new Mismatch();
        }
        depth++;
        try {
            return rule.match();
        } finally {
            depth--;
        }
    }

    /** Exactly this text; what follows may touch it, for words have no boundaries. */
    void literal(String text) throws Mismatch {
        if (!accepts(text)) {
            throw new Mismatch();
        }
    }

    /** Reads this text if it is next. */
    boolean accepts(String text) {
        return scanner.take(text);
    }

    /** A token, as written. */
    String token(String name, TokenRule rule) throws Mismatch {
        return scanner.take(rule, name).orElseThrow(Mismatch::new).text();
    }

    /**
     * A whole number; a larger one than {@code max} is reported, and read as {@code max}.
     *
     * @param name with its article, for both kinds of errors
     */
    BigInteger number(String name, BigInteger max) throws Mismatch {
        SourcePosition position = here();
        String digits = LEADING_ZEROS.matcher(token(name, TokenRule.DIGITS)).replaceFirst("");
        boolean tooLong = digits.length() > max.toString().length();
        if (tooLong || new BigInteger(digits).compareTo(max) > 0) {
            report(position, name + " is at most " + max + ", found a larger number");
            return max;
        }
        return new BigInteger(digits);
    }

    /** A quoted string, decoded; an unknown escape is reported. */
    String string() throws Mismatch {
        Token token =
                scanner.take(TokenRule.STRING, "a string in double quotes").orElseThrow(Mismatch::new);
        try {
            return scanner.unescape(token);
        } catch (LanguageException unknownEscape) {
            problems.add(unknownEscape);
            return token.text();
        }
    }

    /** Where the next element begins. */
    SourcePosition here() {
        return scanner.position(scanner.nextElement());
    }

    /** Says what is wrong with text that follows the grammar; forgotten when that text is taken back. */
    void report(SourcePosition position, String problem) {
        problems.add(new LanguageException(position, problem));
    }

    private boolean end() throws Mismatch {
        if (!scanner.atEnd()) {
            throw new Mismatch();
        }
        return true;
    }
}
