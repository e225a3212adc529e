package dev.omnigraph.controlplane.config;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonValue;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where a graph's queries come from, in one of three forms (control-plane.md 2.11). */
sealed interface QuerySources {

    QuerySources NONE = new Named(new TreeMap<>());

    /** The value as it enters the config digest. */
    JsonValue toJson();

    /** Everything that one file declares, or each file of one folder. */
    record OnePath(String path) implements QuerySources {

        @Override
        public JsonValue toJson() {
            return new JsonString(path);
        }
    }

    /** As {@link OnePath}, several times. */
    record Paths(List<String> paths) implements QuerySources {

        public Paths {
            paths = List.copyOf(paths);
        }

        @Override
        public JsonValue toJson() {
            return JsonArray.ofStrings(paths);
        }
    }

    /** Exactly the named queries, each from its file; bytewise sorted. */
    record Named(SortedMap<String, String> fileByName) implements QuerySources {

        public Named {
            fileByName = Collections.unmodifiableSortedMap(new TreeMap<>(fileByName));
        }

        @Override
        public JsonValue toJson() {
            JsonObject.Builder queries = JsonObject.builder();
            fileByName.forEach((name, file) ->
                    queries.put(name, JsonObject.builder().put("file", file).build()));
            return queries.build();
        }
    }
}
