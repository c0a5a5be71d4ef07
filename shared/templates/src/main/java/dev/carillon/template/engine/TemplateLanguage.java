package dev.carillon.template.engine;

import java.util.Map;

/** A language that templates can be written in. */
public interface TemplateLanguage {

  /** What {@code template_language} says for it, such as {@code handlebars}. */
  String wireName();

  /** An engine over these partials, by key. Never throws for what they hold. */
  TemplateEngine engine(Map<String, PartialSource> partials);
}
