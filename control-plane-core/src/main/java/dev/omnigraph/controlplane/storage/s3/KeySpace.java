package dev.omnigraph.controlplane.storage.s3;

import dev.omnigraph.controlplane.storage.ObjectKey;

/**
 * How keys below a storage root are spelled in its bucket.
 *
 * @param prefix what every name in the bucket begins with, without a slash at its end; empty where the bucket is the root
 */
record KeySpace(String prefix) {

    /** The name of an object. */
    String name(ObjectKey key) {
        return root() + key.path();
    }

    /** What the names of all objects below a key begin with. */
    String below(ObjectKey key) {
        return key.equals(ObjectKey.ROOT) ? root() : root() + key.path() + "/";
    }

    /**
     * The key of a name in the bucket.
     *
     * @throws BucketException where the name is not one that a key can have
     */
    ObjectKey key(String name) throws BucketException {
        try {
            return new ObjectKey(name.substring(root().length()));
        } catch (IllegalArgumentException e) {
            throw new BucketException(
                    "an object in the bucket has the name \"" + name + "\", which no program of the cluster gives");
        }
    }

    private String root() {
        return prefix.isEmpty() ? "" : prefix + "/";
    }
}
