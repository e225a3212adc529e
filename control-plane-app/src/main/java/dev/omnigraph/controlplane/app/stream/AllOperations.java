package dev.omnigraph.controlplane.app.stream;

import dev.omnigraph.controlplane.app.operation.OperationView;
import dev.omnigraph.controlplane.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Everything that happens to operations here. What a client missed beyond recall it is told so by {@code reset}. */
final class AllOperations implements EventStream.EventSource {

    private static final Pattern ID = Pattern.compile("([0-9A-Z]{26})-(\\d{1,18})");
    private static final JsonObject MISSED = JsonObject.builder()
            .put("detail", "events may have been missed; list the operations with GET /operations")
            .build();

    private final OperationEvents log;
    private final OperationView view;
    private long seen;
    private boolean missed;

    /** @param lastEventId the last event that the client saw; without one the stream begins now */
    AllOperations(OperationEvents log, OperationView view, Optional<String> lastEventId) {
        this.log = log;
        this.view = view;
        Optional<Long> known = lastEventId.flatMap(this::number);
        this.seen = known.orElseGet(log::newest);
        this.missed = lastEventId.isPresent() && known.isEmpty();
    }

    @Override
    public boolean writeNext(ServerSentEvents events, Duration patience) throws IOException, InterruptedException {
        if (missed) {
            events.event(id(seen), "reset", MISSED);
            missed = false;
        }
        OperationEvents.Batch batch = log.after(seen, patience);
        if (!batch.complete()) {
            events.event(id(batch.events().get(0).number() - 1), "reset", MISSED);
        }
        for (OperationEvent event : batch.events()) {
            events.event(id(event.number()), "operation", view.summary(event.operation()));
            seen = event.number();
        }
        if (batch.events().isEmpty()) {
            events.heartbeat();
        }
        return batch.open();
    }

    private String id(long number) {
        return log.name() + "-" + number;
    }

    /** An id of another process says nothing here, nor does one that this process never gave out. */
    private Optional<Long> number(String id) {
        Matcher form = ID.matcher(id);
        if (!form.matches() || !form.group(1).equals(log.name())) {
            return Optional.empty();
        }
        long number = Long.parseLong(form.group(2));
        return number <= log.newest() ? Optional.of(number) : Optional.empty();
    }
}
