package dev.omnigraph.controlplane.command;

import dev.omnigraph.controlplane.apply.Leftovers;
import dev.omnigraph.controlplane.ledger.Ledger;
import dev.omnigraph.controlplane.ledger.LedgerRead;
import dev.omnigraph.controlplane.recovery.Sweep;
import dev.omnigraph.controlplane.session.ClusterContext;
import dev.omnigraph.controlplane.storage.StorageUnavailableException;
import java.util.List;

/** Every pending recovery record with the decision of the next sweep, by the code of the sweep. Reads only. */
final class RecoveriesQuery {

    private final ClusterContext context;

    RecoveriesQuery(ClusterContext context) {
        this.context = context;
    }

    /**
     * All of them, oldest first.
     *
     * @throws StorageUnavailableException where the storage does not answer
     */
    List<RecoveryView> run() {
        Sweep.Result sweep = new Sweep(context).run(ledger());
        Leftovers leftovers = new Leftovers(context);
        return sweep.examined().stream()
                .map(examined -> new RecoveryView(
                        context.root().display(examined.file()),
                        examined,
                        leftovers
                                .of(examined)
                                .map(found ->
                                        new RecoveryView.Leftover(found.digest(), found.objects(), found.bytes()))))
                .toList();
    }

    private Ledger ledger() {
        LedgerRead read = context.ledgers().read();
        if (read instanceof LedgerRead.Unknown unknown) {
            throw new StorageUnavailableException("the ledger cannot be read: " + unknown.reason());
        }
        return read instanceof LedgerRead.Present present ? present.stored().ledger() : Ledger.EMPTY;
    }
}
