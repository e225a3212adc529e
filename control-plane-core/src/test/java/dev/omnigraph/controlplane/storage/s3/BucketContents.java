package dev.omnigraph.controlplane.storage.s3;

import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The objects of the one bucket, changed by one request after the other. */
final class BucketContents {

    private static final String METADATA = "x-amz-meta-";
    private static final int LARGEST_PAGE = 1000;
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

    private final NavigableMap<String, Content> objects = new TreeMap<>();
    private final Uploads uploads = new Uploads();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Content(byte[] bytes, String etag, Map<String, String> metadata, Instant modified) {}

    synchronized void putForeign(String name, byte[] bytes) {
        objects.put(name, content(bytes, Map.of()));
    }

    /** Remembers what is there; the result brings it back. */
    synchronized Runnable keep() {
        Map<String, Content> kept = new TreeMap<>(objects);
        return () -> {
            synchronized (this) {
                objects.clear();
                objects.putAll(kept);
            }
        };
    }

    private static Content content(byte[] bytes, Map<String, String> metadata) {
        return new Content(bytes, etag(bytes), metadata, Instant.now().truncatedTo(ChronoUnit.MILLIS));
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
            case "GET" -> request.key().isEmpty() ? list(request.parameters()) : get(request);
            case "HEAD" -> get(request).withoutBody();
            case "PUT" -> request.parameters().containsKey("uploadId") ? uploads.part(request) : put(request);
            case "DELETE" -> request.parameters().containsKey("uploadId") ? uploads.abort(request) : delete(request);
            case "POST" -> post(request);
            default -> S3Reply.error(405, "MethodNotAllowed");
        };
    }

    private S3Reply get(S3Request request) {
        Content content = objects.get(request.key());
        if (content == null) {
            return S3Reply.error(404, "NoSuchKey");
        }
        Optional<String> expected = request.header("if-match");
        if (expected.isPresent() && !expected.get().equals(content.etag())) {
            return S3Reply.error(412, "PreconditionFailed");
        }
        Map<String, String> headers = new HashMap<>(content.metadata());
        headers.put("ETag", content.etag());
        headers.put(
                "Last-Modified",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(content.modified().atOffset(ZoneOffset.UTC)));
        Optional<String> range = request.header("range");
        return range.isPresent()
                ? part(range.get(), content.bytes(), headers)
                : new S3Reply(200, headers, content.bytes());
    }

    /** Bytes from one position to another, from one to the end, or so many at the end. */
    private static S3Reply part(String range, byte[] bytes, Map<String, String> headers) {
        Matcher asked = RANGE.matcher(range);
        if (!asked.matches()) {
            return new S3Reply(200, headers, bytes);
        }
        boolean fromEnd = asked.group(1).isEmpty();
        int start = fromEnd
                ? Math.max(0, bytes.length - Integer.parseInt(asked.group(2)))
                : Integer.parseInt(asked.group(1));
        int end = fromEnd || asked.group(2).isEmpty()
                ? bytes.length
                : (int) Math.min(bytes.length, Long.parseLong(asked.group(2)) + 1);
        if (start >= bytes.length || end <= start) {
            return S3Reply.error(416, "InvalidRange");
        }
        headers.put("Content-Range", "bytes " + start + "-" + (end - 1) + "/" + bytes.length);
        return new S3Reply(206, headers, Arrays.copyOfRange(bytes, start, end));
    }

    private S3Reply put(S3Request request) {
        Optional<String> source = request.header("x-amz-copy-source");
        return source.isPresent() ? copy(request, source.get()) : put(request, request.body());
    }

    private S3Reply copy(S3Request request, String source) {
        String path = URLDecoder.decode(source, StandardCharsets.UTF_8);
        String from = path.substring(path.indexOf(S3Server.BUCKET + "/") + S3Server.BUCKET.length() + 1);
        Content content = objects.get(from);
        if (content == null) {
            return S3Reply.error(404, "NoSuchKey");
        }
        S3Reply stored = put(request, content.bytes());
        return stored.status() == 200
                ? S3Reply.xml("<CopyObjectResult><LastModified>"
                        + objects.get(request.key()).modified() + "</LastModified><ETag>"
                        + content.etag().replace("\"", "&quot;") + "</ETag></CopyObjectResult>")
                : stored;
    }

    private S3Reply put(S3Request request, byte[] bytes) {
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
        Content content = content(bytes, metadata);
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

    private S3Reply post(S3Request request) {
        if (request.parameters().containsKey("uploads")) {
            return uploads.begin(request);
        }
        if (!request.parameters().containsKey("uploadId")) {
            return deleteMany(request);
        }
        Optional<byte[]> whole = uploads.whole(request);
        if (whole.isEmpty()) {
            return S3Reply.error(404, "NoSuchUpload");
        }
        S3Reply stored = put(request, whole.get());
        return stored.status() == 200
                ? uploads.completed(request, objects.get(request.key()).etag())
                : stored;
    }

    private S3Reply deleteMany(S3Request request) {
        try {
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(request.body()));
            NodeList names = document.getElementsByTagName("Key");
            if (names.getLength() > LARGEST_PAGE) {
                return S3Reply.error(400, "MalformedXML");
            }
            StringBuilder deleted = new StringBuilder();
            for (int i = 0; i < names.getLength(); i++) {
                String name = names.item(i).getTextContent();
                objects.remove(name);
                deleted.append("<Deleted><Key>").append(escaped(name)).append("</Key></Deleted>");
            }
            boolean quiet = document.getElementsByTagName("Quiet").getLength() > 0
                    && document.getElementsByTagName("Quiet")
                            .item(0)
                            .getTextContent()
                            .equals("true");
            return S3Reply.xml("<DeleteResult>" + (quiet ? "" : deleted) + "</DeleteResult>");
        } catch (Exception e) {
            return S3Reply.error(400, "MalformedXML");
        }
    }

    private S3Reply list(Map<String, String> parameters) {
        String prefix = parameters.getOrDefault("prefix", "");
        String delimiter = parameters.getOrDefault("delimiter", "");
        int limit = Math.min(LARGEST_PAGE, Integer.parseInt(parameters.getOrDefault("max-keys", "1000")));
        boolean encoded = parameters.getOrDefault("encoding-type", "").equals("url");
        String last = parameters.containsKey("continuation-token")
                ? decodedToken(parameters.get("continuation-token"))
                : parameters.getOrDefault("start-after", "");
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
                return page(entries, shown, encoded, Optional.of(token(last)));
            }
            String written = encoded ? encoded(shownName) : escaped(shownName);
            entries.append(shownName.equals(name) ? object(name, written) : commonPrefix(written));
            shown++;
            last = shownName;
        }
        return page(entries, shown, encoded, Optional.empty());
    }

    private static String shownName(String name, String prefix, String delimiter) {
        int end = delimiter.isEmpty() ? -1 : name.indexOf(delimiter, prefix.length());
        return end < 0 ? name : name.substring(0, end + delimiter.length());
    }

    private String object(String name, String written) {
        Content content = objects.get(name);
        return "<Contents><Key>" + written + "</Key><LastModified>" + content.modified() + "</LastModified><ETag>"
                + content.etag().replace("\"", "&quot;") + "</ETag><Size>" + content.bytes().length
                + "</Size></Contents>";
    }

    private static String commonPrefix(String written) {
        return "<CommonPrefixes><Prefix>" + written + "</Prefix></CommonPrefixes>";
    }

    private static S3Reply page(StringBuilder entries, int shown, boolean encoded, Optional<String> next) {
        return S3Reply.xml(
                "<ListBucketResult>" + (encoded ? "<EncodingType>url</EncodingType>" : "") + "<KeyCount>" + shown
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

    private static String escaped(String name) {
        return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
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
