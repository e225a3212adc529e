package dev.omnigraph.controlplane.app.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RetentionScheduleTest {

    @Test
    void aRunThatIsNotTakenOnDoesNotEndTheSchedule() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(3);
        RetentionSchedule schedule = new RetentionSchedule(Duration.ofMillis(1), () -> {
            runs.countDown();
            if (runs.getCount() == 1) {
                throw new IllegalStateException("the store is away");
            }
            return new Acceptance.QueueFull(1);
        });

        schedule.start();

        assertThat(runs.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(schedule.isRunning()).isTrue();
        schedule.stop();
        assertThat(schedule.isRunning()).isFalse();
    }

    @Test
    void anIntervalOfZeroIsNoSchedule() {
        RetentionSchedule schedule = new RetentionSchedule(Duration.ZERO, () -> new Acceptance.Stopping());

        schedule.start();

        assertThat(schedule.isRunning()).isFalse();
    }
}
