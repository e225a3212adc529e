package dev.omnigraph.controlplane.app.security.oidc;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.web.client.RestTemplate;

/** Checks tokens against the keys that an issuer publishes. */
public final class IssuerKeys {

    /** Asking the issuer takes so long at most, each way. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private IssuerKeys() {}

    /**
     * A decoder for the issuer's tokens. The issuer is asked for its keys when the first token comes, so that the service
     * starts without it, and again when a token names a key that is not known yet, but only so often.
     *
     * @param issuer as it stands in {@code iss}; its discovery document lies below it
     * @param audience a token that is not made for it is refused: the issuer serves others too
     */
    public static JwtDecoder decoder(String issuer, String audience, InstantSource clock) {
        RestTemplate requests = requests(new IssuerRequests(clock));
        return new SupplierJwtDecoder(() -> {
            NimbusJwtDecoder decoder = NimbusJwtDecoder.withIssuerLocation(issuer)
                    .restOperations(requests)
                    .build();
            decoder.setJwtValidator(validator(issuer, audience));
            return decoder;
        });
    }

    private static OAuth2TokenValidator<Jwt> validator(String issuer, String audience) {
        // A token without an end could never be taken back.
        OAuth2TokenValidator<Jwt> ends = new JwtClaimValidator<>(JwtClaimNames.EXP, expiry -> expiry != null);
        return new DelegatingOAuth2TokenValidator<>(
                List.of(JwtValidators.createDefaultWithIssuer(issuer), new JwtAudienceValidator(audience), ends));
    }

    private static RestTemplate requests(IssuerRequests limits) {
        SimpleClientHttpRequestFactory connections = new SimpleClientHttpRequestFactory();
        connections.setConnectTimeout(PATIENCE);
        connections.setReadTimeout(PATIENCE);
        RestTemplate requests = new RestTemplate(connections);
        requests.setInterceptors(List.of(limits));
        return requests;
    }
}
