package dev.omnigraph.controlplane.app.http;

import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets so many archives in at the same time: each is held in memory, packed and unpacked. */
public final class UploadInterceptor implements HandlerInterceptor {

    private static final String RETRY_AFTER = "5";

    /** The place of an archive becomes free a little later than its answer is there. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Semaphore places;

    public UploadInterceptor(int maxUploads) {
        this.places = new Semaphore(maxUploads);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (takesArchive(handler) && !isLetIn()) {
            throw new ProblemException(Problem.of(
                            ProblemCode.TOO_MANY_UPLOADS, "other archives are being unpacked; nothing was read"))
                    .withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
        }
        return true;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        if (takesArchive(handler)) {
            places.release();
        }
    }

    private boolean isLetIn() {
        try {
            return places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean takesArchive(Object handler) {
        return handler instanceof HandlerMethod method && RepeatableCalls.takesArchive(method.getMethod());
    }
}
