package dev.omnigraph.controlplane.approval;

import java.util.Optional;

/** Who is going to use an approval. */
public sealed interface Applier {

    /** Nobody yet: a plan, an approval, or a question about approvals. */
    record Undetermined() implements Applier {}

    /**
     * The one who applies now.
     *
     * @param actor the authenticated principal; empty where nobody is named
     */
    record Person(Optional<String> actor) implements Applier {}
}
