/** Objects in a bucket of S3, or of a store that keeps its conditional requests. The only place that knows the AWS SDK. */
@NullMarked
package dev.omnigraph.controlplane.storage.s3;

import org.jspecify.annotations.NullMarked;
