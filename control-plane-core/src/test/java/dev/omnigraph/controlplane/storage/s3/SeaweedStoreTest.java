package dev.omnigraph.controlplane.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.omnigraph.controlplane.storage.DeleteOutcome;
import dev.omnigraph.controlplane.storage.ListOutcome;
import dev.omnigraph.controlplane.storage.ObjectKey;
import dev.omnigraph.controlplane.storage.PrefixOutcome;
import dev.omnigraph.controlplane.storage.PutOutcome;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on a server that others wrote. */
class SeaweedStoreTest extends S3ObjectStoreContract {

    @BeforeAll
    static void requireTheServer() {
        IndependentServers.require(SeaweedServer.NAME);
    }

    @Override
    S3Server server() {
        return IndependentServers.require(SeaweedServer.NAME);
    }

    /** Fewer, because thirty-two callers race there in another test, for the lock and for the ledger. */
    @Override
    protected int rounds() {
        return 6;
    }

    /**
     * A gap of this server, held fast so that it is seen when it closes: for two minutes after its last object is gone a
     * folder is still shown by a listing. Whether anything lies below it is told rightly.
     */
    @Test
    @Override
    protected void aPrefixIsThereWhileAnObjectIsBelowIt() {
        ObjectKey root = new ObjectKey("graphs/people.omni");
        ObjectKey deep = root.child("nodes/1f/data/0.lance");
        assertThat(store().putIfAbsent(deep, "rows".getBytes(UTF_8))).isInstanceOf(PutOutcome.Done.class);
        assertThat(store().exists(root)).isEqualTo(new PrefixOutcome.Present());
        assertThat(store().exists(deep)).isEqualTo(new PrefixOutcome.Absent());

        assertThat(store().delete(deep)).isEqualTo(new DeleteOutcome.Done());

        assertThat(store().exists(root)).isEqualTo(new PrefixOutcome.Absent());
        assertThat(store().list(new ObjectKey("graphs")))
                .isEqualTo(new ListOutcome.Listed(List.of(new ListOutcome.Entry(root, ListOutcome.Kind.PREFIX))));
    }
}
