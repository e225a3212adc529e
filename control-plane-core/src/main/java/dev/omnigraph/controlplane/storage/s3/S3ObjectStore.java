package dev.omnigraph.controlplane.storage.s3;

import dev.omnigraph.controlplane.digest.Utf8Order;
import dev.omnigraph.controlplane.id.IdSource;
import dev.omnigraph.controlplane.id.Pause;
import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.MoveOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.RemovalOutcome;
import dev.omnigraph.controlplane.storage.StorageRoot;
import dev.omnigraph.controlplane.storage.TreeOutcome;
import dev.omnigraph.controlplane.storage.VersionTag;
import dev.omnigraph.controlplane.storage.s3.S3Settings.DeleteMode;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects in a bucket (control-plane.md 4.8), exact among any number of machines: conditions are the store's own,
 * {@code If-None-Match: *} and {@code If-Match}, and the tag is the ETag. Whether a store keeps them is for
 * {@link dev.omnigraph.controlplane.storage.ConditionProbe} to find out before it is trusted with a cluster.
 *
 * <p>Requests without a clear answer are repeated here, never by the SDK, whose own repetition would report the success of
 * an earlier attempt as a lost condition. What {@link ConditionalPut} and {@link ConditionalDelete} cannot settle is
 * unknown. An unconditional deletion without an answer may arrive late and delete what was put there since.
 *
 * <p>Nothing is moved in one step. Objects whose names end in a slash, which consoles make to show folders, are no objects
 * of the cluster; any other name that is no key makes a listing unknown.
 *
 * <p>Thread-safe. An interrupt makes a call answer unknown.
 */
public final class S3ObjectStore implements ObjectStore, AutoCloseable {

    private static final String SLASH = "/";

    private final StorageRoot.Bucket root;
    private final KeySpace keys;
    private final DeleteMode deletes;
    private final BucketAccess access;
    private final S3Client client;
    private final S3Requests requests;
    private final Patience patience;
    private final S3Listing listing;
    private final IdSource ids;
    private final int maxEntries;

    private S3ObjectStore(
            StorageRoot.Bucket root,
            DeleteMode deletes,
            BucketAccess access,
            S3Client client,
            Patience patience,
            IdSource ids,
            int maxEntries) {
        this.root = root;
        this.keys = new KeySpace(root.prefix());
        this.deletes = deletes;
        this.access = access;
        this.client = client;
        this.requests = new S3Requests(client, root.bucket());
        this.patience = patience;
        this.listing = new S3Listing(requests, patience, maxEntries);
        this.ids = ids;
        this.maxEntries = maxEntries;
    }

    /** A store in a bucket, with the credentials that the usual chain of the AWS SDK finds. Sends nothing yet. */
    public static S3ObjectStore open(StorageRoot.Bucket root, S3Settings settings, IdSource ids, Pause pause) {
        return open(root, settings, DefaultCredentialsProvider.builder().build(), ids, pause, MAX_ENTRIES);
    }

    static S3ObjectStore open(
            StorageRoot.Bucket root,
            S3Settings settings,
            AwsCredentialsProvider credentials,
            IdSource ids,
            Pause pause,
            int maxEntries) {
        Patience patience = Patience.standard(pause, new SecureRandom());
        S3Client client = S3Clients.create(settings, credentials);
        BucketAccess access = new BucketAccess(settings, credentials);
        return new S3ObjectStore(root, settings.deletes(), access, client, patience, ids, maxEntries);
    }

    @Override
    public String location() {
        return root.display();
    }

    /** Where this store lies. */
    public StorageRoot.Bucket root() {
        return root;
    }

