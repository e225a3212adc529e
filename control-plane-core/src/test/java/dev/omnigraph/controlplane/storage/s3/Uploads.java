package dev.omnigraph.controlplane.storage.s3;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Objects that are sent in parts, until the last of them is there. Not thread-safe. */
final class Uploads {

    private static final String UPLOAD = "uploadId";

    private final Map<String, NavigableMap<Integer, byte[]>> parts = new HashMap<>();
    private int begun;

    S3Reply begin(S3Request request) {
        String id = "upload-" + ++begun;
        parts.put(id, new TreeMap<>());
        return S3Reply.xml("<InitiateMultipartUploadResult><Bucket>" + request.bucket() + "</Bucket><UploadId>" + id
                + "</UploadId></InitiateMultipartUploadResult>");
    }

    S3Reply part(S3Request request) {
        Map<String, String> parameters = request.parameters();
        NavigableMap<Integer, byte[]> upload = parts.get(parameters.get(UPLOAD));
        if (upload == null) {
            return S3Reply.error(404, "NoSuchUpload");
        }
        int number = Integer.parseInt(parameters.get("partNumber"));
        upload.put(number, request.body());
        return S3Reply.of(200, Map.of("ETag", "\"part-" + number + "\""));
    }

    S3Reply abort(S3Request request) {
        parts.remove(request.parameters().get(UPLOAD));
        return S3Reply.of(204, Map.of());
    }

    /** All parts, one after the other. */
    Optional<byte[]> whole(S3Request request) {
        return Optional.ofNullable(parts.get(request.parameters().get(UPLOAD))).map(upload -> {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            upload.values().forEach(whole::writeBytes);
            return whole.toByteArray();
        });
    }

    S3Reply completed(S3Request request, String etag) {
        parts.remove(request.parameters().get(UPLOAD));
        return S3Reply.xml("<CompleteMultipartUploadResult><Bucket>" + request.bucket() + "</Bucket><Key>"
                + request.key() + "</Key><ETag>" + etag.replace("\"", "&quot;")
                + "</ETag></CompleteMultipartUploadResult>");
    }
}
