package dev.carillon.edge.view;

import dev.carillon.content.ContentType;
import dev.carillon.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Content as Knock's document has it in answers: the fields that it requires are there, and those
 * that say nothing are not, as it knows no null in most places. What is complete stays as it is, so
 * that content which is saved in this way is sent back as the same version.
 */
public final class CompleteContent {
  private static final String SETTINGS = "settings";
  private static final String TEMPLATE = "template";

  /** Null is no layout at all; a template that does not name one has the default layout. */
  private static final String LAYOUT = "layout_key";

  /**
   * The parts of a step in which null is nothing: in overrides it takes away what a channel has.
   */
  private static final Set<String> PARTS = Set.of(SETTINGS, TEMPLATE);

  private static final Set<String> ROWS = Set.of("steps", "branches", "cohort_branches");

  private CompleteContent() {}

  /** Also of a broadcast, which is written as a workflow is. */
  public static Json.Obj of(ContentType type, Json.Obj content) {
    return switch (type) {
      case WORKFLOW -> step(content);
      case EMAIL_LAYOUT -> or(saying(content), "text_layout");
      case PARTIAL, TRANSLATION -> saying(content);
      case MESSAGE_TYPE ->
          or(
              or(or(saying(content), "variants", Json.array(List.of())), "preview"),
              "semver",
              Json.of("1.0.0"));
      case AUDIENCE ->
          content.text("type").filter("dynamic"::equals).isPresent()
              ? or(saying(content), "segments", Json.array(List.of()))
              : saying(content);
    };
  }

  /** A step, a way of a branch or the workflow itself, with all that is in it. */
  private static Json.Obj step(Json.Obj step) {
    var fields = new LinkedHashMap<String, Json>();
    saying(step)
        .fields()
        .forEach(
            (name, value) ->
                fields.put(
                    name,
                    switch (value) {
                      case Json.Arr(var items) when ROWS.contains(name) -> row(items);
                      case Json.Obj part when PARTS.contains(name) -> part(name, part);
                      case Json.Obj _,
                          Json.Arr _,
                          Json.Str _,
                          Json.Num _,
                          Json.Bool _,
                          Json.Null _ ->
                          value;
                    }));
    if (fields.get(TEMPLATE) instanceof Json.Obj template) {
      fields.put(TEMPLATE, template(step.text("channel_type").orElse(""), template));
    }
    return new Json.Obj(fields);
  }

  private static Json row(List<Json> items) {
    return Json.array(
        items.stream().map(it -> it instanceof Json.Obj step ? step(step) : it).toList());
  }

  private static Json.Obj part(String name, Json.Obj part) {
    Json.Obj said = saying(part);
    return name.equals(TEMPLATE)
            && said.get(SETTINGS).orElse(Json.NULL) instanceof Json.Obj settings
        ? said.with(SETTINGS, saying(settings, LAYOUT))
        : said;
  }

  /**
   * The template of a channel step.
   *
   * @param type of its channel; empty when nobody names it, which shows in the field that only
   *     templates of a type have
   */
  public static Json.Obj template(String type, Json.Obj template) {
    Map<String, Json> fields = template.fields();
    if (type.equals("email") || type.isEmpty() && fields.containsKey("subject")) {
      return or(template, SETTINGS, Json.Obj.EMPTY);
    }
    if (type.equals("push") || type.isEmpty() && fields.containsKey("title")) {
      return template.get(SETTINGS).orElse(Json.Obj.EMPTY) instanceof Json.Obj settings
          ? template.with(SETTINGS, or(settings, "delivery_type", Json.of("content")))
          : template;
    }
    return type.equals("chat") ? or(template, "markdown_body") : template;
  }

  private static Json.Obj saying(Json.Obj object) {
    return saying(object, "");
  }

  /**
   * @param but the field whose null does say something
   */
  private static Json.Obj saying(Json.Obj object, String but) {
    if (!object.fields().containsValue(Json.NULL)) {
      return object;
    }
    var said = new LinkedHashMap<>(object.fields());
    said.entrySet().removeIf(it -> it.getValue() instanceof Json.Null && !it.getKey().equals(but));
    return new Json.Obj(said);
  }

  private static Json.Obj or(Json.Obj object, String field) {
    return or(object, field, Json.of(""));
  }

  private static Json.Obj or(Json.Obj object, String field, Json value) {
    return object.get(field).isPresent() ? object : object.with(field, value);
  }
}
