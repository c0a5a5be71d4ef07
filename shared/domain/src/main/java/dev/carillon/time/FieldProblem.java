package dev.carillon.time;

/**
 * What is wrong with one field of what was read.
 *
 * @param field the field's path below what was read, {@code [0].day} in a list; empty for the whole
 * @param reason one sentence
 */
public record FieldProblem(String field, String reason) {

  /** The same below {@code parent}. */
  public FieldProblem below(String parent) {
    String dot = field.isEmpty() || field.startsWith("[") ? "" : ".";
    return new FieldProblem(parent + dot + field, reason);
  }
}
