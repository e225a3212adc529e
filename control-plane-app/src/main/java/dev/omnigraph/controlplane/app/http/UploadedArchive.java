package dev.omnigraph.controlplane.app.http;

import dev.omnigraph.controlplane.archive.ArchiveFormat;

/**
 * A request body that is an archive.
 *
 * @param bytes not copied, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // read once, handed on, never compared
public record UploadedArchive(ArchiveFormat format, byte[] bytes) {}
