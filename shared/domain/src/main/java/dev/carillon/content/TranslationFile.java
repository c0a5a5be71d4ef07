package dev.carillon.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a translation's key says, {@code locale[/namespace][//tenant]}, and which languages a reader
 * may be given texts in.
 */
public final class TranslationFile {
  /** Of texts that a reader's language lacks. */
  private static final Locale LAST_RESORT = Locale.ENGLISH;

  /** The namespace of the texts that tags in templates hold, which commits gather. */
  public static final String SYSTEM = "system";

  private TranslationFile() {}

  /**
   * Whom a file speaks to.
   *
   * @param tenant empty for a file of all
   */
  public record Whose(Locale language, String tenant) {}

  /** The key of a file; empty texts for no namespace and no tenant. */
  public static String key(String locale, String namespace, String tenant) {
    return locale
        + (namespace.isEmpty() ? "" : "/" + namespace)
        + (tenant.isEmpty() ? "" : "//" + tenant);
  }

  /** The language and the tenant of the file with that key. */
  public static Whose whose(String key) {
    int slash = key.indexOf('/');
    int tenant = key.indexOf("//");
    return new Whose(
        language(slash < 0 ? key : key.substring(0, slash)),
        tenant < 0 ? "" : key.substring(tenant + 2));
  }

  /** As it is written with a hyphen or a line below: {@code de-CH}, {@code de_CH}. */
  public static Locale language(String locale) {
    return Locale.forLanguageTag(locale.replace('_', '-'));
  }

  /** The reader's language with its region, the language, then the one that is always there. */
  public static List<Locale> languages(String locale) {
    var languages = new ArrayList<Locale>();
    Locale own = language(locale);
    for (Locale one : List.of(own, Locale.of(own.getLanguage()), LAST_RESORT)) {
      if (!one.getLanguage().isEmpty() && !languages.contains(one)) {
        languages.add(one);
      }
    }
    return languages;
  }
}
