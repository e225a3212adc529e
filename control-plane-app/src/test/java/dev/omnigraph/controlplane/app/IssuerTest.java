package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.omnigraph.controlplane.app.testing.Answer;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.app.testing.TestIssuer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of an OpenID Connect issuer, over HTTP, with the issuer's own server. */
class IssuerTest {

    @TempDir
    Path folder;

    private TestIssuer issuer;
    private RunningService service;

    @BeforeEach
    void start() {
        SampleCluster.in(folder);
        issuer = TestIssuer.start();
        service = RunningService.start(
                "--control-plane.config-dir=" + folder,
                "--control-plane.authentication.issuer=" + issuer.location(),
                "--control-plane.authentication.audience=" + TestIssuer.AUDIENCE,
                "--control-plane.authentication.roles-claim=realm_access.roles",
                "--control-plane.authentication.role-prefix=cp-");
    }

    @AfterEach
    void stop() {
        service.close();
        issuer.close();
    }

    @Test
    void theRolesOfTheClaimOpenWhatTheyOpenAndTheSubjectIsTheActor() {
        Answer imported = post("/import", issuer.token("cp-operator", "cp-unknown", "admin"));

        assertThat(imported.status()).isEqualTo(200);
        assertThat(imported.text("actor")).isEqualTo("alice");
        assertThat(post("/import", issuer.token("cp-viewer")).status()).isEqualTo(403);
        assertThat(post("/force-unlock", issuer.token("cp-operator", "admin")).status())
                .isEqualTo(403);
        assertThat(status(issuer.token("operator")).status()).isEqualTo(403);
        assertThat(status(issuer.token(claims -> claims)).status()).isEqualTo(403);
    }

    @Test
    void rolesMayStandInOneText() {
        String token = issuer.token(claims -> claims.claim("realm_access.roles", "openid cp-viewer"));

        assertThat(status(token).status()).isEqualTo(200);
    }

    @Test
    void aTokenThatIsNotForUsOrNotValidIsRefused() throws JOSEException {
        Map<String, Object> roles = Map.of("roles", List.of("cp-admin"));
        Date past = Date.from(Instant.now().minus(Duration.ofMinutes(5)));
        Date soon = Date.from(Instant.now().plus(Duration.ofMinutes(5)));
        assertRefused(issuer.token(claims -> claims.claim("realm_access", roles).audience("another-service")));
        assertRefused(issuer.token(claims -> claims.claim("realm_access", roles).audience((String) null)));
        assertRefused(issuer.token(claims -> claims.claim("realm_access", roles).issuer("http://evil.example")));
        assertRefused(issuer.token(claims -> claims.claim("realm_access", roles).expirationTime(past)));
        assertRefused(issuer.token(claims -> claims.claim("realm_access", roles).expirationTime(null)));
        assertRefused(issuer.token(claims -> claims.claim("realm_access", roles).notBeforeTime(soon)));
        assertRefused(issuer.token(claims -> claims.claim("realm_access", roles).subject("al ice")));
        assertRefused(issuer.token(claims -> claims.claim("realm_access", roles).subject(null)));
        assertRefused(issuer.sign(TestIssuer.newKey("first"), claims -> claims.claim("realm_access", roles)));
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer.location())
                .subject("mallory")
                .audience(TestIssuer.AUDIENCE)
                .expirationTime(soon)
                .claim("realm_access", roles)
                .build();
        assertRefused(new PlainJWT(claims).serialize());
        SignedJWT symmetric = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        symmetric.sign(new MACSigner(new byte[32]));
        assertRefused(symmetric.serialize());
        SignedJWT withThePublicKey = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        withThePublicKey.sign(new MACSigner(issuer.publicKey().getEncoded()));
        assertRefused(withThePublicKey.serialize());
        assertRefused("a.b.c");
        assertRefused("nothing-of-the-kind");
    }

    /** No two clocks are the same. */
    @Test
    void aTokenCountsAMinuteEarlierThanItSays() {
        Date soon = Date.from(Instant.now().plus(Duration.ofSeconds(50)));

        assertThat(status(issuer.token(claims -> claims.claim("realm_access", Map.of("roles", List.of("cp-viewer")))
                                .notBeforeTime(soon)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aNewKeyOfTheIssuerIsFetchedWhenATokenNamesIt() {
        String old = issuer.token("cp-viewer");
        assertThat(status(old).status()).isEqualTo(200);

        issuer.rotate();

        assertThat(status(issuer.token("cp-viewer")).status()).isEqualTo(200);
        assertThat(status(old).status()).isEqualTo(401);
    }

    /** Nor is anybody kept out meanwhile who has a good one. */
    @Test
    void whoMakesUpTokensDoesNotFloodTheIssuerAndIsToldToWait() {
        RSAKey madeUp = TestIssuer.newKey("made-up");
        Answer answer = status(issuer.sign(madeUp, claims -> claims));
        int sent = 1;
        while (answer.status() == 401) {
            answer = status(issuer.sign(madeUp, claims -> claims));
            sent++;
        }

        assertThat(answer.status()).isEqualTo(429);
        ProblemsTest.assertProblem(answer, "too_many_bad_tokens");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(issuer.keyRequests())
                .as("each names a key that nobody knows")
                .isLessThan(sent);
        assertThat(status(issuer.token("cp-viewer")).status()).isEqualTo(200);
    }

    @Test
    void withoutTheIssuersKeysNobodyIsLetInNorRefusedForGood() {
        String token = issuer.token("cp-viewer");
        issuer.close();

        Answer answer = status(token);

        assertThat(answer.status()).isEqualTo(503);
        ProblemsTest.assertProblem(answer, "credentials_unavailable");
        assertThat(answer.body()).doesNotContain(token);
    }

    private void assertRefused(String token) {
        Answer answer = status(token);
        assertThat(answer.status()).as(token).isEqualTo(401);
        ProblemsTest.assertProblem(answer, "unauthenticated");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.body()).doesNotContain(token);
    }

    private Answer status(String token) {
        return service.client().get("/status", "Authorization", "Bearer " + token);
    }

    private Answer post(String path, String token) {
        return service.client().post(path, "Authorization", "Bearer " + token, "Prefer", "wait=60");
    }
}
