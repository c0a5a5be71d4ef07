package dev.carillon.schema;

/**
 * What is wrong with a schema, or with data by a schema.
 *
 * @param path of the place, as {@code items[0].name}; empty for the whole
 * @param sentence a predicate of that place, as {@code must be a string}; may quote the schema and
 *     names of fields, never values of the data
 */
public record SchemaProblem(String path, String sentence) {}
