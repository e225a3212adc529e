package dev.omnigraph.controlplane.storage.s3;

import dev.omnigraph.controlplane.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether a request is signed with the one key that this server knows, by version 4 of AWS's scheme; and with the token that
 * belongs to it, where the key is a temporary one.
 */
final class SignatureCheck {

    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([^/]+)/"
                    + "(?<scope>(?<day>\\d{8})/(?<region>[^/]+)/s3/aws4_request), SignedHeaders=([^,]+), Signature=([0-9a-f]+)");

    private static final String TOKEN_HEADER = "x-amz-security-token";

    private final String accessKey;
    private final String secretKey;
    private volatile Optional<String> sessionToken = Optional.empty();

    SignatureCheck(String accessKey, String secretKey) {
        this.accessKey = accessKey;
        this.secretKey = secretKey;
    }

    /** From now on the key is good only together with this token. */
    void requireSessionToken(String token) {
        sessionToken = Optional.of(token);
    }

    Optional<String> sessionToken() {
        return sessionToken;
    }

    /** The code of the error to answer; empty where the signature is right. */
    Optional<String> objection(S3Request request) {
        Matcher authorization =
                AUTHORIZATION.matcher(request.header("authorization").orElse(""));
        if (!authorization.matches()) {
            return Optional.of("AccessDenied");
        }
        if (!authorization.group(1).equals(accessKey)) {
            return Optional.of("InvalidAccessKeyId");
        }
        if (sessionToken.isPresent() && !carriesToken(request, authorization.group(5))) {
            return Optional.of("InvalidToken");
        }
        String contentHash = request.header("x-amz-content-sha256").orElse("");
        boolean unsigned = contentHash.equals("UNSIGNED-PAYLOAD") && request.body().length == 0;
        if (!unsigned && !contentHash.equals(Sha256.hex(request.body()))) {
            return Optional.of("XAmzContentSHA256Mismatch");
        }
        String signature = signature(request, authorization);
        return MessageDigest.isEqual(utf8(signature), utf8(authorization.group(6)))
                ? Optional.empty()
                : Optional.of("SignatureDoesNotMatch");
    }

    private boolean carriesToken(S3Request request, String signedHeaders) {
        return request.header(TOKEN_HEADER).equals(sessionToken)
                && Arrays.asList(signedHeaders.split(";", -1)).contains(TOKEN_HEADER);
    }

    private String signature(S3Request request, Matcher authorization) {
        String signedHeaders = authorization.group(5);
        String canonical = String.join(
                "\n",
                request.method(),
                request.uri().getRawPath(),
                canonicalQuery(request.uri().getRawQuery()),
                canonicalHeaders(request, signedHeaders),
                signedHeaders,
                request.header("x-amz-content-sha256").orElse(""));
        String toSign = String.join(
                "\n",
                "AWS4-HMAC-SHA256",
                request.header("x-amz-date").orElse(""),
                authorization.group("scope"),
                Sha256.hex(utf8(canonical)));
        byte[] key = hmac(utf8("AWS4" + secretKey), authorization.group("day"));
        for (String part : new String[] {authorization.group("region"), "s3", "aws4_request"}) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(hmac(key, toSign));
    }

    private static String canonicalHeaders(S3Request request, String signedHeaders) {
        return Arrays.stream(signedHeaders.split(";", -1))
                .map(name -> name + ":" + request.header(name).orElse("").strip() + "\n")
                .collect(Collectors.joining());
    }

    private static String canonicalQuery(String query) {
        if (query == null) {
            return "";
        }
        return Arrays.stream(query.split("&", -1))
                .map(pair -> pair.contains("=") ? pair : pair + "=")
                .sorted()
                .collect(Collectors.joining("&"));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
