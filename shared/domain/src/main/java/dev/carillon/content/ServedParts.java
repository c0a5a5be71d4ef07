package dev.carillon.content;

import dev.carillon.content.Commits.Serving;
import dev.carillon.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What of a content serves: of a layout what is rendered, not what it is called. */
public final class ServedParts {
  private static final List<String> LAYOUT =
      List.of(
          "template_language",
          "html_layout",
          "text_layout",
          "footer_links",
          "is_mjml",
          "branding_overrides");
  private static final List<String> PARTIAL =
      List.of("template_language", "type", "content", "input_schema");
  private static final List<String> TRANSLATION =
      List.of("locale_code", "namespace", "tenant", "format", "content");
  private static final List<String> AUDIENCE = List.of("type", "segments");

  private ServedParts() {}

  /** Whether it lies in the library that templates share. */
  public static boolean isOne(Serving serving) {
    return switch (serving.commit().content().type()) {
      case PARTIAL, EMAIL_LAYOUT, TRANSLATION -> true;
      case MESSAGE_TYPE, AUDIENCE, WORKFLOW -> false;
    };
  }

  /** The library with those of the contents laid over it that lie in it. */
  public static Assets.Library over(Assets.Library before, List<Serving> all) {
    var contents = new LinkedHashMap<ContentId, Json.Obj>();
    all.stream()
        .filter(ServedParts::isOne)
        .forEach(it -> contents.put(it.commit().content(), it.content()));
    return over(before, contents);
  }

  /** The library with these parts laid over it, in their order. */
  public static Assets.Library over(Assets.Library before, Map<ContentId, Json.Obj> parts) {
    var layouts = new LinkedHashMap<>(before.layouts().fields());
    var partials = new LinkedHashMap<>(before.partials().fields());
    var translations = new LinkedHashMap<>(before.translations().fields());
    for (ContentId id : parts.keySet()) {
      switch (id.type()) {
        case EMAIL_LAYOUT -> layouts.put(id.key(), part(id, parts.get(id)));
        case PARTIAL -> partials.put(id.key(), part(id, parts.get(id)));
        case TRANSLATION -> translations.put(id.key(), part(id, parts.get(id)));
        case MESSAGE_TYPE, AUDIENCE, WORKFLOW ->
            throw new IllegalArgumentException(id + " is no part of a library");
      }
    }
    return new Assets.Library(
        new Json.Obj(layouts), new Json.Obj(partials), new Json.Obj(translations));
  }

  /** What of a layout, partial or translation is rendered; of that again all. */
  public static Json.Obj part(ContentId id, Json.Obj content) {
    return switch (id.type()) {
      case EMAIL_LAYOUT -> some(content, LAYOUT);
      case PARTIAL -> some(content, PARTIAL);
      case TRANSLATION -> some(content, TRANSLATION);
      case MESSAGE_TYPE, AUDIENCE, WORKFLOW ->
          throw new IllegalArgumentException(id + " is no part of a library");
    };
  }

  /** What of an audience decides who is in it. */
  public static Json.Obj audience(Json.Obj content) {
    return some(content, AUDIENCE);
  }

  private static Json.Obj some(Json.Obj content, List<String> fields) {
    var json = new LinkedHashMap<String, Json>();
    fields.forEach(field -> content.get(field).ifPresent(value -> json.put(field, value)));
    return new Json.Obj(json);
  }
}
