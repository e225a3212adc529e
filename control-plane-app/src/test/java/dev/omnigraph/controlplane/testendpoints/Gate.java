package dev.omnigraph.controlplane.testendpoints;

import dev.omnigraph.controlplane.fault.FaultPoint;
import dev.omnigraph.controlplane.fault.FaultPoints;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Holds a run of a service in this process at a fault point until the test lets it go on. One at a time. */
public final class Gate implements FaultPoints {

    private static final long PATIENCE_SECONDS = 90;
    private static volatile Gate current = new Gate();

    private volatile @Nullable FaultPoint closedAt;
    private volatile CountDownLatch reached = new CountDownLatch(1);
    private volatile CountDownLatch opened = new CountDownLatch(1);

    /** Puts the gate into a service. */
    @Configuration(proxyBeanMethods = false)
    public static class Additions {

        @Bean
        @Primary
        FaultPoints gate() {
            return current;
        }
    }

    /** A new gate, for services that are started with {@link Additions} from now on. */
    public static Gate fresh() {
        current = new Gate();
        return current;
    }

    /** The next run that comes to this point is held there. */
    public void closeAt(FaultPoint point) {
        reached = new CountDownLatch(1);
        opened = new CountDownLatch(1);
        closedAt = point;
    }

    /** Waits until a run is held. */
    public void awaitReached() {
        await(reached);
    }

    /** Lets the run go on, and every later one. */
    public void open() {
        closedAt = null;
        opened.countDown();
    }

    @Override
    public void reach(FaultPoint point) {
        if (point == closedAt) {
            closedAt = null;
            reached.countDown();
            await(opened);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the test did not go on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
