package dev.omnigraph.controlplane.language;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name an author probably meant. */
public final class NameSuggestion {

    /** Longer names get no suggestion: nobody mistypes those in one place only, and the search is quadratic. */
    static final int MAX_LENGTH = 64;

    private static final int LONGEST_WITH_ONE_SLIP = 5;

    private NameSuggestion() {}

    /**
     * The known name that is nearest to the given one: up to two slips away, one for short names. A slip is a character
     * too many, missing or wrong, or two exchanged; upper and lower case do not count. Of equally near names the first
     * in the alphabet.
     */
    public static Optional<String> forName(String name, Collection<String> known) {
        if (name.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        int most = name.length() <= LONGEST_WITH_ONE_SLIP ? 1 : 2;
        return known.stream()
                .filter(candidate -> Math.abs(candidate.length() - name.length()) <= most)
                .map(candidate -> new Near(candidate, slips(name, candidate)))
                .filter(near -> near.slips() <= most && near.slips() < name.length())
                .min(Comparator.comparingInt(Near::slips).thenComparing(Near::name))
                .map(Near::name);
    }

    private record Near(String name, int slips) {}

    /** The Damerau-Levenshtein distance (optimal string alignment) of the two, in lower case. */
    private static int slips(String mistyped, String meant) {
        String a = mistyped.toLowerCase(Locale.ROOT);
        String b = meant.toLowerCase(Locale.ROOT);
        int[][] distance = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                distance[i][j] = i == 0 || j == 0 ? i + j : nearest(a, b, i, j, distance);
            }
        }
        return distance[a.length()][b.length()];
    }

    private static int nearest(String a, String b, int i, int j, int[][] distance) {
        int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(distance[i - 1][j - 1] + wrong, 1 + Math.min(distance[i - 1][j], distance[i][j - 1]));
        boolean exchanged = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return exchanged ? Math.min(least, distance[i - 2][j - 2] + 1) : least;
    }
}
