package dev.omnigraph.controlplane.language.yaml;

import java.math.BigInteger;

/** What a scalar is where no type is asked for. Equal values are equal keys of a map. */
public sealed interface ScalarValue {

    record Null() implements ScalarValue {}

    record Bool(boolean value) implements ScalarValue {}

    record Whole(BigInteger value) implements ScalarValue {}

    record Real(double value) implements ScalarValue {}

    record Text(String value) implements ScalarValue {}
}
