package dev.carillon.time;

/**
 * What is wrong with one field of what was read.
 *
 * @param field the field's path below what was read; empty for the whole of it
 * @param reason one sentence
 */
public record FieldProblem(String field, String reason) {

  /** The same below {@code parent}. */
  public FieldProblem below(String parent) {
    return new FieldProblem(field.isEmpty() ? parent : parent + "." + field, reason);
  }
}
