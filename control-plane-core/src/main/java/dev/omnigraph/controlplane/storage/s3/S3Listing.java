package dev.omnigraph.controlplane.storage.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** What lies in a bucket, page by page, up to so many entries. */
final class S3Listing {

    private final S3Requests requests;
    private final Patience patience;
    private final int maxEntries;

    S3Listing(S3Requests requests, Patience patience, int maxEntries) {
        this.requests = requests;
        this.patience = patience;
        this.maxEntries = maxEntries;
    }

    /**
     * Every page.
     *
     * @param below what the names begin with
     * @param delimiter where the part of a name that is shown ends; empty shows whole names
     * @throws BucketException where the store does not answer, refuses, or has more than is shown
     */
    List<ListObjectsV2Response> pages(String below, Optional<String> delimiter) throws BucketException {
        List<ListObjectsV2Response> pages = new ArrayList<>();
        Optional<String> next = Optional.empty();
        int entries = 0;
        do {
            ListObjectsV2Response page = page(request(below, delimiter, next));
            int shown = page.contents().size() + page.commonPrefixes().size();
            entries += shown;
            pages.add(page);
            next = page.isTruncated() ? Optional.ofNullable(page.nextContinuationToken()) : Optional.empty();
            if (page.isTruncated() && (shown == 0 || next.isEmpty())) {
                throw new BucketException("the store says that there is more, and does not show it");
            }
            if (entries > maxEntries) {
                throw new BucketException("more than " + maxEntries + " entries lie here");
            }
        } while (next.isPresent());
        return pages;
    }

    /** The first page of whole names, of at most so many. */
    ListObjectsV2Response first(String below, int count) throws BucketException {
        return page(ListObjectsV2Request.builder().prefix(below).maxKeys(count));
    }

    private static ListObjectsV2Request.Builder request(
            String below, Optional<String> delimiter, Optional<String> next) {
        ListObjectsV2Request.Builder request = ListObjectsV2Request.builder().prefix(below);
        delimiter.ifPresent(request::delimiter);
        next.ifPresent(request::continuationToken);
        return request;
    }

    private ListObjectsV2Response page(ListObjectsV2Request.Builder request) throws BucketException {
        S3Answer<ListObjectsV2Response> answer = patience.answered(() -> requests.list(request));
        if (answer instanceof S3Answer.Done<ListObjectsV2Response> done) {
            return done.value();
        }
        throw new BucketException(answer.reason());
    }
}
