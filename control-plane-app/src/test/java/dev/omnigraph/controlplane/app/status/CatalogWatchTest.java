package dev.omnigraph.controlplane.app.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.command.CatalogView;
import dev.omnigraph.controlplane.json.JsonNull;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CatalogWatchTest {

    private Instant now = Instant.parse("2026-11-25T10:00:00Z");
    private Supplier<CatalogView> stored = () -> new CatalogView(Optional.of("sha256:ab"), List.of());
    private final CatalogWatch watch = new CatalogWatch(() -> stored.get(), () -> now, Duration.ofHours(1));

    @Test
    void whatWasFoundShowsItsAge() {
        assertThat(watch.view()).isEqualTo(JsonNull.INSTANCE);

        watch.verify();
        now = now.plusSeconds(90);

        assertThat(JsonText.compact(watch.view()))
                .contains("\"looked_at\":\"2026-11-25T10:00:00", "\"age_seconds\":90", "\"state_cas\":\"sha256:ab\"");
    }

    @Test
    void whereTheStoreDoesNotAnswerTheLastFindingsGetOlder() {
        watch.verify();
        now = now.plusSeconds(3600);
        stored = () -> {
            throw new StorageUnavailableException("it does not answer");
        };

        watch.verify();

        assertThat(JsonText.compact(watch.view())).contains("\"age_seconds\":3600", "\"findings\":[]");
    }
}
