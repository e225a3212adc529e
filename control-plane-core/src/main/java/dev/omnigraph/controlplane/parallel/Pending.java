package dev.omnigraph.controlplane.parallel;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Work that was begun. Done once, by whoever comes first: one of the workers, or the one who needs the result. Thread-safe. */
public final class Pending<T> {

    private final FutureTask<T> task;

    Pending(Supplier<T> work) {
        this.task = new FutureTask<>(work::get);
    }

    void run() {
        task.run();
    }

    /**
     * The result. Work that nobody has taken up is done by the caller, so that it never waits behind other work; what is
     * under way is waited for, even by a thread that is told to stop: its own limits end it.
     *
     * @throws RuntimeException what the work threw
     */
    public T get() {
        run();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw unchecked(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException unchecked(ExecutionException failure) {
        if (failure.getCause() instanceof Error error) {
            throw error;
        }
        return failure.getCause() instanceof RuntimeException thrown ? thrown : new IllegalStateException(failure);
    }
}
