package dev.carillon.change;

/**
 * One change of an environment.
 *
 * @param action what was done
 * @param subject to what
 * @param before what held until then, as a version or a value; empty for nothing. Never a secret
 * @param after what holds since, likewise
 */
public record Change(
    ChangeId id, Origin origin, String action, String subject, String before, String after) {}
