package dev.omnigraph.controlplane.storage;

import dev.omnigraph.controlplane.graph.GraphRoot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where everything of one cluster is stored, and how that place is spelled in messages, documents and graph roots
 * (control-plane.md 2.7).
 */
public sealed interface StorageRoot {

    /** What a declaration of a bucket begins with. */
    String S3_SCHEME = "s3://";

    /** What the URI form of a folder begins with. */
    String FILE_SCHEME = "file://";

    /**
     * The root that a declaration names.
     *
     * @param declaration the value of {@code storage:}, trimmed and without trailing slashes
     * @throws IllegalArgumentException where it names no bucket, or a folder by a relative path: what that would be
     *     relative to is for nobody to guess
     */
    static StorageRoot parse(String declaration) {
        if (declaration.startsWith(S3_SCHEME)) {
            return Bucket.parse(declaration);
        }
        String path = declaration.startsWith(FILE_SCHEME) ? declaration.substring(FILE_SCHEME.length()) : declaration;
        return new Folder(Path.of(path));
    }

    /** The key, below any root, under which the graph with this id is stored. */
    static ObjectKey graphKey(String id) {
        if (id.indexOf('/') >= 0) {
            throw new IllegalArgumentException("not the id of a graph: " + id);
        }
        return ObjectKey.ROOT.child("graphs/" + id + ".omni");
    }

    /** The form that people and stored documents see: an absolute path, or an {@code s3://} URI; no trailing slash. */
    String display();

    /** The form with a scheme that some diagnostics show. Nothing is escaped in it. */
    String uri();

    /**
     * So many requests at the same time are worth it, and more are not sent by one process for one command: a disk does few
     * things at once, and a bucket answers each request after the way there and back, whatever else is under way.
     */
    int requestsAtOnce();

    /** The display form of something below this root. */
    default String display(ObjectKey key) {
        return below(display(), key);
    }

    /** The URI form of something below this root. */
    default String uri(ObjectKey key) {
        return below(uri(), key);
    }

    /** Where the graph with this id lives: always derived, never configured. */
    default GraphRoot graphRoot(String id) {
        return new GraphRoot(display(graphKey(id)));
    }

    private static String below(String root, ObjectKey key) {
        if (key.equals(ObjectKey.ROOT)) {
            return root;
        }
        return root.endsWith("/") ? root + key : root + "/" + key;
    }

    /**
     * A local folder.
     *
     * @param absolute without {@code .} segments; {@code ..} and symbolic links are left for the file system to resolve
     */
    record Folder(Path absolute) implements StorageRoot {

        private static final int REQUESTS_AT_ONCE = 4;

        public Folder {
            if (!absolute.isAbsolute()) {
                throw new IllegalArgumentException("a storage root is an absolute path: " + absolute);
            }
            absolute = withoutDots(absolute);
        }

        @Override
        public String display() {
            return absolute.toString();
        }

        @Override
        public String uri() {
            return FILE_SCHEME + display();
        }

        @Override
        public int requestsAtOnce() {
            return REQUESTS_AT_ONCE;
        }

        private static Path withoutDots(Path path) {
            List<String> segments = new ArrayList<>();
            for (Path segment : path) {
                if (!segment.toString().equals(".")) {
                    segments.add(segment.toString());
                }
            }
            return Path.of("/", segments.toArray(String[]::new));
        }
    }

    /**
     * A part of a bucket.
     *
     * @param prefix what every key begins with, without slashes at its end; empty where the bucket is the root
     */
    record Bucket(String bucket, String prefix) implements StorageRoot {

        private static final int REQUESTS_AT_ONCE = 16;

        public Bucket {
            if (bucket.isEmpty() || bucket.indexOf('/') >= 0) {
                throw new IllegalArgumentException("not the name of a bucket: " + bucket);
            }
            if (prefix.endsWith("/")) {
                throw new IllegalArgumentException("a prefix has no slash at its end: " + prefix);
            }
        }

        @Override
        public String display() {
            return S3_SCHEME + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
        }

        @Override
        public String uri() {
            return display();
        }

        @Override
        public int requestsAtOnce() {
            return REQUESTS_AT_ONCE;
        }

        private static Bucket parse(String declaration) {
            String rest = declaration.substring(S3_SCHEME.length());
            int slash = rest.indexOf('/');
            return slash < 0 ? new Bucket(rest, "") : new Bucket(rest.substring(0, slash), rest.substring(slash + 1));
        }
    }
}
