package dev.carillon.template.liquid.filter;

import java.math.BigDecimal;
import java.util.Optional;

/** The texts of the recipient's language; which that is, the caller knows. */
public interface Translations {

  /**
   * The text of a key, with variables in it as Liquid writes them; empty when there is none in any
   * language that the recipient may be given.
   *
   * @param key {@code path.to.text} or {@code namespace:path.to.text}; of a {@code t} tag, the
   *     source between its tags, unchanged
   * @param count which plural form is wanted; empty when the template gave no count
   */
  Optional<String> find(String key, Optional<BigDecimal> count);

  /** Finds nothing. */
  static Translations none() {
    return (_, _) -> Optional.empty();
  }
}
