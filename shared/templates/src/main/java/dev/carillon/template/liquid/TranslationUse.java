package dev.carillon.template.liquid;

/**
 * A text that a template asks the translations for.
 *
 * @param text what it is found by: the key of a filter, or all that stands between the tags
 * @param isItself whether the text is what is printed when no language has another
 */
public record TranslationUse(String text, boolean isItself) {}
