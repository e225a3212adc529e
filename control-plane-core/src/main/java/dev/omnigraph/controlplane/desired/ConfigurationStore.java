package dev.omnigraph.controlplane.desired;

import dev.omnigraph.controlplane.config.FileContent;
import dev.omnigraph.controlplane.digest.Utf8Order;
import dev.omnigraph.controlplane.document.ControlDocuments;
import dev.omnigraph.controlplane.document.DocumentRead;
import dev.omnigraph.controlplane.document.DocumentWrite;
import dev.omnigraph.controlplane.ledger.ControlKeys;
import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.PutOutcome;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The stored configurations of a cluster, {@code __control/configurations/<digits>/}: the contents of all files one behind
 * the other in {@code content}, and then the list of the files in {@code files.json}, with which the configuration is there.
 * Two objects and not one a file, because in a bucket each object costs a request whenever the configuration is used. A
 * configuration never changes; storing it again finds it. Thread-safe.
 */
public final class ConfigurationStore {

    private static final ObjectKey FOLDER = ControlKeys.CONTROL.child("configurations");
    private static final String FILES = "files.json";
    private static final String CONTENT = "content";

    private final ObjectStore objects;
    private final ControlDocuments<StoredConfiguration> documents;

    public ConfigurationStore(ObjectStore objects) {
        this.objects = objects;
        this.documents =
                new ControlDocuments<>(objects, StoredConfigurationDocument::write, StoredConfigurationDocument::read);
    }

    /** What storing came to. */
    public sealed interface Storing {

        /** It is there now, and was not before. */
        record Created(StoredConfiguration configuration) implements Storing {}

        /** It was there already, as it was stored then. */
        record Existing(StoredConfiguration configuration) implements Storing {}

        /** It is not there, or that is not known; storing it again goes on. */
        record Failed(String reason) implements Storing {}
    }

    /**
     * Stores files as a configuration. Where it is stored already, content that was lost or damaged is mended.
     *
     * @param files by path; the paths are such as an archive of the configuration may have
     * @throws StorageUnavailableException where the storage does not say what is there
     */
    public Storing store(Map<String, FileContent> files, Optional<String> actor, Instant now) {
        SortedMap<String, FileContent> sorted = new TreeMap<>(Utf8Order.COMPARATOR);
        sorted.putAll(files);
        StoredConfiguration configuration = new StoredConfiguration(nameOf(sorted), list(sorted), actor, now);
        Optional<StoredConfiguration> present = find(configuration.name());
        Optional<String> notStored = storeContent(configuration.name(), content(sorted));
        if (notStored.isPresent()) {
            return new Storing.Failed(notStored.get());
        }
        if (present.isPresent()) {
            return new Storing.Existing(present.get());
        }
        DocumentWrite<StoredConfiguration> write = documents.create(filesKey(configuration.name()), configuration);
        if (write instanceof DocumentWrite.Stored<StoredConfiguration>) {
            return new Storing.Created(configuration);
        } else if (write instanceof DocumentWrite.Lost<StoredConfiguration> lost
                && lost.present() instanceof DocumentRead.Found<StoredConfiguration> found) {
            return new Storing.Existing(found.value());
        }
        return new Storing.Failed(reason(write));
    }

    /** The name that files have as a configuration. */
    public static ConfigurationName nameOf(Map<String, FileContent> files) {
        Map<String, String> digests = new LinkedHashMap<>();
        files.forEach((path, content) -> digests.put(path, content.digest()));
        return ConfigurationName.of(digests);
    }

    /**
     * The configuration of that name, if it is stored.
     *
     * @throws StorageUnavailableException where that is not known, or what is there is damaged
     */
    public Optional<StoredConfiguration> find(ConfigurationName name) {
        return read(name).ifThere("configuration " + name).map(DocumentRead.Found::value);
    }

    /** What stands under a name, for lists. */
    public DocumentRead<StoredConfiguration> read(ConfigurationName name) {
        DocumentRead<StoredConfiguration> read = documents.read(filesKey(name));
        return read instanceof DocumentRead.Found<StoredConfiguration> found
                        && !found.value().name().equals(name)
                ? new DocumentRead.Unreadable<>("another configuration lies in its place")
                : read;
    }

