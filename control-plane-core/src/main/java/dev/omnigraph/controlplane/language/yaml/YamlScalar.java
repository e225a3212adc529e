package dev.omnigraph.controlplane.language.yaml;

import dev.omnigraph.controlplane.language.LanguageException;
import dev.omnigraph.controlplane.language.SourcePosition;
import java.math.BigInteger;
import java.util.Optional;

/**
 * A single value. Its text is what a field that takes text gets, whatever the value looks like; the other types follow
 * the rules that control-plane.md 2.3 measured.
 *
 * @param text unescaped and unfolded
 */
public record YamlScalar(String text, Style style, Optional<String> tag, SourcePosition position) implements YamlNode {

    static final String CORE_TAGS = "tag:yaml.org,2002:";

    private static final String NULL_TAG = CORE_TAGS + "null";
    private static final String BOOLEAN_TAG = CORE_TAGS + "bool";
    private static final String INTEGER_TAG = CORE_TAGS + "int";
    private static final String FLOAT_TAG = CORE_TAGS + "float";

    private static final int MAX_SHOWN = 60;

    /** How the scalar is written. Only plain ones can be anything but text unless a tag says so. */
    public enum Style {
        PLAIN,
        SINGLE_QUOTED,
        DOUBLE_QUOTED,
        LITERAL,
        FOLDED
    }

    /** Whether nothing is written at all: for a map or a list, that means an empty one. */
    public boolean isEmptyPlain() {
        return style == Style.PLAIN && text.isEmpty();
    }

    /**
     * Whether an optional field takes this as absent.
     *
     * @throws LanguageException where a tag promises null and the text is something else
     */
    public boolean isAbsent() throws LanguageException {
        if (style != Style.PLAIN) {
            return false;
        }
        if (tag.isEmpty()) {
            return text.isEmpty() || ScalarText.isNull(text);
        }
        if (!tag.get().equals(NULL_TAG)) {
            return false;
        }
        if (!ScalarText.isNull(text)) {
            throw new LanguageException(position, "expected null, found " + describe());
        }
        return true;
    }

    /** The value as a boolean: only the words {@code true} and {@code false}, in three spellings. */
    public Optional<Boolean> asBoolean() {
        return isPlainOrLiteralTagged(BOOLEAN_TAG) ? ScalarText.booleanOf(text) : Optional.empty();
    }

    /** The value as a whole number that is not negative: decimal, {@code 0x}, {@code 0o} or {@code 0b}. */
    public Optional<BigInteger> asUnsigned() {
        return isPlainOrLiteralTagged(INTEGER_TAG) ? ScalarText.unsignedOf(text) : Optional.empty();
    }

    /**
     * What the scalar is to a reader that asks for no type.
     *
     * @throws LanguageException where a tag promises a type that the text is not of, or a number is too large
     */
    public ScalarValue value() throws LanguageException {
        if (tag.isPresent()) {
            String written = tag.get();
            if (written.equals(NULL_TAG)
                    || written.equals(BOOLEAN_TAG)
                    || written.equals(INTEGER_TAG)
                    || written.equals(FLOAT_TAG)) {
                return promisedBy(written);
            }
            if (!hasLocalTag()) {
                return new ScalarValue.Text(text);
            }
        }
        return style == Style.PLAIN ? inferred() : new ScalarValue.Text(text);
    }

    @Override
    public String describe() {
        String shown = text.codePointCount(0, text.length()) > MAX_SHOWN
                ? text.substring(0, text.offsetByCodePoints(0, MAX_SHOWN)) + "…"
                : text;
        String tagged = tag.map(written -> " with the tag <" + written + ">").orElse("");
        if (style == Style.PLAIN) {
            return (text.isEmpty() ? "nothing" : "`" + shown + "`") + tagged;
        }
        return "the text \"" + shown + "\"" + tagged;
    }

    private boolean isPlainOrLiteralTagged(String expectedTag) {
        return style == Style.PLAIN || (style == Style.LITERAL && tag.equals(Optional.of(expectedTag)));
    }

    private ScalarValue promisedBy(String coreTag) throws LanguageException {
        Optional<? extends ScalarValue> value = switch (coreTag) {
            case NULL_TAG ->
                ScalarText.isNull(text) ? Optional.of(new ScalarValue.Null()) : Optional.<ScalarValue>empty();
            case BOOLEAN_TAG -> ScalarText.booleanOf(text).map(ScalarValue.Bool::new);
            case INTEGER_TAG -> integer();
            default -> ScalarText.floatOf(text).map(ScalarValue.Real::new);
        };
        if (value.isEmpty()) {
            throw new LanguageException(position, "the tag promises something else than " + describe());
        }
        return value.get();
    }

    private ScalarValue inferred() throws LanguageException {
        if (text.isEmpty() || ScalarText.isNull(text)) {
            return new ScalarValue.Null();
        }
        Optional<Boolean> bool = ScalarText.booleanOf(text);
        if (bool.isPresent()) {
            return new ScalarValue.Bool(bool.get());
        }
        Optional<ScalarValue.Whole> whole = integer();
        if (whole.isPresent()) {
            return whole.get();
        }
        Optional<Double> number = ScalarText.hasLeadingZero(text) ? Optional.empty() : ScalarText.floatOf(text);
        return number.isPresent() ? new ScalarValue.Real(number.get()) : new ScalarValue.Text(text);
    }

    /** Whole numbers of 65 to 128 bits are numbers that no reader takes; longer ones are floating point. */
    private Optional<ScalarValue.Whole> integer() throws LanguageException {
        Optional<BigInteger> integer = ScalarText.integerOf(text);
        if (integer.isEmpty()) {
            return Optional.empty();
        }
        if (integer.get().bitLength() > (integer.get().signum() < 0 ? Long.SIZE - 1 : Long.SIZE)) {
            throw new LanguageException(position, describe() + " does not fit into 64 bits");
        }
        return integer.map(ScalarValue.Whole::new);
    }
}
