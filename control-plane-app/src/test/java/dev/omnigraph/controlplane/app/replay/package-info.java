/** Replays what the engine's own tool was recorded doing, through this service's commands and on real graphs. */
package dev.omnigraph.controlplane.app.replay;
