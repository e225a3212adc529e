package dev.omnigraph.controlplane.app.status;

import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The status as it was read once.
 *
 * @param text everything as JSON, ages included; written out once for all who ask
 * @param etag of everything but ages and times of looking; weak, because the age is in the answer all the same
 */
public record StatusSnapshot(String text, String etag) {

    private static final String CATALOG = "catalog";
    private static final Map<String, List<String>> AGEING = Map.of(
            "state_observations", List.of("lock_age_seconds"),
            "lock_holder", List.of(HolderView.LAST_SIGN_AT, HolderView.LAST_SIGN_AGE));

    /** What was read, with its tag. */
    public static StatusSnapshot of(JsonObject status) {
        Map<String, JsonValue> members = new LinkedHashMap<>(status.members());
        AGEING.forEach((member, ages) -> {
            if (members.get(member) instanceof JsonObject object) {
                Map<String, JsonValue> lasting = new LinkedHashMap<>(object.members());
                ages.forEach(lasting::remove);
                members.put(member, JsonObject.copyOf(lasting));
            }
        });
        Optional.ofNullable(members.remove(CATALOG))
                .flatMap(StatusSnapshot::catalogFindings)
                .ifPresent(findings -> members.put(CATALOG, findings));
        return new StatusSnapshot(
                JsonText.pretty(status) + "\n",
                "W/\"" + Sha256.hex(JsonText.compact(JsonObject.copyOf(members))) + "\"");
    }

    /** That the catalog was looked at changes nothing; what was found there does. */
    private static Optional<JsonArray> catalogFindings(JsonValue catalog) {
        return catalog instanceof JsonObject looked
                        && looked.members().get(CatalogWatch.FINDINGS) instanceof JsonArray findings
                        && !findings.elements().isEmpty()
                ? Optional.of(findings)
                : Optional.empty();
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
