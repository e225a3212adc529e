package dev.omnigraph.controlplane.app.stream;

import dev.omnigraph.controlplane.app.operation.OperationView;
import dev.omnigraph.controlplane.app.operation.Operations;
import dev.omnigraph.controlplane.digest.Sha256;
import dev.omnigraph.controlplane.json.JsonObject;
import dev.omnigraph.controlplane.json.JsonText;
import dev.omnigraph.controlplane.operation.OperationRead;
import dev.omnigraph.controlplane.operation.OperationRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * One operation until it is over, wherever it runs. Each event is the operation as it stands then, and its id is derived
 * from that: a client that comes back with the last one gets the present state if it is another, from any replica.
 */
final class OneOperation implements EventStream.EventSource {

    private final OperationEvents log;
    private final Operations operations;
    private final OperationView view;
    private final String operationId;
    private Optional<String> seen;
    private boolean begun;
    private long happened;

    OneOperation(
            OperationEvents log,
            Operations operations,
            OperationView view,
            String operationId,
            Optional<String> lastEventId) {
        this.log = log;
        this.operations = operations;
        this.view = view;
        this.operationId = operationId;
        this.seen = lastEventId;
    }

    @Override
    public boolean writeNext(ServerSentEvents events, Duration patience) throws IOException, InterruptedException {
        if (begun) {
            log.after(happened, operations.watchInterval(operationId, patience));
        }
        begun = true;
        happened = log.newest(); // before the look: what happens meanwhile makes the next wait a short one
        if (!(operations.watch(operationId) instanceof OperationRead.Found found)) {
            // The store does not answer now, or the record was removed: whoever watches asks again and is told which.
            return false;
        }
        OperationRecord operation = found.operation().record();
        JsonObject state = view.summary(operation);
        String id = Sha256.hex(JsonText.compact(state));
        if (seen.filter(id::equals).isPresent()) {
            events.heartbeat();
        } else {
            events.event(id, "operation", state);
            seen = Optional.of(id);
        }
        return !operation.state().isFinal() && log.isRunning();
    }
}
