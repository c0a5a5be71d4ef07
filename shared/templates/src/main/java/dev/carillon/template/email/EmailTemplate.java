package dev.carillon.template.email;

import dev.carillon.json.Json;
import dev.carillon.template.css.Inliner;
import dev.carillon.template.css.Styles;
import dev.carillon.template.engine.Compiled;
import dev.carillon.template.engine.Piece;
import dev.carillon.template.engine.TemplateCompiler;
import dev.carillon.template.engine.TemplateEngine;
import dev.carillon.template.render.Escaping;
import dev.carillon.template.render.Lines;
import dev.carillon.template.render.Markup;
import dev.carillon.template.render.RenderBoundary;
import dev.carillon.template.render.Rendered;
import dev.carillon.template.render.Rendering;
import dev.carillon.template.render.TemplateLimits;
import dev.carillon.template.render.TemplateProblem;
import dev.carillon.template.render.TemplateScope;
import dev.carillon.template.render.Unrenderable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;

/** A compiled email. Immutable; renders any number of times, from any thread. */
public final class EmailTemplate {
  /**
   * An email's content.
   *
   * @param subject one line without control characters
   * @param html with its styles inlined
   * @param text as the template gives it, else made from the HTML
   * @param footer where the layout's footer links lead
   */
  public record Email(String subject, String html, String text, List<String> footer) {
    public Email {
      footer = List.copyOf(footer);
    }
  }

  private sealed interface Body {
    /**
     * @param mjml whether what it renders to is MJML
     * @param showsPreview whether it prints {@code preview_text} itself
     */
    record Html(Piece piece, boolean mjml, boolean showsPreview) implements Body {}

    record Visual(VisualBlocks blocks) implements Body {
      @Override
      public boolean mjml() {
        return false;
      }

      @Override
      public boolean showsPreview() {
        return false;
      }
    }

    boolean mjml();

    boolean showsPreview();

    default String render(Rendering rendering) {
      return switch (this) {
        case Html(var piece, _, _) -> piece.render(rendering);
        case Visual(var blocks) -> blocks.render(rendering);
      };
    }
  }

  private final Piece subject;
  private final Body body;
  private final Optional<Piece> text;
  private final Optional<Piece> preContent;
  private final Optional<Piece> previewText;
  private final Optional<EmailLayout> layout;
  private final Styles styles;

  private EmailTemplate(
      Piece subject,
      Body body,
      Optional<Piece> text,
      Optional<Piece> preContent,
      Optional<Piece> previewText,
      Optional<EmailLayout> layout,
      Styles styles) {
    this.subject = subject;
    this.body = body;
    this.text = text;
    this.preContent = preContent;
    this.previewText = previewText;
    this.layout = layout;
    this.styles = styles;
  }

  /** Compiles an email; {@code partials} are the style sheets that stand in partials. */
  public static Compiled<EmailTemplate> compile(
      TemplateEngine engine,
      Styles partials,
      Map<String, Compiled<EmailLayout>> layouts,
      Json.Obj template) {
    var compiler = new TemplateCompiler(engine);
    Json.Obj settings = template.object("settings");
    Optional<EmailLayout> layout = layout(compiler, layouts, template, settings);
    var styles = new Styles(layout.map(EmailLayout::styles).orElse(partials));
    Piece subject = compiler.required(template, "", "subject", Escaping.NONE);
    Body body = body(compiler, template, styles);
    if (body.mjml()) {
      checkMjml(compiler, layout, template.text("html_body").orElse(""));
    }
    var text = compiler.optional(template, "", "text_body", Escaping.NONE);
    var preContent = compiler.optional(settings, "settings.", "pre_content", Escaping.HTML);
    var previewText = compiler.optional(settings, "settings.", "preview_text", Escaping.NONE);
    return compiler.finish(
        () -> new EmailTemplate(subject, body, text, preContent, previewText, layout, styles));
  }

  private static void checkMjml(
      TemplateCompiler compiler, Optional<EmailLayout> layout, String source) {
    Mjml.check(compiler, "html_body", source);
    if (layout.isEmpty() && !Mjml.isWhole(source)) {
      compiler.refuse("html_body", "MJML without a layout begins with <mjml>");
    }
    if (layout.filter(it -> !it.mjml()).isPresent()) {
      compiler.refuse("settings.layout_key", "MJML needs a layout of MJML, or none");
    }
  }

  private static Body body(TemplateCompiler compiler, Json.Obj template, Styles styles) {
    boolean html = !(template.get("html_body").orElse(Json.NULL) instanceof Json.Null);
    boolean visual = !(template.get("visual_blocks").orElse(Json.NULL) instanceof Json.Null);
    if (html && visual) {
      compiler.refuse("visual_blocks", "only one of html_body and visual_blocks can be given");
    }
    if (visual) {
      return new Body.Visual(VisualBlocks.compile(compiler, template, styles));
    }
    if (!html) {
      compiler.refuse("html_body", "html_body or visual_blocks is missing");
    }
    template.text("html_body").ifPresent(styles::prepare);
    return new Body.Html(
        compiler
            .optional(template, "", "html_body", Escaping.HTML)
            .orElseGet(() -> compiler.piece("html_body", "", Escaping.HTML)),
        Mjml.isSaidOf(template),
        compiler.engine().printed(template.text("html_body").orElse("")).contains("preview_text"));
  }

