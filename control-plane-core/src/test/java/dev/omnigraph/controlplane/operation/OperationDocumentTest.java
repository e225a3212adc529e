package dev.omnigraph.controlplane.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.document.UnreadableDocumentException;
import dev.omnigraph.controlplane.storage.StoredObject;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OperationDocumentTest {

    @ParameterizedTest
    @MethodSource("records")
    void whatIsWrittenReadsBackAsTheSameRecord(OperationRecord operation) throws UnreadableDocumentException {
        assertThat(read(text(operation))).isEqualTo(operation);
    }

    static List<OperationRecord> records() {
        return OperationSamples.all();
    }

    @Test
    void theStoredFormIsFixed() {
        assertThat(text(OperationSamples.failed(3))).isEqualTo("""
                        {
                          "format": 1,
                          "operation_id": "01KB0000000000000000000003",
                          "command": "apply",
                          "state": "failed",
                          "actor": "andrew",
                          "owner": {
                            "instance": "node-a",
                            "host": "node-a.local",
                            "process_start": "2026-11-25T09:00:00Z"
                          },
                          "submitted_at": "2026-11-25T10:00:00.25Z",
                          "started_at": "2026-11-25T10:00:01Z",
                          "cancel_requested_at": null,
                          "finished_at": "2026-11-25T10:00:02Z",
                          "configuration": null,
                          "config_digest": "c0ffee",
                          "progress": {
                            "phase": "creates",
                            "resource": "graph.people",
                            "done": 0,
                            "total": 2
                          },
                          "state_cas_before": "sha256:aa",
                          "state_cas_after": null,
                          "sidecars": [
                            "01KB0000000000000000000900"
                          ],
                          "claim_won": [
                            "01KB0000000000000000000900"
                          ],
                          "removal_started": [
                            "01KB0000000000000000000901"
                          ],
                          "lock_branches": [
                            {
                              "graph_id": "people",
                              "manifest_version": 7,
                              "noted_at": "2026-11-25T10:00:01Z",
                              "created_at": "2026-11-25T10:00:01Z",
                              "gone": false
                            }
                          ],
                          "outcome": "recovery_required",
                          "converged": false,
                          "problem": {
                            "code": "graph_create_failed",
                            "status": 409,
                            "detail": "the disk is full",
                            "remedy": "Read the message, correct the cause, and apply again."
                          },
                          "result": {
                            "ok": false
                          }
                        }
                        """);
    }

    /** Each row replaces one piece of a good document and names what the refusal must say. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "format": 1,            | "format": 2,              | run the version that wrote it, or a newer one
                    "format": 1,            |                           | format: is required
                    "command": "apply",     | "command": "apply", "x": 1, | unknown field `x`
                    "state": "failed",      | "state": "resting",       | unknown state `resting`
                    "state": "failed",      |                           | state: is required
                    "recovery_required"     | "fine"                    | unknown outcome `fine`
                    "2026-11-25T10:00:02Z"  | "soon"                    | `soon` is no time
                    "done": 0,              | "done": -1,               | progress.done
                    "instance": "node-a",   |                           | owner.instance: is required
                    "status": 409,          | "status": 409, "title": "x", | unknown field `title`
                    "claim_won": [          | "claim_won": [7,          | claim_won[0]
                    """)
    void whatIsNotOfThisFormatIsRefused(String piece, String replacement, String refusal) {
        String damaged = text(OperationSamples.failed(3)).replace(piece, replacement == null ? "" : replacement);

        assertThatThrownBy(() -> read(damaged))
                .isInstanceOf(UnreadableDocumentException.class)
                .hasMessageContaining(refusal);
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> read("{")).isInstanceOf(UnreadableDocumentException.class);
        assertThatThrownBy(
                        () -> OperationDocument.read(new StoredObject(new byte[] {(byte) 0xff}, new VersionTag("t"))))
                .isInstanceOf(UnreadableDocumentException.class)
                .hasMessageContaining("UTF-8");
    }

    private static String text(OperationRecord operation) {
        return new String(OperationDocument.write(operation), StandardCharsets.UTF_8);
    }

    private static OperationRecord read(String text) throws UnreadableDocumentException {
        return OperationDocument.read(new StoredObject(text.getBytes(StandardCharsets.UTF_8), new VersionTag("t")));
    }
}
