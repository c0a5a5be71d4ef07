package dev.carillon.template.liquid;

/**
 * A variable that a template reads and does not set itself.
 *
 * @param path {@code recipient.name}; {@code [*]} stands for a place or key that the template
 *     computes or walks over: {@code data.items[*].title}
 * @param line from 1
 * @param column from 1
 */
public record VariableUse(String path, int line, int column) {}
