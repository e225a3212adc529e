package dev.omnigraph.controlplane.storage.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.storage.GetOutcome;
import dev.omnigraph.controlplane.storage.VersionTag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/** A connection that ends in the middle of an answer, at each of its bytes: what was asked for is not known, or known right. */
class CutAnswersTest {

    private static final String LISTING = """
            <ListBucketResult><Name>golden</Name><IsTruncated>false</IsTruncated>\
            <Contents><Key>__cluster/state.json</Key><ETag>&quot;abc&quot;</ETag><Size>5</Size></Contents>\
            <CommonPrefixes><Prefix>__cluster/recoveries/</Prefix></CommonPrefixes></ListBucketResult>""";

    private final Cutter server = new Cutter();
    private final S3Client client = S3Clients.create(
            TestBucket.settings(server),
            StaticCredentialsProvider.create(AwsBasicCredentials.create(server.accessKey(), server.secretKey())));
    private final S3Requests requests = new S3Requests(client, S3Server.BUCKET);

    /**
     * What is asked for.
     *
     * @param whole an answer to it
     * @param said what that answer says
     */
    record Asked(String name, String whole, Function<S3Requests, Optional<String>> request, String said) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final Asked LIST = new Asked(
            "a listing",
            answer("200 OK", "Content-Type: application/xml", LISTING),
            requests -> shown(
                    requests.list(ListObjectsV2Request.builder().prefix("__cluster/")),
                    page -> page.contents().size() + " objects, "
                            + page.commonPrefixes().size() + " prefixes"),
            "1 objects, 1 prefixes");

    static Stream<Asked> asked() {
        return Stream.of(
                LIST,
                new Asked(
                        "an object",
                        answer("200 OK", "ETag: \"abc\"", "{\"version\": 1}"),
                        requests -> shown(requests.get("__cluster/state.json"), CutAnswersTest::text),
                        "{\"version\": 1}"),
                new Asked(
                        "an object that is not there",
                        answer(
                                "404 Not Found",
                                "Content-Type: application/xml",
                                "<Error><Code>NoSuchKey</Code><Message>none</Message></Error>"),
                        requests -> refused(requests.get("__cluster/state.json")),
                        "404 NoSuchKey"),
                new Asked(
                        "a condition that does not hold",
                        answer(
                                "412 Precondition Failed",
                                "Content-Type: application/xml",
                                "<Error><Code>PreconditionFailed</Code></Error>"),
                        requests -> refused(requests.put(
                                        "__cluster/state.json", new byte[3], new WriteCondition.Absent(), "write"))
                                .map(said -> said.substring(0, 3)),
                        "412"),
                new Asked(
                        "a write",
                        answer("200 OK", "ETag: \"abc\"", ""),
                        requests -> shown(
                                requests.put("__cluster/state.json", new byte[3], new WriteCondition.Absent(), "write"),
                                VersionTag::value),
                        "abc"),
                new Asked(
                        "a deletion",
                        "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n",
                        requests -> shown(requests.delete("__cluster/lock.json", Optional.empty()), gone -> "gone"),
                        "gone"),
                new Asked(
                        "a deletion of many",
                        answer(
                                "200 OK",
                                "Content-Type: application/xml",
                                "<DeleteResult><Error><Key>a</Key><Code>AccessDenied</Code></Error></DeleteResult>"),
                        requests -> shown(requests.delete(List.of("a", "b")), failed -> failed.size() + " not deleted"),
                        "1 not deleted"));
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @MethodSource("asked")
    void whatIsSaidIsRight(Asked asked) {
        server.send(asked.whole());
        assertThat(asked.request().apply(requests)).contains(asked.said());
        for (int cut = 0; cut < asked.whole().length(); cut++) {
            String part = asked.whole().substring(0, cut);
            server.send(part);

            assertThat(asked.request().apply(requests))
                    .as("after\n%s", part)
                    .satisfiesAnyOf(
                            unknown -> assertThat(unknown).isEmpty(),
                            known -> assertThat(known).contains(asked.said()));
        }
    }

    /** What a store of today sends with each answer, a server between it and us may leave out. */
    @Test
    void anAnswerWithoutALengthIsNone() {
        server.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + LISTING);

        assertThat(LIST.request().apply(requests)).isEmpty();
    }

    private static String answer(String status, String header, String body) {
        return "HTTP/1.1 " + status + "\r\nConnection: close\r\n" + header + "\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private static <T> Optional<String> shown(S3Answer<T> answer, Function<T, String> value) {
        return answer instanceof S3Answer.Done<T> done ? Optional.of(value.apply(done.value())) : Optional.empty();
    }

    private static Optional<String> refused(S3Answer<?> answer) {
        assertThat(answer).isNotInstanceOf(S3Answer.Done.class);
        return answer instanceof S3Answer.Denied<?> denied
                ? Optional.of(denied.status() + " " + denied.code())
                : Optional.empty();
    }

    private static String text(ReadObject read) {
        return ((GetOutcome.Found) read.outcome()).object().text().orElseThrow();
    }

    /** Answers every request with the same bytes, and ends the connection. */
    private static final class Cutter implements S3Server, AutoCloseable {

        private static final String END_OF_HEADERS = "\r\n\r\n";
        private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

        private final ServerSocket listening;
        private volatile byte[] answer = new byte[0];

        Cutter() {
            try {
                listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Thread thread = new Thread(this::serve, "cutter");
            thread.setDaemon(true);
            thread.start();
        }

        void send(String bytes) {
            answer = bytes.getBytes(US_ASCII);
        }

        private void serve() {
            while (!listening.isClosed()) {
                try (Socket client = listening.accept()) {
                    readRequest(client.getInputStream());
                    client.getOutputStream().write(answer);
                } catch (IOException e) {
                    // The client has what it needs.
                }
            }
        }

        /** What was not read would end the connection by a reset. */
        private static void readRequest(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf(END_OF_HEADERS) < 0) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                head.append((char) next);
            }
            Matcher length = LENGTH.matcher(head);
            if (length.find() && head.indexOf("Expect:") < 0) {
                in.readNBytes(Integer.parseInt(length.group(1)));
            }
        }

        @Override
        public URI endpoint() {
            return URI.create("http://127.0.0.1:" + listening.getLocalPort());
        }

        @Override
        public String accessKey() {
            return "cutter";
        }

        @Override
        public String secretKey() {
            return "cutter-secret";
        }

        @Override
        public void close() {
            try {
                listening.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
