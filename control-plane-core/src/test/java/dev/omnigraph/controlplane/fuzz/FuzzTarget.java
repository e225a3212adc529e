package dev.omnigraph.controlplane.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/** Something that has to cope with any text. */
public interface FuzzTarget {

    /** A word for reports. */
    String name();

    /** Texts that mutations start from. */
    List<String> originals();

    /** Pieces of the language that mutations put in. */
    List<String> fragments();

    /** The recording that holds more originals, and the name of the members that hold them. */
    RecordedTexts recorded();

    /**
     * Judges a text.
     *
     * @param random for choices of the judge's own
     * @return whether the text was accepted
     * @throws AssertionError where the answer is not one that a text may get
     */
    boolean accepts(String text, RandomGenerator random);
}
