package dev.omnigraph.controlplane.retention;

import dev.omnigraph.controlplane.desired.ConfigurationName;
import dev.omnigraph.controlplane.desired.ConfigurationStore;
import dev.omnigraph.controlplane.desired.StoredConfiguration;
import dev.omnigraph.controlplane.document.DocumentRead;
import dev.omnigraph.controlplane.storage.ObjectStore;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.time.Instant;
import java.util.List;

/** Configurations that were stored long ago and that no revision, plan or operation names any more. */
final class KeptConfigurations implements Keeping {

    private final ConfigurationStore configurations;
    private final ObjectStore store;
    private final Instant limit;

    /** @param limit what was first stored before may be removed */
    KeptConfigurations(ObjectStore store, Instant limit) {
        this.configurations = new ConfigurationStore(store);
        this.store = store;
        this.limit = limit;
    }

    @Override
    public String kind() {
        return "configurations";
    }

    /** What names configurations is read only where there are some. */
    @Override
    public List<Candidate> candidates() {
        List<ConfigurationName> names = configurations.names();
        if (names.isEmpty()) {
            return List.of();
        }
        NamedConfigurations named = NamedConfigurations.read(store);
        return names.stream()
                .filter(name -> !named.names().contains(name))
                .map(name -> new Candidate(ConfigurationStore.folder(name), () -> look(name, named)))
                .toList();
    }

    private Fate look(ConfigurationName name, NamedConfigurations named) {
        DocumentRead<StoredConfiguration> read = configurations.read(name);
        if (read instanceof DocumentRead.Unavailable<StoredConfiguration> unavailable) {
            throw new StorageUnavailableException("configuration " + name + " cannot be read: " + unavailable.reason());
        }
        if (read instanceof DocumentRead.Unreadable<StoredConfiguration> unreadable) {
            return new Fate.Kept("it cannot be read: " + unreadable.reason());
        }
        if (read instanceof DocumentRead.Found<StoredConfiguration> found
                && !found.value().storedAt().isBefore(limit)) {
            return new Fate.NotDue();
        }
        if (read instanceof DocumentRead.Absent<StoredConfiguration>) {
            return new Fate.NotDue(); // somebody may be storing it
        }
        return named.unreadable()
                .<Fate>map(what -> new Fate.Kept(what + " cannot be read, and may name it"))
                .orElseGet(() -> Fate.ofRemoval(configurations.removeUnlessNamed(name, named.names())));
    }
}
