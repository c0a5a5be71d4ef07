package dev.carillon.template.engine;

import dev.carillon.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An input that a partial declares in its {@code input_schema}.
 *
 * @param otherwise what a block that says nothing of it gives: the schema's default, and without
 *     one what is empty for its kind
 */
public record PartialInput(Kind kind, Json otherwise) {

  /** What partials get it as. */
  public enum Kind {
    TEXT,
    /** A text, turned from Markdown into HTML where a block gives it. */
    MARKDOWN,
    NUMBER,
    BOOLEAN,
    LIST,
    JSON,
    /**
     * An object of texts: of an image {@code url, alt, action}, of a button {@code text, action}.
     */
    FIELDS
  }

  private static final List<String> PARTS = List.of("url", "alt", "text", "action");

  /**
   * Those that the partial declares, by their keys. What in the schema makes no sense is no input;
   * a type that is not known is a text.
   */
  static Map<String, PartialInput> of(Json.Obj partial) {
    var inputs = new LinkedHashMap<String, PartialInput>();
    for (Json item : partial.list("input_schema")) {
      if (item instanceof Json.Obj field) {
        field.text("key").ifPresent(key -> inputs.put(key, field(field)));
      }
    }
    return inputs;
  }

  private static PartialInput field(Json.Obj field) {
    Kind kind =
        switch (field.text("type").orElse("")) {
          case "markdown" -> Kind.MARKDOWN;
          case "number" -> Kind.NUMBER;
          case "boolean" -> Kind.BOOLEAN;
          case "list", "multi_select" -> Kind.LIST;
          case "json" -> Kind.JSON;
          case "image", "button" -> Kind.FIELDS;
          default -> Kind.TEXT;
        };
    return new PartialInput(kind, kind == Kind.FIELDS ? parts(field) : standard(field, kind));
  }

  private static Json.Obj parts(Json.Obj field) {
    Json.Obj parts = Json.object();
    for (String part : PARTS) {
      if (field.fields().get(part) instanceof Json.Obj one) {
        parts = parts.with(part, standard(one, Kind.TEXT));
      }
    }
    return parts;
  }

  private static Json standard(Json.Obj field, Kind kind) {
    Json empty =
        switch (kind) {
          case TEXT, MARKDOWN -> Json.of("");
          case NUMBER, JSON -> Json.NULL;
          case BOOLEAN -> Json.FALSE;
          case LIST -> Json.array(List.of());
          case FIELDS -> Json.object();
        };
    return field.object("settings").get("default").orElse(empty);
  }
}