  /**
   * The layout of that key; the default one when nothing is said about it. None when the key is
   * null, or when nothing is said and the body is a whole document.
   */
  private static Optional<EmailLayout> layout(
      TemplateCompiler compiler,
      Map<String, Compiled<EmailLayout>> layouts,
      Json.Obj template,
      Json.Obj settings) {
    String key;
    switch (settings.fields().get("layout_key")) {
      case Json.Str(var given) -> key = given;
      case null -> {
        String body = template.text("html_body").orElse("");
        if (EmailDocument.isWhole(body) || Mjml.isSaidOf(template) && Mjml.isWhole(body)) {
          return Optional.empty();
        }
        key = EmailLayout.DEFAULT_KEY;
      }
      default -> {
        return Optional.empty();
      }
    }
    if (key.isEmpty()) {
      return Optional.empty();
    }
    return switch (layouts.get(key)) {
      case null -> {
        compiler.refuse("settings.layout_key", "unknown layout '" + key + "'");
        yield Optional.empty();
      }
      case Compiled.Ready<EmailLayout>(var layout) -> Optional.of(layout);
      case Compiled.Refused<EmailLayout>(var problems) -> {
        compiler.refuse(problems);
        yield Optional.empty();
      }
    };
  }

  /** The email with these variables; the same each time. */
  public Rendered<Email> render(TemplateScope scope) {
    return RenderBoundary.render("html_body", scope, this::email);
  }

  private Email email(Rendering rendering) {
    layout.ifPresent(it -> rendering.brand(it.branding()));
    String before = preContent.map(piece -> piece.render(rendering)).orElse("").strip();
    Optional<String> preview = previewText.map(piece -> piece.render(rendering).strip());
    preview.ifPresent(text -> rendering.set("preview_text", text));
    if (!before.isEmpty() && preview.isEmpty()) {
      rendering.set("preview_text", PlainText.of(Jsoup.parseBodyFragment(before).body()));
    }
    String content = body.render(rendering);
    String unseen = unseen(preview.orElse(""), before);

    var around = new HashMap<String, Object>();
    EmailDocument document;
    List<Map<String, Object>> footer = layout.map(it -> it.footer(rendering)).orElse(List.of());
    if (layout.isPresent()) {
      boolean mjml = layout.get().mjml();
      around.put("footer_links", footer);
      // Where MJML wants a section or a column, HTML of ours would be out of place.
      around.put("content", new Markup((mjml ? "" : unseen) + EmailDocument.marked(content)));
      String filled = layout.get().html().render(rendering, around);
      document = EmailDocument.parse(mjml ? Mjml.html("html_layout", filled) : filled);
      if (mjml) {
        document.prepend(unseen);
      }
    } else {
      document = EmailDocument.parse(body.mjml() ? Mjml.html("html_body", content) : content);
      document.prepend(unseen);
    }
    Inliner.inline("html_body", document.document(), styles);
    return new Email(
        Lines.flattened(subject.render(rendering)),
        bounded("html_body", document.html()),
        bounded("text_body", text(rendering, document, content, around)),
        footer.stream().map(link -> String.valueOf(link.get("url"))).toList());
  }

  /** What an inbox previews, unless the layout, or a body without one, prints it itself. */
  private String unseen(String preview, String before) {
    boolean shown = layout.map(EmailLayout::showsPreview).orElse(body.showsPreview());
    return shown
        ? ""
        : Stream.of(EmailDocument.escaped(preview), before)
            .filter(part -> !part.isEmpty())
            .map(EmailDocument::hidden)
            .collect(Collectors.joining());
  }

  private String text(
      Rendering rendering, EmailDocument document, String content, Map<String, Object> around) {
    Optional<String> written = text.map(piece -> piece.render(rendering));
    if (layout.isEmpty() || layout.get().text().isEmpty()) {
      return written.orElseGet(document::text);
    }
    around.put(
        "content",
        new Markup(
            written
                .or(document::contentText)
                .orElseGet(() -> EmailDocument.parse(content).text())));
    return layout.get().text().get().render(rendering, around).strip() + "\n";
  }

  /** Inlined styles, entities and indentation make it longer than what was rendered. */
  private static String bounded(String field, String finished) {
    if (finished.length() > 2 * TemplateLimits.OUTPUT_BYTES) {
      throw new Unrenderable(
          TemplateProblem.of(
              field, "finished, it is longer than " + 2 * TemplateLimits.OUTPUT_BYTES));
    }
    return finished;
  }
}
