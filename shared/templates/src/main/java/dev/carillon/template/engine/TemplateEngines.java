package dev.carillon.template.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The engines over the partials of one library, by the names of their languages. One is made for
 * the first template in its language, as most environments write in one alone. Safe for several
 * threads.
 */
public final class TemplateEngines {
  private final List<TemplateLanguage> languages;
  private final Map<String, Map<String, PartialSource>> partials;
  private final ConcurrentMap<String, TemplateEngine> made = new ConcurrentHashMap<>();

  /**
   * @param partials by the names of their languages, and by key
   */
  public TemplateEngines(
      List<TemplateLanguage> languages, Map<String, Map<String, PartialSource>> partials) {
    this.languages = List.copyOf(languages);
    this.partials = Map.copyOf(partials);
  }

  /** Whether there is such a language. */
  public boolean know(String language) {
    return language(language).isPresent();
  }

  /** Empty when there is no such language. */
  public Optional<TemplateEngine> in(String language) {
    return language(language)
        .map(
            known ->
                made.computeIfAbsent(
                    language, _ -> known.engine(partials.getOrDefault(language, Map.of()))));
  }

  private Optional<TemplateLanguage> language(String name) {
    for (TemplateLanguage language : languages) {
      if (language.wireName().equals(name)) {
        return Optional.of(language);
      }
    }
    return Optional.empty();
  }
}
