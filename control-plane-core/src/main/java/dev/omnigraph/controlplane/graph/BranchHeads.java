package dev.omnigraph.controlplane.graph;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What looking for the newest commit of each branch of a graph came to. */
public sealed interface BranchHeads {

    /**
     * Every branch could be read.
     *
     * @param commits ids of newest commits by branch: main and user branches, not the lock branch of schema applies
     */
    record Read(SortedMap<String, String> commits) implements BranchHeads {

        public Read {
            commits = Collections.unmodifiableSortedMap(new TreeMap<>(commits));
        }

        /** Of a graph without other branches. */
        public static Read ofMain(String commit) {
            return new Read(new TreeMap<>(Map.of("main", commit)));
        }
    }

    /** No graph opens there, or one of its branches does not. */
    record NotOpenable(String reason) implements BranchHeads {}

    /** The storage did not answer; nothing may be decided on it. */
    record Unknown(String reason) implements BranchHeads {}
}
