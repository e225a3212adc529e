package dev.omnigraph.controlplane.app.http;

import java.util.List;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;

/** What endpoints take of request bodies, and how large these may be. */
public final class Bodies {

    private Bodies() {}

    /**
     * The resolvers of bodies and of the keys that belong to them.
     *
     * @param maxBytes of a JSON document
     * @param maxArchiveBytes of an archive
     */
    public static List<HandlerMethodArgumentResolver> resolvers(int maxBytes, int maxArchiveBytes) {
        BodyBytes json = new BodyBytes(maxBytes, "control-plane.http.max-body-size");
        BodyBytes archive = new BodyBytes(maxArchiveBytes, "control-plane.configurations.max-archive-size");
        return List.of(new JsonBodies(json), new ArchiveBodies(archive), new RepeatableCalls(json, archive));
    }
}
