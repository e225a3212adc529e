package dev.omnigraph.controlplane.app.http;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.context.request.NativeWebRequest;

/** The requests behind those that the framework hands to argument resolvers. */
final class ServletRequests {

    private ServletRequests() {}

    static HttpServletRequest of(NativeWebRequest webRequest) {
        HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
        if (request == null) {
            throw new IllegalStateException("arguments are made of servlet requests only");
        }
        return request;
    }
}
