package dev.carillon.condition;

/**
 * Why conditions, or something that holds conditions, are refused.
 *
 * @param field where, as a path below what was read: {@code all[0].operator}
 * @param reason one sentence
 */
public record ConditionProblem(String field, String reason) {}
