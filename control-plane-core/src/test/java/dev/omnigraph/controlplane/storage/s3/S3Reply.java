package dev.omnigraph.controlplane.storage.s3;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * An answer of the server.
 *
 * @param body not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record S3Reply(int status, Map<String, String> headers, byte[] body) {

    private static final byte[] NOTHING = new byte[0];
    private static final String LENGTH = "Content-Length";

    static S3Reply of(int status, Map<String, String> headers) {
        return new S3Reply(status, headers, NOTHING);
    }

    /** The answer to the same question without the content, which says how long that would be. */
    S3Reply withoutBody() {
        Map<String, String> described = new HashMap<>(headers);
        described.put(LENGTH, Integer.toString(body.length));
        return new S3Reply(status, described, NOTHING);
    }

    static S3Reply xml(String document) {
        return new S3Reply(200, Map.of("Content-Type", "application/xml"), document.getBytes(StandardCharsets.UTF_8));
    }

    static S3Reply error(int status, String code) {
        String document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code + "</Code><Message>" + code
                + " of a test server</Message></Error>";
        return new S3Reply(
                status, Map.of("Content-Type", "application/xml"), document.getBytes(StandardCharsets.UTF_8));
    }
}
