package dev.omnigraph.controlplane.storage.s3;

import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StoredObject;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Requests to one bucket. Each call sends exactly one and says what it came to; repeating is for the caller to decide. */
final class S3Requests {

    /** Metadata of an object that names the write that made it. Its bytes stay what the format says. */
    private static final String WRITE_ID = "omnigraph-write";

    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY_REQUESTS = 429;

    private final S3Client client;
    private final String bucket;

    S3Requests(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    S3Answer<ReadObject> get(String name) {
        GetObjectRequest request =
                GetObjectRequest.builder().bucket(bucket).key(name).build();
        return send(() -> client.getObject(request, S3Requests::read));
    }

    S3Answer<VersionTag> put(String name, byte[] bytes, WriteCondition condition, String writeId) {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucket).key(name).metadata(Map.of(WRITE_ID, writeId));
        if (condition instanceof WriteCondition.Matches matches) {
            request.ifMatch(quoted(matches.tag()));
        } else {
            request.ifNoneMatch("*");
        }
        return send(() -> requiredTag(
                client.putObject(request.build(), RequestBody.fromBytes(bytes)).eTag()));
    }

    S3Answer<Boolean> delete(String name, Optional<VersionTag> expected) {
        DeleteObjectRequest.Builder request =
                DeleteObjectRequest.builder().bucket(bucket).key(name);
        expected.ifPresent(tag -> request.ifMatch(quoted(tag)));
        return send(() -> {
            client.deleteObject(request.build());
            return true;
        });
    }

    /** Deletes up to a thousand objects; the value is what could not be deleted. */
    S3Answer<List<S3Error>> delete(List<String> names) {
        List<ObjectIdentifier> objects = names.stream()
                .map(name -> ObjectIdentifier.builder().key(name).build())
                .toList();
        DeleteObjectsRequest request = DeleteObjectsRequest.builder()
                .bucket(bucket)
                .delete(delete -> delete.objects(objects).quiet(true))
                .build();
        return send(() -> client.deleteObjects(request).errors());
    }

    S3Answer<ListObjectsV2Response> list(ListObjectsV2Request.Builder request) {
        return send(() -> client.listObjectsV2(request.bucket(bucket).build()));
    }

    private static ReadObject read(GetObjectResponse response, AbortableInputStream body) throws IOException {
        byte[] bytes = body.readNBytes(ObjectStore.MAX_OBJECT_BYTES + 1);
        if (bytes.length > ObjectStore.MAX_OBJECT_BYTES) {
            body.abort();
            return ReadObject.unread(
                    new GetOutcome.Unusable("the object has more than " + ObjectStore.MAX_OBJECT_BYTES + " bytes"));
        }
        return new ReadObject(
                new GetOutcome.Found(new StoredObject(bytes, requiredTag(response.eTag()))),
                Optional.ofNullable(response.metadata().get(WRITE_ID)));
    }

    /** The tag without the quotes around it, which not every store sends everywhere; empty where there is none. */
    static Optional<VersionTag> tag(@Nullable String header) {
        if (header == null || header.isEmpty()) {
            return Optional.empty();
        }
        boolean quoted = header.length() > 1 && header.startsWith("\"") && header.endsWith("\"");
        return Optional.of(new VersionTag(quoted ? header.substring(1, header.length() - 1) : header));
    }

    /** A tag with one quote only was cut: the tag itself is another. */
    private static VersionTag requiredTag(@Nullable String header) {
        return tag(header)
                .filter(tag -> !tag.value().startsWith("\""))
                .orElseThrow(
                        () -> SdkClientException.create("the store's answer names no version of the object (ETag)"));
    }

    private static String quoted(VersionTag tag) {
        return "\"" + tag.value() + "\"";
    }

    private static <T> S3Answer<T> send(Supplier<T> request) {
        try {
            return new S3Answer.Done<>(request.get());
        } catch (S3Exception e) {
            return failure(e);
        } catch (SdkException e) {
            return new S3Answer.Unclear<>(message(e));
        } catch (UncheckedIOException e) {
            // The SDK lets this one through where the first byte of a body does not come.
            return new S3Answer.Unclear<>("the store's answer broke off: " + e.getMessage());
        }
    }

    private static <T> S3Answer<T> failure(S3Exception failure) {
        AwsErrorDetails details = failure.awsErrorDetails();
        String code = details == null || details.errorCode() == null ? "" : details.errorCode();
        String reason = reason(failure.statusCode(), code, details == null ? null : details.errorMessage());
        return isUnclear(failure.statusCode(), code)
                ? new S3Answer.Unclear<>(reason)
                : new S3Answer.Denied<>(failure.statusCode(), code, reason);
    }

    /**
     * A server that fails may have written before it did; so may one that gave up waiting for the end of a request. A refusal
     * that lacks the store's word for it was cut, or is of somebody else on the way. Of conditions the status says enough.
     */
    private static boolean isUnclear(int status, String code) {
        return status >= SERVER_ERROR
                || status == TOO_MANY_REQUESTS
                || code.equals("RequestTimeout")
                || (code.isEmpty() && status != S3Answer.Denied.PRECONDITION_FAILED);
    }

    private static String reason(int status, String code, @Nullable String message) {
        String said = message == null || message.isBlank() ? "" : ": " + message;
        return "the store answered " + status + (code.isEmpty() ? "" : " " + code) + said;
    }

    private static String message(SdkException failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
