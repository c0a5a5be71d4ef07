package dev.carillon.functions.management.content;

import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What Knock's command line wants to know to write content to files: which texts get a file of
 * their own, and which fields nobody may set.
 *
 * <p>That tool reads each such file as Liquid before it sends it, so that what is written in
 * Handlebars stays within its JSON.
 */
final class Annotations {
  private static final String ANNOTATION = "__annotation";

  /** Texts of templates, with how their files end. */
  private static final Map<String, String> TEMPLATE =
      Map.of(
          "json_body", "json",
          "html_body", "html",
          "text_body", "txt",
          "markdown_body", "md",
          "visual_blocks", "json");

  private static final Pattern TRANSLATED = Pattern.compile("\\{%-?\\s*t\\b");

  private final boolean extracting;

  private Annotations(boolean extracting) {
    this.extracting = extracting;
  }

  /** The content with annotations, read-only fields included. */
  static Json.Obj annotated(ContentKind kind, Json.Obj content) {
    boolean liquid = content.text("template_language").filter("handlebars"::equals).isEmpty();
    var annotations = new Annotations(liquid);
    return switch (kind) {
      case WORKFLOW -> annotations.annotate(annotations.steps(content), Map.of(), kind.readonly());
      case EMAIL_LAYOUT ->
          annotations.annotate(
              content, Map.of("html_layout", "html", "text_layout", "txt"), kind.readonly());
      case PARTIAL ->
          annotations.annotate(content, Map.of("content", extension(content)), kind.readonly());
      case MESSAGE_TYPE ->
          annotations.annotate(content, Map.of("preview", "html"), kind.readonly());
      case AUDIENCE -> annotations.annotate(content, Map.of(), kind.readonly());
    };
  }

  private static String extension(Json.Obj partial) {
    return switch (partial.text("type").orElse("html")) {
      case "text" -> "txt";
      case "markdown" -> "md";
      case "json" -> "json";
      default -> "html";
    };
  }

  private Json.Obj annotate(
      Json.Obj object, Map<String, String> extractable, List<String> readonly) {
    var fields = new LinkedHashMap<String, Json>();
    extractable.forEach(
        (name, extension) ->
            fields.put(
                name,
                Json.object()
                    .with("default", Json.of(extracting && isRead(object, name)))
                    .with("file_ext", extension)));
    return object.with(
        ANNOTATION,
        Json.object()
            .with("extractable_fields", new Json.Obj(fields))
            .with("readonly_fields", Json.texts(readonly)));
  }

  /** Steps within branches too; those of cohorts the tool does not look for. */
  private Json.Obj steps(Json.Obj holder) {
    if (holder.get("steps").isEmpty()) {
      return holder;
    }
    return holder.with(
        "steps",
        mapped(
            holder.list("steps"),
            step -> {
              Json.Obj annotated = step;
              if (step.get("branches").isPresent()) {
                annotated = annotated.with("branches", mapped(step.list("branches"), this::steps));
              }
              return step.get("template").filter(Json.Obj.class::isInstance).isPresent()
                  ? annotated.with("template", template(step.object("template")))
                  : annotated;
            }));
  }

  private Json.Obj template(Json.Obj template) {
    Json.Obj annotated = template;
    if (template.get("settings").filter(Json.Obj.class::isInstance).isPresent()) {
      annotated =
          annotated.with(
              "settings",
              annotate(template.object("settings"), Map.of("pre_content", "txt"), List.of()));
    }
    if (template.get("visual_blocks").filter(Json.Arr.class::isInstance).isPresent()) {
      annotated =
          annotated.with("visual_blocks", mapped(template.list("visual_blocks"), this::block));
    }
    return annotate(annotated, TEMPLATE, List.of());
  }

  private Json.Obj block(Json.Obj block) {
    String extension = block.text("type").filter("html"::equals).isPresent() ? "html" : "md";
    return block.get("content").isPresent()
        ? annotate(block, Map.of("content", extension), List.of())
        : block;
  }

  /**
   * That tool refuses a file with the tag that translates, which Knock's own templates may have.
   */
  private static boolean isRead(Json.Obj object, String field) {
    return object.get(field).filter(it -> TRANSLATED.matcher(it.toString()).find()).isEmpty();
  }

  private static Json mapped(List<Json> items, java.util.function.UnaryOperator<Json.Obj> map) {
    var mapped = new ArrayList<Json>();
    for (Json item : items) {
      mapped.add(item instanceof Json.Obj object ? map.apply(object) : item);
    }
    return new Json.Arr(mapped);
  }
}
