package dev.omnigraph.controlplane.app.http;

import dev.omnigraph.controlplane.app.problem.Problem;
import dev.omnigraph.controlplane.app.problem.ProblemCode;
import dev.omnigraph.controlplane.app.problem.ProblemException;
import dev.omnigraph.controlplane.archive.ArchiveFormat;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Request bodies that are archives, of the formats that their media types name. */
final class ArchiveBodies implements HandlerMethodArgumentResolver {

    private static final Map<String, ArchiveFormat> FORMATS = new TreeMap<>(Map.of(
            "application/zip", ArchiveFormat.ZIP,
            "application/x-zip-compressed", ArchiveFormat.ZIP,
            "application/gzip", ArchiveFormat.TAR_GZIP,
            "application/x-gzip", ArchiveFormat.TAR_GZIP,
            "application/x-tgz", ArchiveFormat.TAR_GZIP,
            "application/x-gtar-compressed", ArchiveFormat.TAR_GZIP));

    private final BodyBytes limit;

    ArchiveBodies(BodyBytes limit) {
        this.limit = limit;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == UploadedArchive.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binderFactory) {
        HttpServletRequest request = ServletRequests.of(webRequest);
        byte[] bytes = limit.of(request);
        return new UploadedArchive(format(request).orElseThrow(ArchiveBodies::unsupported), bytes);
    }

    private static Optional<ArchiveFormat> format(HttpServletRequest request) {
        String contentType = request.getContentType();
        if (contentType == null || request.getHeader(HttpHeaders.CONTENT_ENCODING) != null) {
            return Optional.empty();
        }
        try {
            MediaType type = MediaType.parseMediaType(contentType);
            return Optional.ofNullable(FORMATS.get(type.getType() + "/" + type.getSubtype()));
        } catch (InvalidMediaTypeException e) {
            return Optional.empty();
        }
    }

    private static ProblemException unsupported() {
        return new ProblemException(Problem.of(
                        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                        "the body is not declared as an archive that is taken here"))
                .withHeader(HttpHeaders.ACCEPT, String.join(", ", FORMATS.keySet()));
    }
}
