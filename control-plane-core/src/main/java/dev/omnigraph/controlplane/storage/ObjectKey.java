package dev.omnigraph.controlplane.storage;

/**
 * The name of an object or a prefix below a storage root: segments joined by single slashes, none of them empty,
 * {@code .} or {@code ..}. The root itself is the empty key, {@link #ROOT}.
 */
public record ObjectKey(String path) {

    public static final ObjectKey ROOT = new ObjectKey("");

    private static final int MAX_LENGTH = 1024;

    public ObjectKey {
        if (path.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a key has at most " + MAX_LENGTH + " characters: " + path);
        }
        if (!path.isEmpty()) {
            for (String segment : path.split("/", -1)) {
                if (segment.isEmpty() || segment.equals(".") || segment.equals("..") || segment.indexOf('\0') >= 0) {
                    throw new IllegalArgumentException("not a key: " + path);
                }
            }
        }
    }

    /** The key of something below this one; {@code relative} may have several segments. */
    public ObjectKey child(String relative) {
        return new ObjectKey(path.isEmpty() ? relative : path + "/" + relative);
    }

    /** The last segment; empty for the root. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return path;
    }
}
