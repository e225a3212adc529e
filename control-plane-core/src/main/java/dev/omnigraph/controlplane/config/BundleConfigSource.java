package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.digest.Utf8Order;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files of an uploaded configuration. Paths mean what they would mean in a folder with these files and no links;
 * whatever leads out of it is outside, in every scope.
 */
public final class BundleConfigSource implements ConfigSource {

    private static final String ROOT = "";

    private final String displayRoot;
    private final Map<String, FileContent> files;
    private final Set<String> folders = new HashSet<>(Set.of(ROOT));

    /**
     * A bundle.
     *
     * @param displayRoot what stands for the folder in messages
     * @param files by relative path with single slashes and no {@code .} or {@code ..} segments
     */
    public BundleConfigSource(String displayRoot, Map<String, FileContent> files) {
        this.displayRoot = displayRoot;
        this.files = Map.copyOf(files);
        for (String path : this.files.keySet()) {
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                folders.add(path.substring(0, slash));
            }
        }
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public String displayRoot() {
        return displayRoot;
    }

    @Override
    public Optional<Path> folder() {
        return Optional.empty();
    }

    @Override
    public FileRead read(String declared, SourceScope scope) {
        Location location = locate(declared);
        if (location.outside()) {
            return new FileRead.Outside();
        }
        Optional<FileContent> content = location.path().map(files::get);
        if (content.isPresent()) {
            return new FileRead.Found(content.get());
        }
        boolean folder = location.path().filter(folders::contains).isPresent();
        return new FileRead.Unreadable(folder ? "is a folder" : "does not exist");
    }

    @Override
    public FolderListing list(String declared, SourceScope scope) {
        Location location = locate(declared);
        if (location.outside()) {
            return new FolderListing.Outside();
        }
        return location.path()
                .filter(folders::contains)
                .<FolderListing>map(folder -> new FolderListing.Names(namesIn(folder)))
                .orElseGet(FolderListing.NotAFolder::new);
    }

    private List<String> namesIn(String folder) {
        String prefix = folder.equals(ROOT) ? ROOT : folder + "/";
        Set<String> names = new TreeSet<>(Utf8Order.COMPARATOR);
        for (String path : files.keySet()) {
            if (path.startsWith(prefix)) {
                String rest = path.substring(prefix.length());
                int slash = rest.indexOf('/');
                names.add(slash < 0 ? rest : rest.substring(0, slash));
            }
        }
        return new ArrayList<>(names);
    }

    /** Where a declared path leads; no path where something on the way is no folder. */
    private record Location(boolean outside, Optional<String> path) {

        static final Location OUTSIDE = new Location(true, Optional.empty());
        static final Location NOWHERE = new Location(false, Optional.empty());
    }

    /** Follows the path segment by segment, as the operating system would. */
    private Location locate(String declared) {
        if (declared.startsWith("/")) {
            return Location.OUTSIDE;
        }
        boolean reachable = true;
        List<String> segments = new ArrayList<>();
        for (String segment : declared.split("/", -1)) {
            reachable &= folders.contains(String.join("/", segments));
            if (segment.equals("..")) {
                if (segments.isEmpty()) {
                    return Location.OUTSIDE;
                }
                segments.remove(segments.size() - 1);
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return reachable ? new Location(false, Optional.of(String.join("/", segments))) : Location.NOWHERE;
    }
}
