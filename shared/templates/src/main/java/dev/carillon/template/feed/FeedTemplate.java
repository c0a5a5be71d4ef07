package dev.carillon.template.feed;

import dev.carillon.json.Json;
import dev.carillon.template.engine.Compiled;
import dev.carillon.template.engine.Piece;
import dev.carillon.template.engine.TemplateCompiler;
import dev.carillon.template.engine.TemplateEngine;
import dev.carillon.template.markdown.MarkdownHtml;
import dev.carillon.template.render.Escaping;
import dev.carillon.template.render.Lines;
import dev.carillon.template.render.Links;
import dev.carillon.template.render.RenderBoundary;
import dev.carillon.template.render.Rendered;
import dev.carillon.template.render.Rendering;
import dev.carillon.template.render.TemplateScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A compiled in-app feed template. Immutable; renders any number of times, from any thread. */
public final class FeedTemplate {
  /** The feed's cells show a primary and a secondary button. */
  private static final int BUTTONS = 2;

  private record Button(Piece label, Piece action) {}

  private final String source;
  private final Piece body;
  private final String actionSource;
  private final Optional<Piece> actionUrl;
  private final List<Button> buttons;

  private FeedTemplate(
      String source,
      Piece body,
      String actionSource,
      Optional<Piece> actionUrl,
      List<Button> buttons) {
    this.source = source;
    this.body = body;
    this.actionSource = actionSource;
    this.actionUrl = actionUrl;
    this.buttons = List.copyOf(buttons);
  }

  /** Compiles it; all that is wrong is said at once. */
  public static Compiled<FeedTemplate> compile(TemplateEngine engine, Json.Obj template) {
    var compiler = new TemplateCompiler(engine);
    var body = compiler.required(template, "", "markdown_body", Escaping.MARKDOWN);
    var actionUrl = compiler.optional(template, "", "action_url", Escaping.NONE);
    var buttons = new ArrayList<Button>();
    for (var button : compiler.objects(template, "", "action_buttons")) {
      String path = "action_buttons[" + buttons.size() + "].";
      buttons.add(
          new Button(
              compiler.required(button, path, "label", Escaping.NONE),
              compiler.required(button, path, "action", Escaping.NONE)));
    }
    if (buttons.size() > BUTTONS) {
      compiler.refuse("action_buttons", "there are more than " + BUTTONS);
    }
    return compiler.finish(
        () ->
            new FeedTemplate(
                template.text("markdown_body").orElse(""),
                body,
                template.text("action_url").orElse(""),
                actionUrl,
                buttons));
  }

  /**
   * The blocks of a feed item: {@code body} (Markdown; its HTML in {@code rendered}), {@code
   * action_url} and {@code actions} as far as the template has them. {@code content} is the
   * template's source. An address that would run as a script is empty.
   */
  public Rendered<Json.Arr> render(TemplateScope scope) {
    return RenderBoundary.render(body.field(), scope, this::blocks);
  }

  private Json.Arr blocks(Rendering rendering) {
    var blocks = new ArrayList<Json>();
    blocks.add(
        Json.object()
            .with("type", "markdown")
            .with("name", "body")
            .with("content", source)
            .with("rendered", MarkdownHtml.html(body.render(rendering)).strip()));
    actionUrl.ifPresent(
        url ->
            blocks.add(
                Json.object()
                    .with("type", "text")
                    .with("name", "action_url")
                    .with("content", actionSource)
                    .with("rendered", address(url.render(rendering)))));
    if (!buttons.isEmpty()) {
      var rendered = new ArrayList<Json>();
      for (var button : buttons) {
        rendered.add(
            Json.object()
                .with("name", rendered.isEmpty() ? "primary" : "secondary")
                .with("label", Lines.flattened(button.label().render(rendering)))
                .with("action", address(button.action().render(rendering))));
      }
      blocks.add(
          Json.object()
              .with("type", "button_set")
              .with("name", "actions")
              .with("buttons", Json.array(rendered)));
    }
    return Json.array(blocks);
  }

  private static String address(String url) {
    String line = Lines.flattened(url);
    return Links.harmful(line) ? "" : line;
  }
}
