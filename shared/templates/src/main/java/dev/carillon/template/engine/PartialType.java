package dev.carillon.template.engine;

import dev.carillon.template.render.Escaping;

/** What a partial comes to, and so how values in it are escaped. */
public enum PartialType {
  HTML,
  TEXT,
  MARKDOWN,
  JSON;

  public Escaping escaping() {
    return switch (this) {
      case HTML -> Escaping.HTML;
      case TEXT -> Escaping.NONE;
      case MARKDOWN -> Escaping.MARKDOWN;
      case JSON -> Escaping.JSON;
    };
  }
}
