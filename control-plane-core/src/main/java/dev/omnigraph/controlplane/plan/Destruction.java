package dev.omnigraph.controlplane.plan;

import dev.omnigraph.controlplane.json.JsonObject;

/** What a change would destroy, as it was looked at just now. */
public sealed interface Destruction permits GraphDestruction, HistoryDestruction {

    /** Names exactly the content that was looked at. */
    String seen();

    /** What {@link #toJson} is called in answers. */
    String member();

    /** For people; {@link #seen} stands beside it. */
    JsonObject toJson();
}
