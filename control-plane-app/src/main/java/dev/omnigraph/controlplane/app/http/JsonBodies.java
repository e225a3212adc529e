package dev.omnigraph.controlplane.app.http;

import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.json.JsonNull;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonReader;
import dev.omnigraph.controlplane.json.JsonSyntaxException;
import dev.omnigraph.controlplane.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Request bodies: one JSON object of limited size. A request without a body, or with the one that generated
 * clients send for none, {@code null}, counts as {@code {}}; without one it needs no content type.
 */
public final class JsonBodies implements HandlerMethodArgumentResolver {

    private static final String IDENTITY = "identity";

    private final BodyBytes limit;

    JsonBodies(BodyBytes limit) {
        this.limit = limit;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == JsonObject.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binderFactory) {
        return read(ServletRequests.of(webRequest));
    }

    private JsonObject read(HttpServletRequest request) {
        byte[] bytes = limit.of(request);
        if (bytes.length == 0) {
            return JsonObject.empty();
        }
        requireJson(request);
        JsonValue body = parse(bytes);
        if (body instanceof JsonObject object) {
            return object;
        } else if (body == JsonNull.INSTANCE) {
            return JsonObject.empty();
        }
        throw problem(ProblemCode.INVALID_BODY, "the body is a JSON document, but no object");
    }

    private static void requireJson(HttpServletRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (!isJson(request.getContentType()) || (encoding != null && !encoding.equalsIgnoreCase(IDENTITY))) {
            throw problem(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "the body is not declared as plain application/json")
                    .withHeader(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
        }
    }

    private static boolean isJson(@Nullable String contentType) {
        try {
            return contentType != null
                    && MediaType.APPLICATION_JSON.equalsTypeAndSubtype(MediaType.parseMediaType(contentType));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    private static JsonValue parse(byte[] bytes) {
        try {
            return JsonReader.read(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw problem(ProblemCode.MALFORMED_JSON, "the body is not UTF-8 text");
        } catch (JsonSyntaxException e) {
            // Not what stands there: a body sent to the wrong place may hold a secret, and answers get logged.
            throw problem(
                    ProblemCode.MALFORMED_JSON,
                    "the body is no JSON document"
                            + e.place().map(place -> ", as shows at " + place).orElse(", but blank"));
        }
    }

    private static ProblemException problem(ProblemCode code, String detail) {
        return new ProblemException(Problem.of(code, detail));
    }
}
