package dev.omnigraph.controlplane.storage.s3;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Lets requests go wrong by chance, in the same way with the same seed as long as they come in the same order, and counts what
 * went wrong. Overload comes in bursts. Thread-safe.
 */
final class RandomFaults implements EmbeddedS3.Disturbance {

    /** What takes no time. A request that lands later than its answer is none of them: that is no history of its caller. */
    static final List<ServerFault> QUICK = List.of(
            ServerFault.ERROR_BEFORE,
            ServerFault.ERROR_AFTER,
            ServerFault.REQUEST_LOST,
            ServerFault.ANSWER_LOST,
            ServerFault.CONFLICT,
            ServerFault.SLOW_DOWN,
            ServerFault.SLOW_BODY,
            ServerFault.CUT_ANSWER);

    /** So many requests in a row are answered as under load. */
    private static final int BURST = 6;

    private final SplittableRandom random;
    private final int faultsInHundred;
    private final int silentEach;
    private final Map<ServerFault, Integer> injected = new EnumMap<>(ServerFault.class);
    private int requests;
    private int leftOfBurst;

    /**
     * Faults that take no time, and those that do.
     *
     * @param faultsInHundred about so many of a hundred requests go wrong
     * @param silentEach one of so many requests is not answered until the caller has given up
     */
    RandomFaults(long seed, int faultsInHundred, int silentEach) {
        this.random = new SplittableRandom(seed);
        this.faultsInHundred = faultsInHundred;
        this.silentEach = silentEach;
    }

    /** Faults that take no time; about so many of a hundred requests go wrong. */
    static RandomFaults quick(long seed, int faultsInHundred) {
        return new RandomFaults(seed, faultsInHundred, Integer.MAX_VALUE);
    }

    @Override
    public synchronized ServerFault on(String method, String key) {
        ServerFault fault = next();
        injected.merge(fault, 1, Integer::sum);
        return fault;
    }

    private ServerFault next() {
        requests++;
        if (requests % silentEach == 0) {
            return ServerFault.SLOW_ANSWER;
        }
        if (leftOfBurst > 0) {
            leftOfBurst--;
            return ServerFault.SLOW_DOWN;
        }
        if (random.nextInt(100) >= faultsInHundred) {
            return ServerFault.NONE;
        }
        ServerFault fault = QUICK.get(random.nextInt(QUICK.size()));
        leftOfBurst = fault == ServerFault.SLOW_DOWN ? BURST - 1 : 0;
        return fault;
    }

    /** How often each went wrong, {@link ServerFault#NONE} among them. */
    synchronized Map<ServerFault, Integer> injected() {
        return Collections.unmodifiableMap(new EnumMap<>(injected));
    }
}
