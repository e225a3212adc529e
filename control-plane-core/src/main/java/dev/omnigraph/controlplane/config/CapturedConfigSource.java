package dev.omnigraph.controlplane.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A source that remembers what was read of it, so that it can be stored as it was read. Paths are told in the spelling that
 * an archive has them in. Used once; not thread-safe.
 */
public final class CapturedConfigSource implements ConfigSource {

    private final ConfigSource source;
    private final Map<String, FileContent> files = new LinkedHashMap<>();

    public CapturedConfigSource(ConfigSource source) {
        this.source = source;
    }

    /** The files that were read, by path. A path that leads out of the folder is told as it is spelled. */
    public Map<String, FileContent> files() {
        return new LinkedHashMap<>(files);
    }

    @Override
    public boolean exists() {
        return source.exists();
    }

    @Override
    public String displayRoot() {
        return source.displayRoot();
    }

    @Override
    public Optional<Path> folder() {
        return source.folder();
    }

    @Override
    public FileRead read(String declared, SourceScope scope) {
        FileRead read = source.read(declared, scope);
        if (read instanceof FileRead.Found found) {
            files.put(plain(declared), found.content());
        }
        return read;
    }

    @Override
    public FolderListing list(String declared, SourceScope scope) {
        return source.list(declared, scope);
    }

    /** Without empty and {@code .} segments, and with {@code ..} resolved by the text alone. */
    private static String plain(String declared) {
        List<String> segments = new ArrayList<>();
        for (String segment : declared.split("/", -1)) {
            if (segment.equals("..") && !segments.isEmpty()) {
                segments.remove(segments.size() - 1);
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return (declared.startsWith("/") ? "/" : "") + String.join("/", segments);
    }
}
