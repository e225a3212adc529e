package dev.omnigraph.controlplane.lance;

import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.s3.BucketAccess;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The bucket of a cluster as Lance reaches it: by the endpoint, region, addressing and credentials with which the store
 * reaches it. Thread-safe.
 *
 * <p>Credentials are asked for at each call into Lance, so that those which expire are renewed between calls. A call keeps
 * the ones that it began with: where they expire during it, it fails, and the next recovery of the graph ends what it left.
 *
 * @param store the text objects of the cluster
 */
record LanceBucket(StorageRoot.Bucket root, ObjectStore store, BucketAccess access) implements LanceStorage {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/_.:-]*");

    /** Lance repeats a request without an answer so often, with growing pauses. */
    private static final int MAX_RETRIES = 4;
    /** Lance repeats no request that began so many seconds ago. */
    private static final String RETRY_TIMEOUT = "30";

    @Override
    public BucketLocation locate(ObjectKey key) {
        return new BucketLocation(this, key);
    }

    @Override
    public String display(ObjectKey key) {
        return root.display(key);
    }

    /** Lance reads the place as a URL, where others have a meaning, or are spelled in another way in names of objects. */
    @Override
    public Optional<String> objection(String location) {
        return PLAIN.matcher(location).matches()
                ? Optional.empty()
                : Optional.of(
                        "the place of a graph in a bucket must not have other characters than letters and digits of"
                                + " ASCII and / - _ . :");
    }

    /** In the names of Lance's object store. */
    Map<String, String> storageOptions() throws IOException {
        BucketAccess.Credentials credentials = credentials();
        Map<String, String> options = new HashMap<>();
        access.endpoint().ifPresent(endpoint -> {
            options.put("aws_endpoint", address(endpoint));
            options.put("allow_http", Boolean.toString("http".equals(endpoint.getScheme())));
        });
        options.put("aws_region", access.region());
        options.put("aws_virtual_hosted_style_request", Boolean.toString(!access.pathStyle()));
        options.put("aws_access_key_id", credentials.accessKeyId());
        options.put("aws_secret_access_key", credentials.secretAccessKey());
        credentials.sessionToken().ifPresent(token -> options.put("aws_session_token", token));
        options.put("connect_timeout", access.timeouts().connect().toSeconds() + "s");
        options.put("timeout", access.timeouts().attempt().toSeconds() + "s");
        options.put("client_max_retries", Integer.toString(MAX_RETRIES));
        options.put("client_retry_timeout", RETRY_TIMEOUT);
        return options;
    }

    /** Where buckets stand in the host name, Lance wants that one for a store of its own address. */
    private String address(URI endpoint) {
        return access.pathStyle()
                ? endpoint.toString()
                : endpoint.toString().replaceFirst("://", "://" + root.bucket() + ".");
    }

    private BucketAccess.Credentials credentials() throws IOException {
        try {
            return access.credentials();
        } catch (IOException e) {
            throw new StorageUnansweredException(LanceFailures.reason(e));
        }
    }
}
