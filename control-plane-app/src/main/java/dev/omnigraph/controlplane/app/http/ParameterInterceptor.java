package dev.omnigraph.controlplane.app.http;

import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.UriComponentsBuilder;

/** A parameter that an endpoint does not know, or that comes twice, is refused: a typing error must not be ignored. */
public final class ParameterInterceptor implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod endpoint) {
            Set<String> known = knownParameters(endpoint);
            parameters(request).forEach((name, values) -> check(name, values.size(), known));
        }
        return true;
    }

    /** Of the query only; whatever a body looks like, it holds no parameters. */
    private static Map<String, List<String>> parameters(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null
                ? Map.of()
                : UriComponentsBuilder.newInstance().query(query).build().getQueryParams();
    }

    private static void check(String name, int values, Set<String> known) {
        if (!known.contains(name)) {
            String taken = known.isEmpty() ? "no parameters are taken here" : "known are " + String.join(", ", known);
            throw refusal("the parameter `" + name + "` is not known; " + taken);
        }
        if (values > 1) {
            throw refusal("the parameter `" + name + "` stands there " + values + " times");
        }
    }

    private static ProblemException refusal(String detail) {
        return new ProblemException(Problem.of(ProblemCode.INVALID_PARAMETER, detail));
    }

    private static Set<String> knownParameters(HandlerMethod endpoint) {
        return Arrays.stream(endpoint.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                .map(ParameterInterceptor::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(MethodParameter parameter) {
        RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
        if (annotation == null || annotation.value().isEmpty()) {
            throw new IllegalStateException("a parameter of an endpoint is named in its annotation: " + parameter);
        }
        return annotation.value();
    }
}
