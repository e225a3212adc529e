package dev.omnigraph.controlplane.app.security.oidc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * How often the issuer is asked. Whoever makes up tokens can name a new key in each, and each would make the service ask for
 * the keys again; what is asked more often than this is answered by what the issuer said last. A key that was not among that
 * is seen a little later. Thread-safe.
 */
final class IssuerRequests implements ClientHttpRequestInterceptor {

    /** So many requests in each {@link #PERIOD}. */
    static final int MAX_REQUESTS = 10;

    static final Duration PERIOD = Duration.ofSeconds(10);

    /** The keys of an issuer have a few thousand bytes. */
    private static final int MAX_BYTES = 1 << 20;

    private final InstantSource clock;
    private final Map<URI, Answer> answers = new ConcurrentHashMap<>();
    private Instant begun;
    private int asked;

    IssuerRequests(InstantSource clock) {
        this.clock = clock;
        this.begun = clock.instant();
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        URI asked = request.getURI();
        if (!mayAsk()) {
            return Optional.ofNullable(answers.get(asked))
                    .orElseThrow(() -> new IOException("the issuer was asked often enough for now"));
        }
        try (ClientHttpResponse response = execution.execute(request, body)) {
            if (response.getStatusCode().isSameCodeAs(HttpStatus.OK)) {
                // Only what the issuer names itself is asked for: its document, and its keys.
                Answer answer = new Answer(response.getHeaders(), bytes(response.getBody()));
                answers.put(asked, answer);
                return answer;
            }
            throw new IOException("the issuer answers " + response.getStatusCode() + " at " + asked);
        }
    }

    private synchronized boolean mayAsk() {
        Instant now = clock.instant();
        if (now.isBefore(begun) || !now.isBefore(begun.plus(PERIOD))) {
            begun = now;
            asked = 0;
        }
        if (asked == MAX_REQUESTS) {
            return false;
        }
        asked++;
        return true;
    }

    private static byte[] bytes(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new IOException("the issuer answers with more than " + MAX_BYTES + " bytes");
        }
        return bytes;
    }

    /** What the issuer said; it can be read again and again. */
    private static final class Answer implements ClientHttpResponse {

        private final HttpHeaders headers;
        private final byte[] body;

        Answer(HttpHeaders headers, byte[] body) {
            this.headers = headers;
            this.body = body;
        }

        @Override
        public HttpStatusCode getStatusCode() {
            return HttpStatus.OK;
        }

        @Override
        public String getStatusText() {
            return HttpStatus.OK.getReasonPhrase();
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public InputStream getBody() {
            return new ByteArrayInputStream(body);
        }

        @Override
        public void close() {}
    }
}
