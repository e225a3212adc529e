package dev.omnigraph.controlplane.app.status;

import dev.omnigraph.controlplane.instance.Presence;
import dev.omnigraph.controlplane.instance.Sign;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.ledger.WireTime;

/** The process that holds the lock, as answers show it. */
public final class HolderView {

    static final String LAST_SIGN_AT = "last_sign_at";
    static final String LAST_SIGN_AGE = "last_sign_age_seconds";

    private HolderView() {}

    /** The instance that announced this lock; null where it is none of this service. */
    public static JsonValue of(Presence presence, String lockId) {
        return JsonValue.orNull(presence.holder(lockId).map(HolderView::json));
    }

    private static JsonObject json(Sign sign) {
        return JsonObject.builder()
                .put("instance", sign.record().process().instance())
                .put("host", sign.record().process().host())
                .put("process_start", WireTime.format(sign.record().process().processStart()))
                .put("sign_of_life", sign.liveness().wire())
                .put(LAST_SIGN_AT, WireTime.format(sign.record().heartbeatAt()))
                .put(LAST_SIGN_AGE, sign.age().toSeconds())
                .build();
    }
}
