/**
 * YAML as positioned nodes, in the dialect that the engine's own tool reads (control-plane.md 2.3): which scalars are
 * numbers, what an empty value stands for, which repeated keys are refused. Syntax comes from SnakeYAML's events; every
 * decision about types is made here.
 */
@NullMarked
package dev.omnigraph.controlplane.language.yaml;

import org.jspecify.annotations.NullMarked;
