package dev.carillon.template.email;

import dev.carillon.json.Json;
import dev.carillon.template.css.CssColors;
import dev.carillon.template.css.Styles;
import dev.carillon.template.engine.Piece;
import dev.carillon.template.engine.TemplateCompiler;
import dev.carillon.template.markdown.MarkdownHtml;
import dev.carillon.template.render.Escaping;
import dev.carillon.template.render.Rendering;
import dev.carillon.template.render.TemplateValues;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The visual blocks of an email, as HTML that looks right without any style sheet. */
final class VisualBlocks {
  /** How wide something is: a number is one of pixels. */
  private static final Pattern LENGTH =
      Pattern.compile("(?:\\d{1,5}(?:\\.\\d{1,3})?)(?:px|em|rem|pt|%|vw)?|auto");

  private static final List<String> BUTTON_STYLES =
      List.of("background_color", "text_color", "border_color", "border_width", "border_radius");

  /** Names of branding that stand for a colour where a style wants one. */
  private static final Set<String> BRANDING =
      Set.of(
          "primary_color",
          "primary_color_contrast",
          "primary_text_color",
          "secondary_text_color",
          "dark_primary_color",
          "dark_primary_color_contrast");

  private static final BigDecimal MOST_PIXELS = BigDecimal.valueOf(1_000);

  private sealed interface Block {
    record Html(Piece content) implements Block {}

    record MarkdownText(Piece content) implements Block {}

    record Divider() implements Block {}

    record Image(Piece url, Optional<Piece> alt, Optional<Piece> action, Optional<Piece> width)
        implements Block {}

    record ButtonSet(List<Button> buttons) implements Block {}

    record Included(PartialBlock partial) implements Block {}
  }

  private record Button(
      Piece label,
      Piece action,
      boolean outline,
      String size,
      boolean wide,
      Map<String, Piece> style) {}

  private record Placed(Block block, String style) {}

  private final List<Placed> blocks;

  private VisualBlocks(List<Placed> blocks) {
    this.blocks = List.copyOf(blocks);
  }

  static VisualBlocks compile(TemplateCompiler compiler, Json.Obj template, Styles styles) {
    var blocks = new ArrayList<Placed>();
    List<Json.Obj> sources = compiler.objects(template, "", "visual_blocks");
    for (int i = 0; i < sources.size(); i++) {
      Json.Obj source = sources.get(i);
      source.text("content").ifPresent(styles::prepare);
      blocks.add(
          new Placed(
              block(compiler, source, "visual_blocks[" + i + "]."),
              placement(source.object("layout_attrs"))));
    }
    return new VisualBlocks(blocks);
  }

  private static Block block(TemplateCompiler compiler, Json.Obj source, String path) {
    String type = source.text("type").orElse("");
    return switch (type) {
      case "html" -> new Block.Html(compiler.required(source, path, "content", Escaping.HTML));
      case "markdown" ->
          new Block.MarkdownText(compiler.required(source, path, "content", Escaping.MARKDOWN));
      case "divider" -> new Block.Divider();
      case "image" ->
          new Block.Image(
              compiler.required(source, path, "url", Escaping.NONE),
              compiler.optional(source, path, "alt", Escaping.NONE),
              compiler.optional(source, path, "action", Escaping.NONE),
              compiler.optional(
                  source.object("style_attrs"), path + "style_attrs.", "width", Escaping.NONE));
      case "button_set" -> buttonSet(compiler, source, path);
      case "partial" -> new Block.Included(PartialBlock.compile(compiler, source, path));
      default -> {
        compiler.refuse(
            path + "type",
            type.isEmpty() ? "it is missing" : "blocks of type '" + type + "' are not supported");
        yield new Block.Divider();
      }
    };
  }

  private static Block buttonSet(TemplateCompiler compiler, Json.Obj source, String path) {
    var buttons = new ArrayList<Button>();
    for (var button : compiler.objects(source, path, "buttons")) {
      String at = path + "buttons[" + buttons.size() + "].";
      var style = new HashMap<String, Piece>();
      Json.Obj given = button.object("style_attrs");
      for (String key : BUTTON_STYLES) {
        given
            .get(key)
            .ifPresent(
                value ->
                    buttonStyle(compiler, at + "style_attrs." + key, value)
                        .ifPresent(piece -> style.put(key, piece)));
      }
      Json.Obj size = button.object("size_attrs");
      buttons.add(
          new Button(
              compiler.required(button, at, "label", Escaping.NONE),
              compiler.required(button, at, "action", Escaping.NONE),
              button.text("variant").orElse("solid").equals("outline"),
              size.text("size").orElse("md"),
              size.get("is_fullwidth").orElse(Json.FALSE).equals(Json.TRUE),
              Map.copyOf(style)));
    }
    return new Block.ButtonSet(List.copyOf(buttons));
  }

  /** What is written out must be what the style wants; what a template makes of it is seen then. */
  private static Optional<Piece> buttonStyle(TemplateCompiler compiler, String field, Json given) {
    String text =
        switch (given) {
          case Json.Null() -> "";
          case Json.Str(var written) -> written;
          case Json.Num(var number) -> TemplateValues.number(number);
          case Json.Bool _, Json.Arr _, Json.Obj _ -> given.toString();
        };
    if (text.isBlank()) {
      return Optional.empty();
    }
    boolean color = field.endsWith("_color");
    boolean template = text.contains("{{") || text.contains("{%");
    if (!template && styleValue(text, color).isEmpty() && !BRANDING.contains(text.strip())) {
      compiler.refuse(
          field,
          color
              ? "it must be a colour, as #1d1d26, rgb(29, 29, 38) or teal, or one of the"
                  + " branding's, as primary_color"
              : "it must be a length, as 6 or 6px");
      return Optional.empty();
    }
    return Optional.of(compiler.piece(field, text, Escaping.NONE));
  }

