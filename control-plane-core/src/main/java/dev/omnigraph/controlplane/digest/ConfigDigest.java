package dev.omnigraph.controlplane.digest;

import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonText;
import java.util.Map;
import java.util.TreeMap;

/** The digest that identifies a desired revision (control-plane.md 3.6). Bare lowercase hex. */
public final class ConfigDigest {

    private static final char NUL = 0;

    private ConfigDigest() {}

    /**
     * The digest over what was declared and over the resources it led to.
     *
     * @param declared the parsed document with its keys in the format's order, values as declared
     * @param resourceDigests the whole desired set, in any order
     */
    public static String of(JsonObject declared, Map<? extends ResourceAddress, String> resourceDigests) {
        StringBuilder input = new StringBuilder("cluster-config")
                .append(NUL)
                .append(JsonText.compact(declared))
                .append(NUL);
        new TreeMap<ResourceAddress, String>(resourceDigests)
                .forEach((address, digest) ->
                        input.append(address.text()).append(NUL).append(digest).append(NUL));
        return Sha256.hex(input.toString());
    }
}
