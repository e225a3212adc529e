package dev.omnigraph.controlplane.graph;

/**
 * Where a graph lives: an absolute local path or an {@code s3://} URI ending in {@code graphs/<id>.omni}, without a
 * trailing slash (graph-format.md 1.4). Always derived from the storage root, never configured.
 */
public record GraphRoot(String location) {

    @Override
    public String toString() {
        return location;
    }
}
