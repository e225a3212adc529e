package dev.omnigraph.controlplane.app.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Tells when a request is over that may have changed something, whatever it was. */
public final class ChangeInterceptor implements HandlerInterceptor {

    private final Runnable changed;

    public ChangeInterceptor(Runnable changed) {
        this.changed = changed;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        if (!HttpMethod.GET.matches(request.getMethod())) {
            changed.run();
        }
    }
}
