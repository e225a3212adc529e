package dev.omnigraph.controlplane.app.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An OpenID Connect issuer on the loopback: it publishes its key, and signs whatever a test wants. */
public final class TestIssuer implements AutoCloseable {

    public static final String AUDIENCE = "control-plane";

    private final HttpServer server;
    private final String location;
    private final AtomicInteger keyRequests = new AtomicInteger();
    private volatile RSAKey key;

    private TestIssuer(HttpServer server, RSAKey key) {
        this.server = server;
        this.key = key;
        this.location = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public static TestIssuer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            TestIssuer issuer = new TestIssuer(server, newKey("first"));
            server.createContext(
                    "/.well-known/openid-configuration", exchange -> answer(exchange, """
                    {"issuer": "%1$s", "jwks_uri": "%1$s/keys", "subject_types_supported": ["public"]}
                    """.formatted(issuer.location)));
            server.createContext("/keys", exchange -> {
                issuer.keyRequests.incrementAndGet();
                answer(exchange, new JWKSet(issuer.key.toPublicJWK()).toString());
            });
            server.start();
            return issuer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the key; tokens that the old one signed are worth nothing once the new one is known. */
    public void rotate() {
        key = newKey("second");
    }

    public static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What everybody can have. */
    public PublicKey publicKey() {
        try {
            return key.toPublicKey();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How often it was asked for its keys. */
    public int keyRequests() {
        return keyRequests.get();
    }

    public String location() {
        return location;
    }

    /** A token of alice's for an hour, with these roles. */
    public String token(String... roles) {
        return token(claims -> claims.claim("realm_access", Map.of("roles", List.of(roles))));
    }

    /** A token with claims of its own. */
    public String token(UnaryOperator<JWTClaimsSet.Builder> claims) {
        return sign(key, claims);
    }

    /** A token that this key signs. */
    public String sign(RSAKey signer, UnaryOperator<JWTClaimsSet.Builder> claims) {
        JWTClaimsSet set = claims.apply(new JWTClaimsSet.Builder()
                        .issuer(location)
                        .subject("alice")
                        .audience(AUDIENCE)
                        .issueTime(Date.from(Instant.now()))
                        .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1)))))
                .build();
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(signer.getKeyID())
                            .build(),
                    set);
            token.sign(new RSASSASigner(signer));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
