package dev.omnigraph.controlplane.app.http;

import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.json.JsonValue;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Answers as bytes: core's JSON, written by core's writer, whatever the request accepts. */
public final class Answers {

    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

    private Answers() {}

    public static ResponseEntity<byte[]> ok(JsonValue body) {
        return json(ResponseEntity.ok(), body);
    }

    /** The body on an answer that has its status and headers already. */
    public static ResponseEntity<byte[]> json(ResponseEntity.BodyBuilder answer, JsonValue body) {
        return jsonText(answer, JsonText.pretty(body) + "\n");
    }

    /** A body that is JSON text already. */
    public static ResponseEntity<byte[]> jsonText(ResponseEntity.BodyBuilder answer, String body) {
        return answer.contentType(MediaType.APPLICATION_JSON).body(utf8(body));
    }

    public static ResponseEntity<byte[]> text(String body) {
        return ResponseEntity.ok().contentType(TEXT).body(utf8(body));
    }

    /** Bytes of any type. */
    public static ResponseEntity<byte[]> bytes(MediaType type, byte[] body) {
        return ResponseEntity.ok().contentType(type).body(body);
    }

    /** Whether the request wants text for people rather than JSON. */
    public static boolean prefersText(HttpHeaders headers) {
        for (MediaType accepted : headers.getAccept()) {
            if (accepted.isCompatibleWith(MediaType.APPLICATION_JSON)) {
                return false;
            } else if (accepted.isCompatibleWith(MediaType.TEXT_PLAIN)) {
                return true;
            }
        }
        return false;
    }

    public static ResponseEntity<byte[]> notModified(String etag) {
        return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(etag).build();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
