package dev.omnigraph.controlplane.app.http;

import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.app.security.Principal;
import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.operation.RepeatableRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Executable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads the {@code Idempotency-Key} of requests, and what belongs to its scope. */
public final class RepeatableCalls implements HandlerMethodArgumentResolver {

    /** The header, as the IETF draft on it names it. */
    public static final String HEADER = "Idempotency-Key";

    private static final Pattern KEY = Pattern.compile("[\\x20-\\x7e]{1,256}");

    private final BodyBytes json;
    private final BodyBytes archive;

    RepeatableCalls(BodyBytes json, BodyBytes archive) {
        this.json = json;
        this.archive = archive;
    }

    /** Whether the body of an endpoint is an archive. */
    static boolean takesArchive(Executable endpoint) {
        return Arrays.asList(endpoint.getParameterTypes()).contains(UploadedArchive.class);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == RepeatableCall.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binderFactory) {
        HttpServletRequest request = ServletRequests.of(webRequest);
        List<String> keys = Collections.list(request.getHeaders(HEADER));
        return keys.isEmpty()
                ? new RepeatableCall(Optional.empty())
                : new RepeatableCall(Optional.of(
                        repeatable(request, key(keys), body(parameter).of(request))));
    }

    private BodyBytes body(MethodParameter parameter) {
        return takesArchive(parameter.getExecutable()) ? archive : json;
    }

    private static RepeatableRequest repeatable(HttpServletRequest request, String key, byte[] body) {
        return new RepeatableRequest(
                PrincipalAttribute.of(request).flatMap(Principal::actor),
                request.getMethod(),
                request.getRequestURI(),
                key,
                Sha256.hex(body));
    }

    private static String key(List<String> keys) {
        String key = keys.get(0);
        if (keys.size() > 1 || !KEY.matcher(key).matches()) {
            throw new ProblemException(Problem.of(
                    ProblemCode.INVALID_PARAMETER, HEADER + " stands there once, with 1 to 256 printable characters"));
        }
        return key;
    }
}
