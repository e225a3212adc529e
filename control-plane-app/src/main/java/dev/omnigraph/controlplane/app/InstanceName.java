package dev.omnigraph.controlplane.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What this process calls itself in records: the instance, and the host it runs on. */
record InstanceName(String instance, String host) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,256}");
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^A-Za-z0-9_-]");
    private static final String UNKNOWN_HOST = "localhost";

    /**
     * The configured name, or one made of the host's.
     *
     * @throws StartRefusedException when the configured name cannot be used in ids
     */
    static InstanceName of(Optional<String> configured) {
        String host = hostName();
        String instance = configured.orElse(NOT_IN_NAMES.matcher(host).replaceAll("-"));
        if (!NAME.matcher(instance).matches()) {
            throw new StartRefusedException(
                    "control-plane.instance-id=" + instance + " cannot be used in ids.",
                    "Use 1 to 256 ASCII letters, digits, underscores and hyphens.");
        }
        return new InstanceName(instance, host);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return UNKNOWN_HOST;
        }
    }
}
