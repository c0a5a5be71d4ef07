package dev.carillon.template.liquid.filter;

import dev.carillon.template.render.AskedNames;
import dev.carillon.variable.Lookups;
import java.time.Instant;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * For whom and when a message is rendered: all that a template can come to know besides its
 * variables.
 *
 * @param now what {@code 'now'} means
 * @param names of zones and currencies
 * @param locale of numbers and dates that a template gives none for; {@code date} itself is always
 *     English
 * @param markdown Markdown to HTML, for {@code from_markdown}; given at most {@link
 *     dev.carillon.template.render.TemplateLimits#OUTPUT_BYTES} characters
 */
public record Occasion(
    Instant now,
    AskedNames names,
    Locale locale,
    Lookups lookups,
    Translations translations,
    UnaryOperator<String> markdown) {

  /**
   * The locale of a language tag, whose parts may be joined by underscores. English of the United
   * States where it names no language: the JDK's own has no form of money that people know.
   */
  public static Locale locale(String tag) {
    Locale locale = Locale.forLanguageTag(tag.replace('_', '-'));
    return locale.getLanguage().isEmpty() ? Locale.US : locale;
  }
}
