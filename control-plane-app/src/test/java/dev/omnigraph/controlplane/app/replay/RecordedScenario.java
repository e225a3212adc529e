package dev.omnigraph.controlplane.app.replay;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonNull;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonSyntaxException;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.testing.Recordings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One recorded run of the engine's own command line: what was done to the folder, what was run, what came of it. */
record RecordedScenario(String name, List<Step> steps) {

    static RecordedScenario read(String name) {
        return read("golden", name);
    }

    /** One whose cluster was stored in a bucket, below its own name. */
    static RecordedScenario readFromBucket(String name) {
        return read("golden-s3", name);
    }

    private static RecordedScenario read(String recordings, String name) {
        try {
            JsonObject document =
                    (JsonObject) JsonReader.read(Recordings.text(recordings + "/" + name + "/scenario.json"));
            List<Step> steps = new ArrayList<>();
            for (JsonValue step : ((JsonArray) document.get("steps").orElseThrow()).elements()) {
                steps.add(new Step((JsonObject) step));
            }
            return new RecordedScenario(name, steps);
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /**
     * A change of a JSON document.
     *
     * @param members the names on the way to what changes
     * @param value what it becomes; null takes it away
     */
    record Patch(String file, List<String> members, JsonValue value) {

        JsonObject applyTo(JsonObject document) {
            return replaced(document, members);
        }

        private JsonObject replaced(JsonObject object, List<String> way) {
            Map<String, JsonValue> changed = new LinkedHashMap<>(object.members());
            String name = way.get(0);
            if (way.size() > 1) {
                JsonObject inner = (JsonObject) object.get(name).orElseThrow();
                changed.put(name, replaced(inner, way.subList(1, way.size())));
            } else if (value instanceof JsonNull) {
                changed.remove(name);
            } else {
                changed.put(name, value);
            }
            return JsonObject.copyOf(changed);
        }
    }

    /** One step; exactly one of its kinds of work is there. */
    record Step(JsonObject json) {

        /** Files to write, by path below the configuration folder. */
        Optional<JsonObject> write() {
            return json.get("write").map(JsonObject.class::cast);
        }

        /** Files and folders to remove, where they are stored. */
        List<String> remove() {
            List<String> stored = strings("bucket_remove");
            return stored.isEmpty() ? strings("remove") : stored;
        }

        /** A member of a JSON document to change; empty for steps that change none. */
        Optional<Patch> patch() {
            return json.get("patch_json").map(patch -> {
                List<JsonValue> parts = ((JsonArray) patch).elements();
                List<String> members = ((JsonArray) parts.get(1))
                        .elements().stream()
                                .map(member -> ((JsonString) member).value())
                                .toList();
                return new Patch(((JsonString) parts.get(0)).value(), members, parts.get(2));
            });
        }

        /** The command and its arguments; empty for steps that run none. */
        List<String> run() {
            return strings("run");
        }

        /** The command of the engine itself that was run on {@link #graph()}; empty for steps that run none. */
        List<String> engine() {
            return strings("engine");
        }

        String graph() {
            return ((JsonString) json.get("graph").orElseThrow()).value();
        }

        Optional<String> actor() {
            return json.get("as").map(actor -> ((JsonString) actor).value());
        }

        /** The point at which the recorded run was made to fail. */
        Optional<String> failpoint() {
            return json.get("failpoints")
                    .map(armed -> ((JsonString) armed).value())
                    .map(armed -> armed.substring(0, armed.indexOf('=')));
        }

        JsonObject output() {
            return (JsonObject) json.get("output").orElseThrow();
        }

        /** What lies under {@code __cluster/} afterwards: documents as values, other files as text. */
        JsonObject controlFiles() {
            return (JsonObject) json.get("control_files").orElseThrow();
        }

        List<String> graphRoots() {
            return strings("graph_roots");
        }

        private List<String> strings(String key) {
            return json.get(key)
                    .map(value -> ((JsonArray) value)
                            .elements().stream()
                                    .map(element -> ((JsonString) element).value())
                                    .toList())
                    .orElse(List.of());
        }
    }
}
