package dev.omnigraph.controlplane.language.policy;

/**
 * One action of one rule as a Cedar policy (policy.md 5).
 *
 * @param id unique in its bundle
 * @param rule the id of the rule that it was made of
 * @param text in Cedar's language
 */
record CedarPolicy(String id, String rule, PolicyAction action, String text) {}
