package dev.omnigraph.controlplane.id;

import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.ulid.UlidCreator;
import java.time.Instant;

/**
 * ULIDs from the system clock and a secure random source. Those of one process sort in the order in which they were made,
 * also within a millisecond: what is chosen by its id, such as the newest approval, is then what was made last. Safe for use
 * by several threads.
 */
public final class UlidSource implements IdSource {

    /** The smallest identifier that can be made at a moment. */
    public static String firstAt(Instant moment) {
        return Ulid.min(moment.toEpochMilli()).toString();
    }

    @Override
    public String nextUlid() {
        return UlidCreator.getMonotonicUlid().toString();
    }
}
