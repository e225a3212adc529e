package dev.omnigraph.controlplane.storage.s3;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request as it arrived.
 *
 * @param headers names in lower case, values of one name joined by commas
 * @param body not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record S3Request(String method, URI uri, Map<String, String> headers, byte[] body) {

    static S3Request of(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (Map.Entry<String, List<String>> header :
                exchange.getRequestHeaders().entrySet()) {
            headers.put(header.getKey().toLowerCase(Locale.ROOT), String.join(",", header.getValue()));
        }
        return new S3Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                headers,
                exchange.getRequestBody().readAllBytes());
    }

    String bucket() {
        return segments()[1];
    }

    /** The name of the object; empty where the bucket itself is meant. */
    String key() {
        return segments().length > 2 ? segments()[2] : "";
    }

    S3Request withoutConditions() {
        Map<String, String> unconditional = new HashMap<>(headers);
        unconditional.keySet().removeAll(Set.of("if-match", "if-none-match"));
        return new S3Request(method, uri, unconditional, body);
    }

    private String[] segments() {
        return uri.getPath().split("/", 3);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The parameters of the query, decoded. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new HashMap<>();
        String query = uri.getRawQuery();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters.put(decoded(name), decoded(value));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
