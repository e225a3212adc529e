package dev.omnigraph.controlplane.fuzz;

import dev.omnigraph.controlplane.json.JsonArray;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.json.JsonString;
import dev.omnigraph.controlplane.json.JsonSyntaxException;
import dev.omnigraph.controlplane.json.JsonValue;
import dev.omnigraph.controlplane.testing.Recordings;
import java.util.ArrayList;
import java.util.List;
import org.opentest4j.TestAbortedException;

/**
 * Texts in a recording.
 *
 * @param file of the recordings
 * @param member of its objects, at whatever depth
 */
public record RecordedTexts(String file, String member) {

    /** The texts; none where the recordings are not beside this checkout. */
    List<String> read() {
        List<String> texts = new ArrayList<>();
        try {
            collect(JsonReader.read(Recordings.text(file)), texts);
        } catch (TestAbortedException e) {
            return List.of();
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException(e);
        }
        return texts;
    }

    private void collect(JsonValue value, List<String> texts) {
        if (value instanceof JsonArray array) {
            array.elements().forEach(element -> collect(element, texts));
        } else if (value instanceof JsonObject object) {
            object.members().forEach((name, content) -> {
                if (name.equals(member) && content instanceof JsonString text) {
                    texts.add(text.value());
                } else {
                    collect(content, texts);
                }
            });
        }
    }
}
