package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;

/** Stands for the death of the process at a fault point: nobody catches it, and nobody clears away after it. */
final class Death extends Error {

    private static final long serialVersionUID = 1L;

    /** Dies when a point is reached for the first time. */
    static FaultPoints at(FaultPoint armed) {
        return at(armed, 1);
    }

    /** Dies when a point is reached for the n-th time. */
    static FaultPoints at(FaultPoint armed, int time) {
        int[] left = {time};
        return point -> {
            if (point == armed && --left[0] == 0) {
                throw new Death();
            }
        };
    }
}
