package dev.omnigraph.controlplane.app.http;

import dev.omnigraph.controlplane.app.security.Principal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Hands endpoints the principal that access was granted to. */
public final class Principals implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Principal.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binderFactory) {
        return Optional.ofNullable(webRequest.getNativeRequest(HttpServletRequest.class))
                .flatMap(PrincipalAttribute::of)
                .orElseThrow(() -> new IllegalStateException("an endpoint open to all has no principal"));
    }
}
