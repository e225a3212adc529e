package dev.omnigraph.controlplane.app.status;

import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The status as it was read once.
 *
 * @param json everything, ages included
 * @param etag of everything but the lock's age; weak, because the age is in the answer all the same
 */
public record StatusSnapshot(JsonObject json, String etag) {

    private static final String AGE = "lock_age_seconds";
    private static final String OBSERVATIONS = "state_observations";

    /** What was read, with its tag. */
    public static StatusSnapshot of(JsonObject status) {
        Map<String, JsonValue> members = new LinkedHashMap<>(status.members());
        if (members.get(OBSERVATIONS) instanceof JsonObject observations) {
            Map<String, JsonValue> lasting = new LinkedHashMap<>(observations.members());
            lasting.remove(AGE);
            members.put(OBSERVATIONS, JsonObject.copyOf(lasting));
        }
        return new StatusSnapshot(status, "W/\"" + Sha256.hex(JsonText.compact(JsonObject.copyOf(members))) + "\"");
    }

    /** Whether one of these is our tag, compared weakly (RFC 9110, 13.1.2), or stands for all. */
    public boolean isAmong(Iterable<String> tags) {
        for (String tag : tags) {
            if (tag.equals("*") || weak(tag).equals(etag)) {
                return true;
            }
        }
        return false;
    }

    private static String weak(String tag) {
        return tag.startsWith("W/") ? tag : "W/" + tag;
    }
}
