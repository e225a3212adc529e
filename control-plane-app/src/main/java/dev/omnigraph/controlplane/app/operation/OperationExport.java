package dev.omnigraph.controlplane.app.operation;

import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.operation.OperationFilter;
import dev.omnigraph.controlplane.operation.OperationPage;
import dev.omnigraph.controlplane.operation.OperationRecord;
import dev.omnigraph.controlplane.operation.OperationStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The audit log as JSON lines, newest first: every operation with its output, read page by page while it is sent. A record
 * that cannot be understood is a line too. Where the store stops answering in the middle the answer breaks off without its
 * end, so that nobody takes it for whole.
 */
public final class OperationExport {

    private final Operations operations;
    private final OperationView view;

    public OperationExport(Operations operations, OperationView view) {
        this.operations = operations;
        this.view = view;
    }

    /**
     * Writes everything that the filter admits.
     *
     * @param olderThan the id after which it begins; empty for the newest
     */
    public void write(OperationFilter filter, Optional<String> olderThan, OutputStream out) throws IOException {
        Optional<String> from = olderThan;
        do {
            OperationPage page = operations.page(filter, from, OperationStore.MAX_PAGE_SIZE);
            if (!(page instanceof OperationPage.Listed listed)) {
                throw new IOException(
                        "the operation records cannot be reached: " + ((OperationPage.Unavailable) page).reason());
            }
            for (OperationRecord operation : listed.operations()) {
                line(view.full(operation), out);
            }
            for (String id : listed.unreadable()) {
                line(
                        JsonObject.builder()
                                .put("operation_id", id)
                                .put("unreadable", true)
                                .build(),
                        out);
            }
            from = listed.next();
        } while (from.isPresent());
    }

    private static void line(JsonObject json, OutputStream out) throws IOException {
        out.write((JsonText.compact(json) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
