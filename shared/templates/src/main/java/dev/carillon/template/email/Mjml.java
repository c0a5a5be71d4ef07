package dev.carillon.template.email;

import ch.digitalfondue.mjml4j.Mjml4j;
import dev.carillon.json.Json;
import dev.carillon.template.engine.TemplateCompiler;
import dev.carillon.template.render.TemplateLimits;
import dev.carillon.template.render.TemplateProblem;
import dev.carillon.template.render.Unrenderable;
import java.util.Locale;

/**
 * MJML, a mark-up of mails in sections and columns, and the HTML that it stands for. It is turned
 * into HTML after the template's tags were rendered, so that a loop may repeat a section.
 */
final class Mjml {
  private static final String INCLUDE = "<mj-include";

  private Mjml() {}

  /** Whether that template or layout says of itself that it is MJML. */
  static boolean isSaidOf(Json.Obj source) {
    return source.get("is_mjml").orElse(Json.NULL).equals(Json.TRUE);
  }

  /** Whether it is a document of its own and not something to put into one. */
  static boolean isWhole(String source) {
    return source.toLowerCase(Locale.ROOT).contains("<mjml");
  }

  /** Refuses what reads files: there are none where mails are rendered. */
  static void check(TemplateCompiler compiler, String field, String source) {
    if (source.toLowerCase(Locale.ROOT).contains(INCLUDE)) {
      compiler.refuse(field, "mj-include reads a file, and there is none: use a partial");
    }
  }

  /**
   * The HTML of a document.
   *
   * @throws Unrenderable when it is none, or longer than {@link TemplateLimits#MJML_CHARS}
   */
  static String html(String field, String document) {
    if (document.length() > TemplateLimits.MJML_CHARS) {
      throw new Unrenderable(
          TemplateProblem.of(
              field, "its MJML is longer than " + TemplateLimits.MJML_CHARS + " characters"));
    }
    if (!isWhole(document)) {
      throw new Unrenderable(TemplateProblem.of(field, "it is not MJML: <mjml> is missing"));
    }
    return Mjml4j.render(document);
  }
}
