package dev.omnigraph.controlplane.storage.s3;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Takes no answer that may be a part of one. The HTTP client takes the end of a connection for the end of the headers, so
 * that an answer that was cut there would be one without a body: a listing that is empty. Headers that say how long the body
 * is leave no such doubt; the client itself compares that length.
 */
final class WholeAnswers implements ExecutionInterceptor {

    /** Has no body, and says nothing of its length. */
    private static final int NO_CONTENT = 204;

    @Override
    public void beforeUnmarshalling(Context.BeforeUnmarshalling context, ExecutionAttributes attributes) {
        SdkHttpResponse answer = context.httpResponse();
        boolean saysItsLength = answer.firstMatchingHeader("Content-Length").isPresent()
                || answer.firstMatchingHeader("Transfer-Encoding").isPresent();
        if (!saysItsLength && answer.statusCode() != NO_CONTENT) {
            throw SdkClientException.create("the store's answer ends before it says how long it is");
        }
    }
}
