package dev.omnigraph.controlplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.app.testing.ApiClient;
import dev.omnigraph.controlplane.app.testing.RunningService;
import dev.omnigraph.controlplane.app.testing.SampleCluster;
import dev.omnigraph.controlplane.storage.CountingObjectStore;
import dev.omnigraph.controlplane.storage.ObjectStore;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** What those cost who ask again and again whether anything has changed. */
class PollingTest {

    private static final int POLLS = 200;
    private static final int BURST = 3;
    /** What comes by the clock does not come here, so that calls are counted that somebody asked for. */
    private static final String[] BY_THE_CLOCK = {
        "--control-plane.status.freshness=1s",
        "--control-plane.instance.heartbeat=1h",
        "--control-plane.catalog.verify-interval=0s"
    };

    @TempDir
    Path folder;

    @Test
    void whoAsksWithinTheBoundCostsTheStoreNothing() {
        SampleCluster.in(folder);
        try (RunningService service = RunningService.with(Counted.class, folder, BY_THE_CLOCK)) {
            ApiClient client = service.client();
            client.post("/import", "Prefer", "wait=60");
            String tag = client.get("/status").header("ETag");
            assertThat(client.get("/status", "If-None-Match", tag).status()).isEqualTo(304);
            CountingObjectStore store = (CountingObjectStore) service.bean(ObjectStore.class);
            store.reset();

            for (int poll = 0; poll < POLLS; poll++) {
                assertThat(client.get("/status", "If-None-Match", tag).status()).isEqualTo(304);
                assertThat(client.get("/status").status()).isEqualTo(200);
            }

            assertThat(store.calls()).isZero();
            client.get("/status", "Cache-Control", "no-cache");
            assertThat(store.calls()).as("who wants it as it is now gets it so").isPositive();
        }
    }

    /** An answer that was waited for goes through the gate a second time. */
    @Test
    void aRequestIsCountedOnce() {
        SampleCluster.in(folder);
        try (RunningService service = RunningService.with(
                Counted.class,
                folder,
                "--control-plane.http.requests-per-second=1",
                "--control-plane.http.request-burst=" + BURST)) {
            for (int request = 0; request < BURST; request++) {
                assertThat(service.client().get("/status?wait=0").status()).isEqualTo(200);
            }
            assertThat(service.client().get("/status?wait=0").status()).isEqualTo(429);
        }
    }

    /** A store whose calls are counted, and a time that does not pass. No annotation: other services would find it too. */
    static class Counted {

        @Bean
        static BeanPostProcessor counted() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof ObjectStore store ? new CountingObjectStore(store) : bean;
                }
            };
        }

        @Bean
        @Primary
        InstantSource stoppedClock() {
            Instant start = Instant.now();
            return () -> start;
        }
    }
}
