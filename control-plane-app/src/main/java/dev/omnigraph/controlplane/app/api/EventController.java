package dev.omnigraph.controlplane.app.api;

import dev.omnigraph.controlplane.app.http.Readmission;
import dev.omnigraph.controlplane.app.operation.Operations;
import dev.omnigraph.controlplane.app.security.Requires;
import dev.omnigraph.controlplane.app.security.Role;
import dev.omnigraph.controlplane.app.stream.StreamClient;
import dev.omnigraph.controlplane.app.stream.Streams;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Streams of what happens to operations. A stream lasts as long as its reader's credentials count. */
@RestController
class EventController {

    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final Streams streams;
    private final Operations operations;
    private final Readmission readmission;

    EventController(Streams streams, Operations operations, Readmission readmission) {
        this.streams = streams;
        this.operations = operations;
        this.readmission = readmission;
    }

    @GetMapping("/events")
    @Requires(Role.VIEWER)
    ResponseEntity<StreamingResponseBody> all(@RequestHeader HttpHeaders headers, HttpServletResponse response) {
        return stream(streams.all(new Client(headers, response, readmission)));
    }

    @GetMapping("/operations/{operation_id}/events")
    @Requires(Role.VIEWER)
    ResponseEntity<StreamingResponseBody> one(
            @PathVariable("operation_id") String id, @RequestHeader HttpHeaders headers, HttpServletResponse response) {
        OperationProblems.requireFound(id, operations.find(id, Duration.ZERO));
        return stream(streams.one(id, new Client(headers, response, readmission)));
    }

    private static ResponseEntity<StreamingResponseBody> stream(StreamingResponseBody body) {
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .header(
                        "X-Accel-Buffering",
                        "no") // a proxy that collects a stream before it sends it delays every event
                .body(body);
    }

    private record Client(HttpHeaders headers, HttpServletResponse response, Readmission readmission)
            implements StreamClient {

        @Override
        public Optional<String> lastEventId() {
            return Optional.ofNullable(headers.getFirst(LAST_EVENT_ID));
        }

        @Override
        public boolean isLetIn() {
            return readmission.isGranted(headers, Role.VIEWER);
        }

        @Override
        public void flush() throws IOException {
            response.flushBuffer();
        }
    }
}
