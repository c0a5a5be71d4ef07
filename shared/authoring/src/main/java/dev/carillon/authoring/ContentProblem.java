package dev.carillon.authoring;

/**
 * One thing that is wrong with a content.
 *
 * @param field its path from the root of the content: {@code steps[0].template.subject}; empty for
 *     the whole
 * @param sentence for its author
 */
public record ContentProblem(String field, String sentence) {}
