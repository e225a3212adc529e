package dev.omnigraph.controlplane.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.testing.Recordings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that the engine's own tool wrote survive reading and writing byte for byte; what it refuses is refused. */
class StoredDocumentsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state-after-import",
                "state-after-refresh",
                "state-converged",
                "state-with-recovery-record",
                "state-with-tombstone"
            })
    void ledgersSurvive(String name) throws InvalidDocumentException {
        String text = Recordings.text("golden-raw/" + name + ".json");
        assertThat(LedgerDocument.write(LedgerDocument.read(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sidecar-graph-create",
                "sidecar-graph-delete",
                "sidecar-schema-apply-after",
                "sidecar-schema-apply-before"
            })
    void sidecarsSurvive(String name) throws InvalidDocumentException {
        String text = Recordings.text("golden-raw/" + name + ".json");
        assertThat(Sidecar.read(text).write()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"approval-consumed", "approval-pending"})
    void approvalsSurvive(String name) throws InvalidDocumentException {
        String text = Recordings.text("golden-raw/" + name + ".json");
        assertThat(Approval.read(text).write()).isEqualTo(text);
    }

    @Test
    void theLockSurvives() throws InvalidDocumentException {
        String text = Recordings.text("golden-raw/lock.json");
        assertThat(LockDocument.read(text).write()).isEqualTo(text);
    }

    /** The vector of control-plane.md 4.2. */
    @Test
    void anEmptyLedgerHas219Bytes() {
        byte[] bytes = LedgerDocument.write(Ledger.EMPTY).getBytes(StandardCharsets.UTF_8);
        assertThat(bytes).hasSize(219);
        assertThat(Sha256.prefixed(bytes))
                .isEqualTo("sha256:d3b21cb78b02d804743d8e28558a227a0a0ca83d8734414b823beff997748bbf");
    }

    @Test
    void anOldLedgerReadsWithDefaults() throws InvalidDocumentException {
        Ledger ledger = LedgerDocument.read("{\"version\":1,\"applied_revision\":{}}");
        assertThat(ledger).isEqualTo(Ledger.EMPTY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{                                                     | line 1",
                "[]                                                    | expected an object",
                "{\"version\":1}                                       | applied_revision",
                "{\"applied_revision\":{}}                             | version",
                "{\"version\":1,\"applied_revision\":{},\"x\":1}       | unknown field",
                "{\"version\":1,\"version\":1,\"applied_revision\":{}} | twice",
                "{\"version\":1,\"applied_revision\":{\"resources\":null}} | must not be null",
                "{\"version\":1,\"applied_revision\":{\"resources\":{\"graph.g\":{}}}} | applied_revision.resources.graph.g.digest",
                "{\"version\":1,\"applied_revision\":{},\"state_revision\":-1} | state_revision",
                "{\"version\":1,\"applied_revision\":{},\"state_revision\":1.5} | state_revision",
                "{\"version\":1,\"applied_revision\":{},\"resource_statuses\":{\"graph.g\":{\"status\":\"odd\"}}} | unknown status",
                "{\"version\":1,\"applied_revision\":{}} x             | line 1",
            })
    void aMalformedLedgerIsRefusedWithThePlace(String text, String place) {
        assertThatThrownBy(() -> LedgerDocument.read(text))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining(place)
                .extracting(e -> ((InvalidDocumentException) e).kind())
                .isEqualTo(InvalidDocumentException.Cause.MALFORMED);
    }

    @Test
    void anotherVersionIsToldApartFromAMalformedDocument() {
        assertThatThrownBy(() -> LedgerDocument.read("{\"version\":2,\"applied_revision\":{}}"))
                .extracting(e -> ((InvalidDocumentException) e).kind())
                .isEqualTo(InvalidDocumentException.Cause.UNSUPPORTED_VERSION);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-10T10:00:00Z, 2026-06-10T10:00:00Z",
        "2026-06-10T10:00:00.231053537Z, 2026-06-10T10:00:00.231053537Z",
        "2026-06-10T10:00:00.120Z, 2026-06-10T10:00:00.12Z",
        "2026-06-10T12:00:00+02:00, 2026-06-10T10:00:00Z",
    })
    void timesAreWrittenInUtcWithTheDigitsTheyNeed(String read, String written) {
        assertThat(WireTime.parse(read).map(WireTime::format)).contains(written);
    }

    @Test
    void theAgeOfALockIsNeverNegative() {
        LockDocument lock = new LockDocument("01KT0000000000000000000000", "apply", "2026-06-10T10:00:00Z", 4242);
        assertThat(lock.ageSeconds(Instant.parse("2026-06-10T10:01:30.9Z"))).contains(90L);
        assertThat(lock.ageSeconds(Instant.parse("2026-06-10T09:00:00Z"))).contains(0L);
        assertThat(new LockDocument("id", "apply", "yesterday", 1).ageSeconds(Instant.EPOCH))
                .isEqualTo(Optional.empty());
    }

    @Test
    void theRevisionStopsAtItsGreatestValue() {
        Ledger last = Ledger.EMPTY.edit().revision(-1L).build();
        assertThat(Long.toUnsignedString(last.nextRevision())).isEqualTo("18446744073709551615");
    }
}
