package dev.omnigraph.controlplane.storage.s3;

import dev.omnigraph.controlplane.storage.s3.S3Settings.DeleteMode;
import java.net.URI;

/**
 * A running server that others wrote.
 *
 * @param name as commands call it
 * @param showsEmptiedFolders whether a listing shows a folder for a while after its last object is gone
 */
record IndependentServer(
        String name, URI endpoint, String accessKey, String secretKey, DeleteMode deletes, boolean showsEmptiedFolders)
        implements S3Server {

    @Override
    public String toString() {
        return name;
    }
}
