package dev.omnigraph.controlplane.storage.s3;

import dev.omnigraph.controlplane.storage.VersionTag;

/** Under what condition an object is written. */
sealed interface WriteCondition {

    /** No object has the key. */
    record Absent() implements WriteCondition {}

    /** The object under the key has this tag. */
    record Matches(VersionTag tag) implements WriteCondition {}
}
