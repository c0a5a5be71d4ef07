package dev.carillon.template.email;

import dev.carillon.content.Assets;
import dev.carillon.json.Json;
import dev.carillon.recipient.TenantBranding;
import dev.carillon.template.css.Styles;
import dev.carillon.template.engine.Compiled;
import dev.carillon.template.engine.Piece;
import dev.carillon.template.engine.TemplateCompiler;
import dev.carillon.template.engine.TemplateEngine;
import dev.carillon.template.render.Escaping;
import dev.carillon.template.render.Rendering;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What stands around the content of emails.
 *
 * @param mjml whether what {@code html} renders to is MJML
 * @param showsPreview whether the HTML prints {@code preview_text} itself
 * @param branding what lies over {@code vars.branding} in mails with this layout, the tenant's too
 */
public record EmailLayout(
    Piece html,
    boolean mjml,
    Optional<Piece> text,
    List<FooterLink> footerLinks,
    boolean showsPreview,
    Styles styles,
    Map<String, String> branding) {

  public static final String DEFAULT_KEY = Assets.STANDARD_LAYOUT;

  public record FooterLink(Piece text, Piece url) {
    Map<String, Object> render(Rendering rendering) {
      return Map.of("text", text.render(rendering), "url", url.render(rendering));
    }
  }

  /** Compiles a layout; {@code partials} are the style sheets that stand in partials. */
  public static Compiled<EmailLayout> compile(
      TemplateEngine engine, Styles partials, String key, Json value) {
    var compiler = new TemplateCompiler(engine);
    String path = "layouts/" + key + "/";
    if (!(value instanceof Json.Obj written)) {
      compiler.refuse("layouts/" + key, "it must be an object");
      return compiler.finish(() -> null);
    }
    // Answers say so where there is none: the text of a mail is then that of its HTML.
    Json.Obj layout =
        written.text("text_layout").filter(String::isEmpty).isPresent()
            ? written.without("text_layout")
            : written;
    boolean mjml = Mjml.isSaidOf(layout);
    String source = layout.text("html_layout").orElse("");
    if (mjml) {
      Mjml.check(compiler, path + "html_layout", source);
      if (!Mjml.isWhole(source)) {
        compiler.refuse(path + "html_layout", "a layout of MJML begins with <mjml>");
      }
    }
    Piece html = compiler.required(layout, path, "html_layout", Escaping.HTML);
    Optional<Piece> text = compiler.optional(layout, path, "text_layout", Escaping.NONE);
    Set<String> printed = needsContent(compiler, layout, path, "html_layout");
    needsContent(compiler, layout, path, "text_layout");
    var links = new ArrayList<FooterLink>();
    for (var link : compiler.objects(layout, path, "footer_links")) {
      String at = path + "footer_links[" + links.size() + "].";
      links.add(
          new FooterLink(
              compiler.required(link, at, "text", Escaping.NONE),
              compiler.required(link, at, "url", Escaping.NONE)));
    }
    Map<String, String> branding = branding(compiler, layout, path);
    return compiler.finish(
        () -> {
          var styles = new Styles(partials);
          styles.prepare(source);
          return new EmailLayout(
              html,
              mjml,
              text,
              List.copyOf(links),
              printed.contains("preview_text"),
              styles,
              branding);
        });
  }

  private static Map<String, String> branding(
      TemplateCompiler compiler, Json.Obj layout, String path) {
    Json said = layout.get("branding_overrides").orElse(Json.NULL);
    TenantBranding.problems(said)
        .forEach(
            it ->
                compiler.refuse(
                    path + "branding_overrides" + (it.field().isEmpty() ? "" : "." + it.field()),
                    it.reason()));
    var branding = new LinkedHashMap<String, String>();
    layout
        .object("branding_overrides")
        .fields()
        .forEach(
            (name, value) -> {
              if (value instanceof Json.Str(var text) && !text.isBlank()) {
                branding.put(name, text);
              }
            });
    return Map.copyOf(branding);
  }

  private static Set<String> needsContent(
      TemplateCompiler compiler, Json.Obj layout, String path, String key) {
    Optional<String> source = layout.text(key);
    if (source.isEmpty()) {
      return Set.of();
    }
    Set<String> printed = compiler.engine().printed(source.get());
    if (!printed.contains("content")) {
      compiler.refuse(path + key, "a layout must say where its content goes: {{content}}");
    }
    return printed;
  }

  List<Map<String, Object>> footer(Rendering rendering) {
    return footerLinks.stream().map(link -> link.render(rendering)).toList();
  }
}
