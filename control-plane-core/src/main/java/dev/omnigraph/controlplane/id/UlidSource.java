package dev.omnigraph.controlplane.id;

import com.github.f4b6a3.ulid.UlidCreator;

/** ULIDs from the system clock and a secure random source. */
public final class UlidSource implements IdSource {

    @Override
    public String nextUlid() {
        return UlidCreator.getUlid().toString();
    }
}
