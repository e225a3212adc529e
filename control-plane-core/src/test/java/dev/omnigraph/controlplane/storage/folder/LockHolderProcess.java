package dev.omnigraph.controlplane.storage.folder;

import dev.omnigraph.controlplane.id.Pause;
import java.io.IOException;
import java.nio.file.Path;

/** Holds the lock of a folder until it is killed. Argument: root. Says a line once it has the lock. */
final class LockHolderProcess {

    private LockHolderProcess() {}

    public static void main(String[] arguments) throws Exception {
        FolderLock lock =
                new FolderLock(new FolderLayout(Path.of(arguments[0])), new FolderLock.Patience(1, Pause.REAL));
        int end = lock.whileHeld(LockHolderProcess::holdUntilKilled);
        System.exit(end);
    }

    private static int holdUntilKilled() {
        System.out.println("held");
        try {
            return System.in.read();
        } catch (IOException e) {
            return 1;
        }
    }
}
