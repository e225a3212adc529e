package dev.omnigraph.controlplane.app.http;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;

/** What endpoints take of request bodies, how large these may be, and how slow. */
public final class Bodies {

    private Bodies() {}

    /**
     * The resolvers of bodies and of the keys that belong to them.
     *
     * @param maxBytes of a JSON document
     * @param maxArchiveBytes of an archive
     * @param patience how long either may take
     */
    public static List<HandlerMethodArgumentResolver> resolvers(
            int maxBytes, int maxArchiveBytes, Duration patience, InstantSource clock) {
        BodyBytes json = new BodyBytes(maxBytes, "control-plane.http.max-body-size", patience, clock);
        BodyBytes archive =
                new BodyBytes(maxArchiveBytes, "control-plane.configurations.max-archive-size", patience, clock);
        return List.of(new JsonBodies(json), new ArchiveBodies(archive), new RepeatableCalls(json, archive));
    }
}