    /** How this store reaches its bucket, for clients that read and write there beside it. */
    public BucketAccess access() {
        return access;
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public GetOutcome get(ObjectKey key) {
        return read(key).outcome();
    }

    private ReadObject read(ObjectKey key) {
        S3Answer<ReadObject> answer = patience.answered(() -> requests.get(keys.name(key)));
        if (answer instanceof S3Answer.Done<ReadObject> done) {
            return done.value();
        }
        String reason = location(key) + ": " + answer.reason();
        if (answer instanceof S3Answer.Denied<ReadObject> denied) {
            if (denied.isAbsent()) {
                return ReadObject.unread(new GetOutcome.Absent());
            }
            if (denied.isForbidden()) {
                return ReadObject.unread(new GetOutcome.Unusable(reason));
            }
        }
        return ReadObject.unread(new GetOutcome.Unknown(reason));
    }

    @Override
    public PutOutcome putIfAbsent(ObjectKey key, byte[] bytes) {
        return put(key, bytes, new WriteCondition.Absent(), ids.nextUlid());
    }

    @Override
    public PutOutcome claim(ObjectKey key, byte[] bytes, String claimant) {
        PutOutcome outcome = put(key, bytes, new WriteCondition.Absent(), claimant);
        if (!(outcome instanceof PutOutcome.Unknown)) {
            return outcome;
        }
        ReadObject there = read(key);
        return there.outcome() instanceof GetOutcome.Found found
                        && there.writeId().equals(Optional.of(claimant))
                ? new PutOutcome.Done(found.object().tag())
                : outcome;
    }

    @Override
    public PutOutcome putIfMatch(ObjectKey key, byte[] bytes, VersionTag expected) {
        return put(key, bytes, new WriteCondition.Matches(expected), ids.nextUlid());
    }

    private PutOutcome put(ObjectKey key, byte[] bytes, WriteCondition condition, String writeId) {
        Optional<String> refusal = ObjectStore.refusal(key, bytes);
        if (refusal.isPresent()) {
            return new PutOutcome.Refused(refusal.get());
        }
        return new ConditionalPut(
                        () -> requests.put(keys.name(key), bytes, condition, writeId), () -> read(key), writeId)
                .settle(patience);
    }

    @Override
    public DeleteOutcome deleteIfMatch(ObjectKey key, VersionTag expected) {
        boolean storeCompares = deletes == DeleteMode.CONDITIONAL;
        Optional<VersionTag> condition = storeCompares ? Optional.of(expected) : Optional.empty();
        return new ConditionalDelete(
                        () -> requests.delete(keys.name(key), condition), () -> read(key), expected, storeCompares)
                .settle(patience);
    }

    @Override
    public DeleteOutcome delete(ObjectKey key) {
        if (key.equals(ObjectKey.ROOT)) {
            return new DeleteOutcome.Refused("the storage root itself is no object");
        }
        S3Answer<Boolean> answer = patience.answered(() -> requests.delete(keys.name(key), Optional.empty()));
        if (answer instanceof S3Answer.Done<Boolean>) {
            return new DeleteOutcome.Done();
        }
        String reason = location(key) + ": " + answer.reason();
        if (answer instanceof S3Answer.Denied<Boolean> denied) {
            return denied.isAbsent() ? new DeleteOutcome.Done() : new DeleteOutcome.Refused(reason);
        }
        return new DeleteOutcome.Unknown(reason);
    }

    @Override
    public ListOutcome list(ObjectKey prefix) {
        String below = keys.below(prefix);
        List<ListOutcome.Entry> found = new ArrayList<>();
        try {
            for (ListObjectsV2Response page : listing.pages(below, Optional.of(SLASH))) {
                for (S3Object object : page.contents()) {
                    if (!isFolderMarker(object.key())) {
                        found.add(new ListOutcome.Entry(
                                keys.key(object.key()), ListOutcome.Kind.OBJECT, S3Requests.tag(object.eTag())));
                    }
                }
                for (CommonPrefix folder : page.commonPrefixes()) {
                    found.add(new ListOutcome.Entry(keys.key(withoutSlash(folder.prefix())), ListOutcome.Kind.PREFIX));
                }
            }
        } catch (BucketException e) {
            return new ListOutcome.Unknown(location(prefix) + ": " + e.getMessage());
        }
        found.sort(Comparator.comparing((ListOutcome.Entry entry) -> entry.key().path(), Utf8Order.COMPARATOR)
                .thenComparing(ListOutcome.Entry::kind));
        return new ListOutcome.Listed(List.copyOf(found));
    }

    @Override
    public PrefixOutcome exists(ObjectKey prefix) {
        String below = keys.below(prefix);
        try {
            boolean present = listing.first(below, 2).contents().stream()
                    .anyMatch(object -> !object.key().equals(below));
            return present ? new PrefixOutcome.Present() : new PrefixOutcome.Absent();
        } catch (BucketException e) {
            return new PrefixOutcome.Unknown(location(prefix) + ": " + e.getMessage());
        }
    }

    @Override
    public TreeOutcome tree(ObjectKey prefix) {
        List<TreeOutcome.Entry> found = new ArrayList<>();
        try {
            for (ListObjectsV2Response page : listing.pages(keys.below(prefix), Optional.empty())) {
                for (S3Object object : page.contents()) {
                    if (!isFolderMarker(object.key())) {
                        found.add(entry(object));
                    }
                }
            }
        } catch (BucketException e) {
            return new TreeOutcome.Unknown(location(prefix) + ": " + e.getMessage());
        }
        found.sort(Comparator.comparing(entry -> entry.key().path(), Utf8Order.COMPARATOR));
        return new TreeOutcome.Listed(found);
    }

    private TreeOutcome.Entry entry(S3Object object) throws BucketException {
        VersionTag tag = S3Requests.tag(object.eTag())
                .orElseThrow(() -> new BucketException("the listing names no version (ETag) of " + object.key()));
        return new TreeOutcome.Entry(keys.key(object.key()), object.size(), tag.value());
    }

    @Override
    public MoveOutcome move(ObjectKey from, ObjectKey to) {
        return new MoveOutcome.Unsupported();
    }

    @Override
    public RemovalOutcome removeTree(ObjectKey prefix, LongConsumer progress) {
        if (prefix.equals(ObjectKey.ROOT)) {
            return new RemovalOutcome.Incomplete(0, "the storage root itself is not removed");
        }
        return new S3Removal(requests, patience, listing, maxEntries, progress).removeBelow(keys.below(prefix));
    }

    private static boolean isFolderMarker(String name) {
        return name.endsWith(SLASH);
    }

    private static String withoutSlash(String name) {
        return isFolderMarker(name) ? name.substring(0, name.length() - SLASH.length()) : name;
    }

    private String location(ObjectKey key) {
        return root.display(key);
    }
}