  String render(Rendering rendering) {
    var out = new StringBuilder();
    for (var placed : blocks) {
      out.append("<div style=\"").append(placed.style()).append("\">");
      html(placed.block(), rendering, out);
      out.append("</div>\n");
    }
    return out.toString();
  }

  private static void html(Block block, Rendering rendering, StringBuilder out) {
    switch (block) {
      case Block.Html(var content) -> out.append(content.render(rendering));
      case Block.MarkdownText(var content) ->
          out.append(MarkdownHtml.html(content.render(rendering)));
      case Block.Divider() ->
          out.append("<hr style=\"border: 0; border-top: 1px solid #dddde3; margin: 0;\">");
      case Block.Image image -> image(image, rendering, out);
      case Block.ButtonSet(var buttons) ->
          buttons.forEach(button -> button(button, rendering, out));
      case Block.Included(var partial) -> partial.write(rendering, out);
    }
  }

  private static void image(Block.Image image, Rendering rendering, StringBuilder out) {
    Optional<String> action =
        image.action().map(piece -> piece.render(rendering)).filter(url -> !url.isBlank());
    action.ifPresent(url -> attribute(out.append("<a"), "href", url).append(">"));
    attribute(out.append("<img"), "src", image.url().render(rendering));
    attribute(out, "alt", image.alt().map(piece -> piece.render(rendering)).orElse(""));
    String width =
        image.width().map(piece -> pixels(styleValue(piece.render(rendering), false))).orElse("");
    out.append(" style=\"border: 0; max-width: 100%;")
        .append(width.isEmpty() ? "" : " width: " + width + ";")
        .append("\">");
    action.ifPresent(_ -> out.append("</a>"));
  }

  private static void button(Button button, Rendering rendering, StringBuilder out) {
    String background =
        style(
            button, "background_color", branding("primary_color", "#1d1d26", rendering), rendering);
    boolean branded = background.equals(branding("primary_color", "", rendering));
    String onBackground =
        branded ? branding("primary_color_contrast", "#ffffff", rendering) : "#ffffff";
    String text =
        style(button, "text_color", button.outline() ? background : onBackground, rendering);
    String border = style(button, "border_color", background, rendering);
    String padding =
        switch (button.size()) {
          case "sm" -> "6px 12px";
          case "lg" -> "14px 24px";
          default -> "10px 18px";
        };
    attribute(out.append("<a"), "href", button.action().render(rendering))
        .append(" style=\"display: ")
        .append(button.wide() ? "block" : "inline-block")
        .append("; margin: 0 8px 8px 0; padding: ")
        .append(padding)
        .append("; text-align: center; text-decoration: none; font-weight: 600; color: ")
        .append(text)
        .append("; background-color: ")
        .append(button.outline() ? "transparent" : background)
        .append("; border: ")
        .append(pixels(style(button, "border_width", "1", rendering)))
        .append(" solid ")
        .append(border)
        .append("; border-radius: ")
        .append(pixels(style(button, "border_radius", "6", rendering)))
        .append(";\">");
    Escaping.HTML.append(button.label().render(rendering), out);
    out.append("</a>");
  }

  private static StringBuilder attribute(StringBuilder out, String name, String value) {
    out.append(' ').append(name).append("=\"");
    Escaping.HTML.append(value.strip(), out);
    return out.append('"');
  }

  private static String style(Button button, String key, String otherwise, Rendering rendering) {
    Piece piece = button.style().get(key);
    String text = piece == null ? "" : piece.render(rendering).strip();
    if (BRANDING.contains(text)) {
      return branding(text, otherwise, rendering);
    }
    String value = styleValue(text, key.endsWith("_color"));
    return value.isEmpty() ? otherwise : value;
  }

  /** A colour of the tenant's or the account's branding. */
  private static String branding(String name, String otherwise, Rendering rendering) {
    String value = styleValue(rendering.text("vars", "branding", name), true);
    return value.isEmpty() ? otherwise : value;
  }

  /** The value, or nothing where it is no colour or no length. */
  private static String styleValue(String value, boolean color) {
    String text = value.strip();
    boolean fits = color ? CssColors.isColor(text) : LENGTH.matcher(text).matches();
    return fits ? text : "";
  }

  private static String pixels(String value) {
    return !value.isEmpty() && Character.isDigit(value.charAt(value.length() - 1))
        ? value + "px"
        : value;
  }

  private static String placement(Json.Obj layout) {
    String align =
        switch (layout.text("horizontal_align").orElse("")) {
          case "center" -> " text-align: center;";
          case "right" -> " text-align: right;";
          case "left" -> " text-align: left;";
          default -> "";
        };
    return "padding: "
        + side(layout, "padding_top", 8)
        + " "
        + side(layout, "padding_right", 0)
        + " "
        + side(layout, "padding_bottom", 8)
        + " "
        + side(layout, "padding_left", 0)
        + ";"
        + align;
  }

  private static String side(Json.Obj layout, String key, int otherwise) {
    return layout.fields().get(key) instanceof Json.Num(var number)
            && number.signum() >= 0
            && number.compareTo(MOST_PIXELS) <= 0
        ? TemplateValues.number(number) + "px"
        : otherwise + "px";
  }
}
