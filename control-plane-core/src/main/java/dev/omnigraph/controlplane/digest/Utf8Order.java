package dev.omnigraph.controlplane.digest;

import java.util.Comparator;

/**
 * The order of all maps, addresses and lists in the format: bytewise over UTF-8. It differs from
 * {@link String#compareTo} only where one text has a surrogate pair.
 */
public final class Utf8Order {

    public static final Comparator<String> COMPARATOR = Utf8Order::compare;

    private Utf8Order() {}

    private static int compare(String left, String right) {
        int shared = Math.min(left.length(), right.length());
        for (int i = 0; i < shared; i++) {
            char l = left.charAt(i);
            char r = right.charAt(i);
            if (l != r) {
                boolean onlyOneIsSurrogate = Character.isSurrogate(l) != Character.isSurrogate(r);
                return onlyOneIsSurrogate ? (Character.isSurrogate(l) ? 1 : -1) : Character.compare(l, r);
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
