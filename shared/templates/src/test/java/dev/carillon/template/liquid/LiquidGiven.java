package dev.carillon.template.liquid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import dev.carillon.template.engine.Compiled;
import dev.carillon.template.liquid.filter.Occasion;
import dev.carillon.template.liquid.filter.Translations;
import dev.carillon.template.render.AskedNames;
import dev.carillon.template.render.Rendered;
import dev.carillon.template.render.TemplateProblem;
import dev.carillon.variable.Lookups;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Templates, variables and the occasion that tests render them on. */
final class LiquidGiven {
  static final Instant NOW = Instant.parse("2026-03-05T06:07:08.090Z");

  private LiquidGiven() {}

  static Occasion occasion() {
    return occasion("UTC");
  }

  static Occasion occasion(String zone) {
    return new Occasion(
        NOW,
        new AskedNames(ZoneId.of(zone)),
        Locale.US,
        Lookups.none(),
        Translations.none(),
        markdown -> "<p>" + markdown + "</p>");
  }

  static Json.Obj data(String json) {
    return (Json.Obj) JsonLiteral.parse(json).orElseThrow();
  }

  static LiquidTemplate template(String source) {
    return template(Liquid.of(Map.of()), source, OutputEscape.Standard.NONE);
  }

  static LiquidTemplate template(Liquid liquid, String source, OutputEscape escape) {
    var compiled = liquid.compile("body", source, escape);
    assertThat(compiled.problems()).as(source).isEmpty();
    return ((Compiled.Ready<LiquidTemplate>) compiled).template();
  }

  /** What the template renders. */
  static String rendered(String source, String data) {
    return rendered(source, data, occasion());
  }

  static String rendered(String source, String data, Occasion occasion) {
    return content(template(source).render(LiquidRendering.of(data(data), occasion)), source);
  }

  static String content(Rendered<String> rendered, String source) {
    assertThat(rendered).as(source).isInstanceOf(Rendered.Content.class);
    return ((Rendered.Content<String>) rendered).content();
  }

  /** Why it cannot be rendered. */
  static TemplateProblem failure(String source, String data) {
    var rendered = template(source).render(LiquidRendering.of(data(data), occasion()));
    assertThat(rendered).as(source).isInstanceOf(Rendered.Failed.class);
    return ((Rendered.Failed<String>) rendered).problem();
  }

  /** What is wrong with it. */
  static List<TemplateProblem> problems(String source) {
    return Liquid.of(Map.of()).compile("body", source, OutputEscape.Standard.NONE).problems();
  }
}
