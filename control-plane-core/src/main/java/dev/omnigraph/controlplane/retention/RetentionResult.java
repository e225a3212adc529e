package dev.omnigraph.controlplane.retention;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run of retention came to.
 *
 * @param removed how many of each kind are gone
 * @param kept what is due and stays, at most {@link RetentionRun#MAX_KEPT_SHOWN} of it
 * @param more whether a kind had more than one run looks at
 */
public record RetentionResult(SortedMap<String, Long> removed, List<Kept> kept, boolean more) {

    /** Of a run that did not begin. */
    public static final RetentionResult NOTHING = new RetentionResult(new TreeMap<>(), List.of(), false);

    public RetentionResult {
        removed = Collections.unmodifiableSortedMap(new TreeMap<>(removed));
        kept = List.copyOf(kept);
    }

    /**
     * Something that stays.
     *
     * @param path below the storage root
     */
    public record Kept(String path, String reason) {}
}
