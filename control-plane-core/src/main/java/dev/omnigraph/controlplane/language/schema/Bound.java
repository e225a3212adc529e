package dev.omnigraph.controlplane.language.schema;

import dev.omnigraph.controlplane.json.DoubleFormat;

/** One end of a range (schema-language.md 4.3). */
public sealed interface Bound {

    /** The bound that a number of the language means: digits with an optional sign and fraction. */
    static Bound parse(String number) {
        try {
            return new OfInteger(Long.parseLong(number));
        } catch (NumberFormatException noLong) {
            return new OfFloat(Double.parseDouble(number));
        }
    }

    /** The spelling inside the sort key of a constraint, such as {@code Integer(5)} (schema-language.md 7.5). */
    String sortKey();

    /** A bound written as a whole number that a signed 64-bit integer holds. */
    record OfInteger(long value) implements Bound {
        @Override
        public String sortKey() {
            return "Integer(" + value + ")";
        }
    }

    /** Any other bound; infinite where the literal is beyond the largest double. */
    record OfFloat(double value) implements Bound {
        @Override
        public String sortKey() {
            return "Float(" + DoubleFormat.sortKey(value) + ")";
        }
    }
}
