package dev.carillon.authoring;

import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/** Content as it is kept: without what only files, or only answers, say of it. */
public final class Bare {
  private static final String ANNOTATION = "__annotation";

  /** What answers say of a content that is none of it. */
  static final List<String> ANSWERED =
      List.of(
          "key",
          "environment",
          "created_at",
          "updated_at",
          "inserted_at",
          "archived_at",
          "deleted_at",
          "sha",
          "active",
          "valid");

  private Bare() {}

  /**
   * The content of a file, or of a body whose files were read in: {@code "html_body@"} beside
   * {@code "html_body"} says where the text stood.
   */
  public static Json.Obj content(Json.Obj source) {
    return (Json.Obj) bare(source.without("$schema").without("__readonly"));
  }

  /** As {@link #content}, of what a client sends back as it was answered. */
  public static Json.Obj answered(Json.Obj body) {
    Json.Obj content = content(body);
    for (String field : ANSWERED) {
      content = content.without(field);
    }
    return content;
  }

  private static Json bare(Json json) {
    return switch (json) {
      case Json.Obj(var fields) -> {
        var kept = new LinkedHashMap<String, Json>();
        fields.forEach(
            (name, value) -> {
              if (!name.equals(ANNOTATION) && !isPath(name, fields.keySet())) {
                kept.put(name, bare(value));
              }
            });
        yield new Json.Obj(kept);
      }
      case Json.Arr(var items) -> {
        var kept = new ArrayList<Json>();
        items.forEach(item -> kept.add(bare(item)));
        yield new Json.Arr(kept);
      }
      case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> json;
    };
  }

  static boolean isPath(String name, Set<String> names) {
    return name.endsWith("@") && names.contains(name.substring(0, name.length() - 1));
  }
}
