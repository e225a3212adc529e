package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.diagnostic.Diagnostic;
import dev.omnigraph.controlplane.diagnostic.DiagnosticCode;
import dev.omnigraph.controlplane.digest.ResourceAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A desired state while it is put together: findings in the order in which they are made, and the resources and
 * dependencies that came of it so far. Not thread-safe.
 */
final class Draft {

    private final ConfigSource source;
    private final SourceScope scope;
    private final CheckedSources checked;
    private final List<Diagnostic> findings = new ArrayList<>();
    private final SortedMap<ResourceAddress, DesiredResource> resources = new TreeMap<>();
    private final List<Dependency> dependencies = new ArrayList<>();

    Draft(ConfigSource source, LoadOptions options, CheckedSources checked) {
        this.source = source;
        this.scope = options.scope();
        this.checked = checked;
    }

    ConfigSource source() {
        return source;
    }

    CheckedSources checked() {
        return checked;
    }

    void report(DiagnosticCode code, String path, String message) {
        findings.add(Diagnostic.of(code, path, message));
    }

    void report(List<Diagnostic> more) {
        findings.addAll(more);
    }

    /**
     * Reads a file that the configuration names; reports it where it cannot be read.
     *
     * @param kind what the file is, for messages
     * @param missing the code for a file that is missing or unreadable
     * @param path the place in the configuration that names the file
     */
    Optional<FileContent> readFile(String kind, String declared, DiagnosticCode missing, String path) {
        FileRead read = source.read(declared, scope);
        if (read instanceof FileRead.Found found) {
            return Optional.of(found.content());
        }
        if (read instanceof FileRead.Unreadable unreadable) {
            report(missing, path, "the " + kind + " `" + source.displayPath(declared) + "` " + unreadable.reason());
        } else {
            reportOutside(kind, declared, path);
        }
        return Optional.empty();
    }

    /** As {@link #readFile}; a file that is not UTF-8 counts as unreadable. */
    Optional<TextFile> readText(String kind, String declared, DiagnosticCode missing, String path) {
        Optional<FileContent> content = readFile(kind, declared, missing, path);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> text = content.get().text();
        if (text.isEmpty()) {
            report(missing, path, "the " + kind + " `" + source.displayPath(declared) + "` is not UTF-8 text");
        }
        return text.map(utf8 -> new TextFile(utf8, content.get().digest()));
    }

    /** Lists a folder that the configuration names; what comes of it is for the caller to report. */
    FolderListing list(String declared) {
        return source.list(declared, scope);
    }

    void reportOutside(String kind, String declared, String path) {
        report(
                DiagnosticCode.PATH_OUTSIDE_CONFIG,
                path,
                "the " + kind + " `" + declared + "` lies outside the configuration folder `" + source.displayRoot()
                        + "`; it was not read");
    }

    void add(ResourceAddress address, String digest) {
        resources.put(address, new DesiredResource(address, digest, Optional.empty()));
    }

    void add(ResourceAddress address, String digest, String declaredPath) {
        resources.put(address, new DesiredResource(address, digest, Optional.of(source.displayPath(declaredPath))));
    }

    void addDependency(ResourceAddress from, ResourceAddress to) {
        dependencies.add(new Dependency(from, to));
    }

    /** The digest of a resource that was added. */
    Optional<String> digestOf(ResourceAddress address) {
        return Optional.ofNullable(resources.get(address)).map(DesiredResource::digest);
    }

    SortedMap<ResourceAddress, String> digests() {
        SortedMap<ResourceAddress, String> digests = new TreeMap<>();
        resources.forEach((address, resource) -> digests.put(address, resource.digest()));
        return digests;
    }

    List<DesiredResource> resources() {
        return List.copyOf(resources.values());
    }

    /** Sorted at once, when there are no more: most were found in order. */
    List<Dependency> dependencies() {
        return dependencies.stream().distinct().sorted().toList();
    }

    List<Diagnostic> findings() {
        return List.copyOf(findings);
    }
}
