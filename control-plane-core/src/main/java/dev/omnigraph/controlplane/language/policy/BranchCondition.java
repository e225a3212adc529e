package dev.omnigraph.controlplane.language.policy;

/** What a rule demands of one of the branches of a request. */
public record BranchCondition(BranchRole role, BranchScope scope) {}
