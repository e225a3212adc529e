package dev.omnigraph.controlplane.storage.s3;

import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.NodeList;

/** The objects of the one bucket, changed by one request after the other. */
final class BucketContents {

    private static final String METADATA = "x-amz-meta-";
    private static final int LARGEST_PAGE = 1000;

    private final NavigableMap<String, Content> objects = new TreeMap<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Content(byte[] bytes, String etag, Map<String, String> metadata) {}

    synchronized void putForeign(String name, byte[] bytes) {
        objects.put(name, new Content(bytes, etag(bytes), Map.of()));
    }

    synchronized S3Reply carryOut(S3Request request) {
        if (!request.bucket().equals(S3Server.BUCKET)) {
            return S3Reply.error(404, "NoSuchBucket");
        }
        if (request.header("content-encoding")
                .filter(coding -> coding.contains("aws-chunked"))
                .isPresent()) {
            return S3Reply.error(501, "NotImplemented");
        }
        return switch (request.method()) {
            case "GET" -> request.key().isEmpty() ? list(request.parameters()) : get(request.key());
            case "PUT" -> put(request);
            case "DELETE" -> delete(request);
            case "POST" -> deleteMany(request);
            default -> S3Reply.error(405, "MethodNotAllowed");
        };
    }

    private S3Reply get(String name) {
        Content content = objects.get(name);
        if (content == null) {
            return S3Reply.error(404, "NoSuchKey");
        }
        Map<String, String> headers = new HashMap<>(content.metadata());
        headers.put("ETag", content.etag());
        return new S3Reply(200, headers, content.bytes());
    }

    private S3Reply put(S3Request request) {
        Content present = objects.get(request.key());
        if (request.header("if-none-match").isPresent() && present != null) {
            return S3Reply.error(412, "PreconditionFailed");
        }
        Optional<String> expected = request.header("if-match");
        if (expected.isPresent() && present == null) {
            return S3Reply.error(404, "NoSuchKey");
        }
        if (expected.isPresent() && !expected.get().equals(present.etag())) {
            return S3Reply.error(412, "PreconditionFailed");
        }
        Map<String, String> metadata = new HashMap<>();
        request.headers().forEach((header, value) -> {
            if (header.startsWith(METADATA)) {
                metadata.put(header, value);
            }
        });
        Content content = new Content(request.body(), etag(request.body()), metadata);
        objects.put(request.key(), content);
        return S3Reply.of(200, Map.of("ETag", content.etag()));
    }

    private S3Reply delete(S3Request request) {
        Optional<String> expected = request.header("if-match");
        Content present = objects.get(request.key());
        if (expected.isPresent() && present == null) {
            return S3Reply.error(404, "NoSuchKey");
        }
        if (expected.isPresent() && !expected.get().equals(present.etag())) {
            return S3Reply.error(412, "PreconditionFailed");
        }
        objects.remove(request.key());
        return S3Reply.of(204, Map.of());
    }

    private S3Reply deleteMany(S3Request request) {
        try {
            NodeList names = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(request.body()))
                    .getElementsByTagName("Key");
            if (names.getLength() > LARGEST_PAGE) {
                return S3Reply.error(400, "MalformedXML");
            }
            for (int i = 0; i < names.getLength(); i++) {
                objects.remove(names.item(i).getTextContent());
            }
            return S3Reply.xml("<DeleteResult></DeleteResult>");
        } catch (Exception e) {
            return S3Reply.error(400, "MalformedXML");
        }
    }

    private S3Reply list(Map<String, String> parameters) {
        String prefix = parameters.getOrDefault("prefix", "");
        String delimiter = parameters.getOrDefault("delimiter", "");
        int limit = Math.min(LARGEST_PAGE, Integer.parseInt(parameters.getOrDefault("max-keys", "1000")));
        String last = decodedToken(parameters.get("continuation-token"));
        StringBuilder entries = new StringBuilder();
        int shown = 0;
        for (String name : objects.tailMap(prefix, true).keySet()) {
            if (!name.startsWith(prefix)) {
                break;
            }
            String shownName = shownName(name, prefix, delimiter);
            if (shownName.compareTo(last) <= 0) {
                continue;
            }
            if (shown == limit) {
                return page(entries, shown, Optional.of(token(last)));
            }
            entries.append(shownName.equals(name) ? object(name) : commonPrefix(shownName));
            shown++;
            last = shownName;
        }
        return page(entries, shown, Optional.empty());
    }

    private static String shownName(String name, String prefix, String delimiter) {
        int end = delimiter.isEmpty() ? -1 : name.indexOf(delimiter, prefix.length());
        return end < 0 ? name : name.substring(0, end + delimiter.length());
    }

    private String object(String name) {
        Content content = objects.get(name);
        return "<Contents><Key>" + encoded(name) + "</Key><ETag>"
                + content.etag().replace("\"", "&quot;") + "</ETag><Size>" + content.bytes().length
                + "</Size></Contents>";
    }

    private static String commonPrefix(String name) {
        return "<CommonPrefixes><Prefix>" + encoded(name) + "</Prefix></CommonPrefixes>";
    }

    private static S3Reply page(StringBuilder entries, int shown, Optional<String> next) {
        return S3Reply.xml("<ListBucketResult><EncodingType>url</EncodingType><KeyCount>" + shown
                + "</KeyCount><IsTruncated>" + next.isPresent() + "</IsTruncated>"
                + next.map(token -> "<NextContinuationToken>" + token + "</NextContinuationToken>")
                        .orElse("")
                + entries + "</ListBucketResult>");
    }

    private static String token(String last) {
        return Base64.getUrlEncoder().encodeToString(last.getBytes(StandardCharsets.UTF_8));
    }

    private static String decodedToken(String token) {
        return token == null ? "" : new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    private static String etag(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(bytes);
            return "\"" + HexFormat.of().formatHex(digest) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