    /**
     * The files of a configuration by path, in the order of the paths, each with the digest that the list has.
     *
     * @throws StorageUnavailableException where they cannot be read, or are damaged
     */
    public SortedMap<String, FileContent> contents(StoredConfiguration configuration) {
        byte[] all = contentBytes(configuration.name());
        SortedMap<String, FileContent> files = new TreeMap<>(Utf8Order.COMPARATOR);
        int at = 0;
        for (StoredFile file : configuration.files()) {
            if (file.bytes() < 0 || file.bytes() > all.length - at) {
                throw damaged(configuration.name(), "its content is cut off");
            }
            int end = at + (int) file.bytes();
            FileContent content = FileContent.owning(Arrays.copyOfRange(all, at, end));
            if (!content.digest().equals(file.digest())) {
                throw damaged(configuration.name(), "the content of `" + file.path() + "` is another than was stored");
            }
            files.put(file.path(), content);
            at = end;
        }
        return Collections.unmodifiableSortedMap(files);
    }

    /**
     * The names of all configurations, in their bytewise order. Of one whose storing was interrupted there may be a name and
     * nothing to find.
     *
     * @throws StorageUnavailableException where the storage does not say what is there
     */
    public List<ConfigurationName> names() {
        ListOutcome outcome = objects.list(FOLDER);
        if (outcome instanceof ListOutcome.Unknown unknown) {
            throw new StorageUnavailableException("the configurations cannot be listed: " + unknown.reason());
        }
        return ((ListOutcome.Listed) outcome)
                .entries().stream()
                        .filter(entry -> entry.kind() == ListOutcome.Kind.PREFIX)
                        .flatMap(entry -> ConfigurationName.ofHex(entry.key().name()).stream())
                        .toList();
    }

    /**
     * Removes a configuration, the list last, so that what is left of an interrupted removal is still told and removed by the
     * next. Whoever removes has to know of everything that names configurations: revisions, plans, operations. Should one be
     * named at this very moment, storing the same files again brings it back under the same name.
     *
     * @param named what is not removed
     * @return empty when it is gone or named; else why something of it may be left
     */
    public Optional<String> removeUnlessNamed(ConfigurationName name, Set<ConfigurationName> named) {
        if (named.contains(name)) {
            return Optional.empty();
        }
        return documents.remove(folder(name).child(CONTENT)).or(() -> documents.remove(filesKey(name)));
    }

    /** Content that does not hash to its name is what a damaged write left; it is replaced. */
    private Optional<String> storeContent(ConfigurationName name, byte[] bytes) {
        ObjectKey key = folder(name).child(CONTENT);
        PutOutcome outcome = objects.putIfAbsent(key, bytes);
        if (outcome instanceof PutOutcome.Lost lost && lost.present() instanceof GetOutcome.Found found) {
            if (Arrays.equals(found.object().bytes(), bytes)) {
                return Optional.empty();
            }
            outcome = objects.putIfMatch(key, bytes, found.object().tag());
        }
        if (outcome instanceof PutOutcome.Done) {
            return Optional.empty();
        } else if (outcome instanceof PutOutcome.Refused refused) {
            return Optional.of(refused.reason());
        }
        return Optional.of(
                outcome instanceof PutOutcome.Unknown unknown
                        ? unknown.reason()
                        : "somebody else stores it at this moment");
    }

    private byte[] contentBytes(ConfigurationName name) {
        GetOutcome outcome = objects.get(folder(name).child(CONTENT));
        if (outcome instanceof GetOutcome.Found found) {
            return found.object().bytes();
        } else if (outcome instanceof GetOutcome.Absent) {
            throw damaged(name, "its content is gone");
        } else if (outcome instanceof GetOutcome.Unusable unusable) {
            throw damaged(name, unusable.reason());
        }
        throw new StorageUnavailableException(
                "configuration " + name + " cannot be read: " + ((GetOutcome.Unknown) outcome).reason());
    }

    private static List<StoredFile> list(SortedMap<String, FileContent> files) {
        List<StoredFile> list = new ArrayList<>();
        files.forEach((path, content) -> list.add(new StoredFile(path, content.digest(), content.size())));
        return list;
    }

    private static byte[] content(SortedMap<String, FileContent> files) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        files.values().forEach(file -> all.writeBytes(file.bytes()));
        return all.toByteArray();
    }

    private static String reason(DocumentWrite<StoredConfiguration> write) {
        if (write instanceof DocumentWrite.Refused<StoredConfiguration> refused) {
            return refused.reason();
        }
        return write instanceof DocumentWrite.Unknown<StoredConfiguration> unknown
                ? unknown.reason()
                : "something that is no list of files stands in its place";
    }

    private static StorageUnavailableException damaged(ConfigurationName name, String reason) {
        return new StorageUnavailableException("configuration " + name + " is damaged: " + reason
                + "; remove what is stored of it and store it again");
    }

    private static ObjectKey filesKey(ConfigurationName name) {
        return folder(name).child(FILES);
    }

    /** Where a configuration lies. */
    public static ObjectKey folder(ConfigurationName name) {
        return FOLDER.child(name.hex());
    }
}
