package dev.omnigraph.controlplane.app.contract;

import java.util.Arrays;
import java.util.Comparator;

/** The version of a contract (semver.org). Before the first major version, the minor one says what the major one says later. */
record ContractVersion(int major, int minor, int patch) implements Comparable<ContractVersion> {

    private static final Comparator<ContractVersion> ORDER = Comparator.comparingInt(ContractVersion::major)
            .thenComparingInt(ContractVersion::minor)
            .thenComparingInt(ContractVersion::patch);

    static ContractVersion of(String text) {
        int[] parts =
                Arrays.stream(text.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
        if (parts.length != 3) {
            throw new IllegalArgumentException("no version of three parts: " + text);
        }
        return new ContractVersion(parts[0], parts[1], parts[2]);
    }

    /** Whether this version says that clients of the released one may not work any more. */
    boolean mayBreak(ContractVersion released) {
        return major > released.major || (major == 0 && released.major == 0 && minor > released.minor);
    }

    @Override
    public int compareTo(ContractVersion other) {
        return ORDER.compare(this, other);
    }
}
