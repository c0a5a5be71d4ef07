package dev.carillon.template;

import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What stands around the content of emails.
 *
 * @param showsPreview whether the HTML prints {@code preview_text} itself
 */
record Layout(
    Piece html,
    Optional<Piece> text,
    List<FooterLink> footerLinks,
    boolean showsPreview,
    Styles styles) {

  static final String DEFAULT_KEY = "default";

  record FooterLink(Piece text, Piece url) {
    Map<String, Object> render(Rendering rendering) {
      return Map.of("text", text.render(rendering), "url", url.render(rendering));
    }
  }

  static Compiled<Layout> compile(Library library, String key, Json value) {
    var compiler = new Compiler(library);
    String path = "layouts/" + key + "/";
    if (!(value instanceof Json.Obj layout)) {
      compiler.refuse("layouts/" + key, "it must be an object");
      return compiler.finish(() -> null);
    }
    if (layout.get("is_mjml").orElse(Json.NULL).equals(Json.TRUE)) {
      compiler.refuse(path + "is_mjml", "MJML is not supported");
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
    return compiler.finish(
        () -> {
          var styles = new Styles(library.styles());
          styles.prepare(layout.text("html_layout").orElse(""));
          return new Layout(
              html, text, List.copyOf(links), printed.contains("preview_text"), styles);
        });
  }

  private static Set<String> needsContent(
      Compiler compiler, Json.Obj layout, String path, String key) {
    Optional<String> source = layout.text(key);
    if (source.isEmpty()) {
      return Set.of();
    }
    var findings = SourceCheck.of(path + key, source.get(), Helpers.names());
    if (!findings.variables().contains("content")) {
      compiler.refuse(path + key, "a layout must say where its content goes: {{content}}");
    }
    return findings.variables();
  }

  List<Map<String, Object>> footer(Rendering rendering) {
    return footerLinks.stream().map(link -> link.render(rendering)).toList();
  }
}
