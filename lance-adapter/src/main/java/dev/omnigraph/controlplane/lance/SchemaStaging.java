package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import dev.omnigraph.controlplane.language.schema.CompiledSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The schema files of a migration, beside those that are in force until its publish (graph-format.md 4.5). Thread-safe;
 * one writer at a time.
 *
 * <p>Each call ends when its work is durable, and may be repeated after a crash inside it. The engine can tell what a
 * complete set means, but not a part of one: where it opens the graph between the first and the third file of
 * {@link #write}, it puts the part in force. The three writes follow each other directly to keep that moment short.
 */
final class SchemaStaging {

    private static final String SUFFIX = ".staging";

    private final GraphTexts texts;
    private final FaultPoints faultPoints;

    SchemaStaging(GraphTexts texts, FaultPoints faultPoints) {
        this.texts = texts;
        this.faultPoints = faultPoints;
    }

    /** Stages a schema: its source, then its canonical form, then its hash. No file may be staged. */
    void write(CompiledSchema schema) throws IOException {
        for (Map.Entry<String, String> file : contents(schema).entrySet()) {
            texts.create(staged(file.getKey()), file.getValue());
            faultPoints.reach(FaultPoint.SCHEMA_APPLY_AFTER_STAGED_FILE);
        }
    }

    /** Whether exactly this schema is staged, with all of its files. */
    boolean holds(CompiledSchema schema) throws IOException {
        for (Map.Entry<String, String> file : contents(schema).entrySet()) {
            if (!read(file.getKey()).equals(Optional.of(file.getValue()))) {
                return false;
            }
        }
        return true;
    }

    /** The final names of the files that are staged, in the order of {@link GraphLayout#SCHEMA_FILES}. */
    List<String> present() throws IOException {
        List<String> present = new ArrayList<>();
        for (String file : GraphLayout.SCHEMA_FILES) {
            if (read(file).isPresent()) {
                present.add(file);
            }
        }
        return present;
    }

    /** A staged file, by its final name. */
    Optional<String> read(String file) throws IOException {
        return texts.read(staged(file));
    }

    /**
     * Puts the staged files in force, those that are there: source, canonical form, hash. One that is in force and staged
     * at the same time, after a crash between the two, only loses its staged name.
     */
    void promote() throws IOException {
        for (String file : GraphLayout.SCHEMA_FILES) {
            Optional<String> text = read(file);
            if (text.isPresent()) {
                texts.put(file, text.get());
                faultPoints.reach(FaultPoint.SCHEMA_APPLY_AFTER_PROMOTED_FILE);
                texts.delete(staged(file));
            }
        }
    }

    /**
     * Removes what is staged. The hash goes first: without it a set is never taken for a complete one, wherever this is
     * interrupted.
     */
    void discard() throws IOException {
        for (int last = GraphLayout.SCHEMA_FILES.size() - 1; last >= 0; last--) {
            texts.delete(staged(GraphLayout.SCHEMA_FILES.get(last)));
        }
    }

    private static String staged(String file) {
        return file + SUFFIX;
    }

    /** In the order of {@link GraphLayout#SCHEMA_FILES}. */
    private static Map<String, String> contents(CompiledSchema schema) {
        Map<String, String> contents = new LinkedHashMap<>();
        contents.put(GraphLayout.SCHEMA_SOURCE, schema.source());
        contents.put(GraphLayout.SCHEMA_IR, schema.ir().prettyText());
        contents.put(GraphLayout.SCHEMA_STATE, schema.state().text());
        return contents;
    }
}
