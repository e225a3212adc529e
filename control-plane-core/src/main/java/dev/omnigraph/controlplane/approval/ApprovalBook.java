package dev.omnigraph.controlplane.approval;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All decisions as they were stored at one moment.
 *
 * @param entries by id
 * @param findings artifacts that cannot be used, each with its file
 */
public record ApprovalBook(SortedMap<String, ApprovalEntry> entries, List<Diagnostic> findings) {

    /** No decisions. */
    public static final ApprovalBook EMPTY = new ApprovalBook(new TreeMap<>(), List.of());

    public ApprovalBook {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
        findings = List.copyOf(findings);
    }

    public Optional<ApprovalEntry> entry(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** Every decision about one resource, newest first. */
    public List<ApprovalEntry> about(String resource) {
        List<ApprovalEntry> about = new ArrayList<>(entries.values());
        about.removeIf(entry -> !entry.bound().resource().equals(resource));
        Collections.reverse(about);
        return List.copyOf(about);
    }
}
