package dev.omnigraph.controlplane.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes texts that nobody wrote out of texts that somebody could have written. */
final class Mutator {

    private static final int MOST_CHANGES = 4;
    private static final int LONGEST_RANGE = 12;
    private static final int LONGEST_SPLICE = 200;
    private static final int MOST_REPEATS = 3_000;
    /** One in so many texts has a piece repeated very often, as nesting that goes too deep. */
    private static final int REPEATS_EVERY = 50;

    private final List<String> originals;
    private final List<String> fragments;

    Mutator(List<String> originals, List<String> fragments) {
        this.originals = List.copyOf(originals);
        this.fragments = List.copyOf(fragments);
    }

    String next(RandomGenerator random) {
        StringBuilder text = new StringBuilder(oneOf(originals, random));
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            change(text, random);
        }
        if (random.nextInt(REPEATS_EVERY) == 0) {
            String piece = oneOf(fragments, random);
            text.insert(place(text, random), piece.repeat(random.nextInt(MOST_REPEATS)));
        }
        return asUtf8(text.toString());
    }

    /** Every text comes as UTF-8, which has no half of a surrogate pair. */
    private static String asUtf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private void change(StringBuilder text, RandomGenerator random) {
        int from = place(text, random);
        int to = Math.min(text.length(), from + random.nextInt(LONGEST_RANGE));
        switch (random.nextInt(7)) {
            case 0 -> text.delete(from, to);
            case 1 -> text.insert(from, oneOf(fragments, random));
            case 2 -> text.replace(from, to, oneOf(fragments, random));
            case 3 -> text.insert(place(text, random), text.substring(from, to));
            case 4 -> text.insert(from, splice(random));
            case 5 -> text.insert(from, (char) random.nextInt(Character.MAX_VALUE + 1));
            default -> text.setLength(random.nextInt(8) == 0 ? from : text.length());
        }
    }

    /** Part of another original. */
    private String splice(RandomGenerator random) {
        String other = oneOf(originals, random);
        int from = random.nextInt(other.length() + 1);
        return other.substring(from, Math.min(other.length(), from + random.nextInt(LONGEST_SPLICE)));
    }

    private static int place(CharSequence text, RandomGenerator random) {
        return random.nextInt(text.length() + 1);
    }

    private static String oneOf(List<String> texts, RandomGenerator random) {
        return texts.get(random.nextInt(texts.size()));
    }
}
