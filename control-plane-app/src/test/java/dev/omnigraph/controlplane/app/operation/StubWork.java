package dev.omnigraph.controlplane.app.operation;

import dev.omnigraph.controlplane.operation.OperationEnding;
import dev.omnigraph.controlplane.operation.OperationOutcome;
import dev.omnigraph.controlplane.operation.OperationState;
import dev.omnigraph.controlplane.session.RunListener;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Work that a test holds at its beginning, and that does then what the test says. */
final class StubWork implements OperationWork {

    private static final long PATIENCE_SECONDS = 30;

    private final Consumer<RunListener> effect;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    StubWork(Consumer<RunListener> effect) {
        this.effect = effect;
    }

    /** Work that does nothing and converges. */
    static StubWork held() {
        return new StubWork(run -> {});
    }

    static StubWork free(Consumer<RunListener> effect) {
        StubWork work = new StubWork(effect);
        work.release();
        return work;
    }

    void awaitBegun() {
        await(begun);
    }

    void release() {
        released.countDown();
    }

    boolean hasBegun() {
        return begun.getCount() == 0;
    }

    @Override
    public String command() {
        return "apply";
    }

    @Override
    public Optional<String> configuration() {
        return Optional.empty();
    }

    @Override
    public Optional<String> configDigest() {
        return Optional.of("c0ffee");
    }

    @Override
    public OperationReport run(RunListener run) {
        begun.countDown();
        await(released);
        effect.accept(run);
        return new OperationReport(
                new OperationEnding(
                        OperationState.SUCCEEDED,
                        OperationOutcome.CONVERGED,
                        Optional.of(true),
                        Optional.empty(),
                        Optional.empty()),
                Optional.of("sha256:before"),
                Optional.of("sha256:after"));
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the test did not go on");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
