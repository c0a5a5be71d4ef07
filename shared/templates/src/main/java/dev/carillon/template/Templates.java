package dev.carillon.template;

import dev.carillon.content.Assets;
import dev.carillon.json.Json;
import dev.carillon.template.css.Styles;
import dev.carillon.template.email.DefaultLayout;
import dev.carillon.template.email.EmailLayout;
import dev.carillon.template.email.EmailTemplate;
import dev.carillon.template.engine.Compiled;
import dev.carillon.template.engine.PartialSource;
import dev.carillon.template.engine.PartialType;
import dev.carillon.template.engine.TemplateEngine;
import dev.carillon.template.engine.TemplateEngines;
import dev.carillon.template.engine.TemplateLanguage;
import dev.carillon.template.feed.FeedTemplate;
import dev.carillon.template.handlebars.HandlebarsEngine;
import dev.carillon.template.http.RequestTemplate;
import dev.carillon.template.liquid.LiquidEngine;
import dev.carillon.template.render.TemplateProblem;
import dev.carillon.template.translation.TranslationCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compiles the templates of one environment against its layouts and partials. Pure and immutable:
 * the same library and source give the same template, from any thread. Compiling takes
 * milliseconds, so keep what it gives by the version it came from; rendering takes microseconds.
 */
public final class Templates {
  /** The first is that of templates that name none. */
  private static final List<TemplateLanguage> LANGUAGES =
      List.of(HandlebarsEngine.LANGUAGE, LiquidEngine.LANGUAGE);

  private static final String LANGUAGE = "template_language";

  private final TemplateEngines engines;
  private final String standard;
  private final Styles styles;
  private final Map<String, Compiled<EmailLayout>> layouts;
  private final List<TemplateProblem> problems;
  private final TranslationCatalog translations;

  private Templates(
      TemplateEngines engines,
      String standard,
      Styles styles,
      Map<String, Compiled<EmailLayout>> layouts,
      List<TemplateProblem> problems,
      TranslationCatalog translations) {
    this.engines = engines;
    this.standard = standard;
    this.styles = styles;
    this.layouts = layouts;
    this.problems = problems;
    this.translations = translations;
  }

  /**
   * Reads and checks a library. Never throws for what it holds: see {@link #problems()}. A layout
   * or partial with a problem is not used, and neither is a template that names it.
   */
  public static Templates of(Assets.Library assets) {
    return assets.equals(Assets.Library.EMPTY) ? Bare.TEMPLATES : read(assets);
  }

  /** Those of every environment that has no library of its own: compiled once. */
  private static final class Bare {
    private static final Templates TEMPLATES = read(Assets.Library.EMPTY);
  }

  private static Templates read(Assets.Library assets) {
    var problems = new ArrayList<TemplateProblem>();
    var styles = new Styles();
    var partials = new LinkedHashMap<String, Map<String, PartialSource>>();
    LANGUAGES.forEach(language -> partials.put(language.wireName(), new LinkedHashMap<>()));
    assets
        .partials()
        .fields()
        .forEach(
            (key, value) -> {
              String field = "partials/" + key;
              if (!(value instanceof Json.Obj object)) {
                problems.add(TemplateProblem.of(field, "it must be an object"));
                return;
              }
              Map<String, PartialSource> those = partials.get(language(object));
              if (those == null) {
                problems.add(unknownLanguage(field + "/"));
                return;
              }
              partial(field, object, problems)
                  .ifPresent(
                      partial -> {
                        those.put(key, partial);
                        styles.prepare(partial.content());
                      });
            });
    var engines = new TemplateEngines(LANGUAGES, partials);
    partials.forEach(
        (language, those) -> {
          if (!those.isEmpty()) {
            problems.addAll(engine(engines, language).problems());
          }
        });

    var layouts = new LinkedHashMap<String, Compiled<EmailLayout>>();
    assets
        .layouts()
        .fields()
        .forEach(
            (key, value) -> {
              Compiled<EmailLayout> layout =
                  engines
                      .in(value instanceof Json.Obj object ? language(object) : language())
                      .map(engine -> EmailLayout.compile(engine, styles, key, value))
                      .orElseGet(
                          () ->
                              new Compiled.Refused<>(
                                  List.of(unknownLanguage("layouts/" + key + "/"))));
              problems.addAll(layout.problems());
              layouts.put(key, layout);
            });
    layouts.computeIfAbsent(
        EmailLayout.DEFAULT_KEY,
        key -> EmailLayout.compile(engine(engines, language()), styles, key, DefaultLayout.LAYOUT));
    return new Templates(
        engines,
        language(),
        styles,
        Map.copyOf(layouts),
        List.copyOf(problems),
        TranslationCatalog.of(assets.translations()));
  }

  private static TemplateEngine engine(TemplateEngines engines, String known) {
    return engines.in(known).orElseThrow();
  }

  private static String language() {
    return LANGUAGES.getFirst().wireName();
  }

  /** What the object says it is written in, whether or not there is such a language. */
  private static String language(Json.Obj object) {
    return object.text(LANGUAGE).orElse(language());
  }

  private static TemplateProblem unknownLanguage(String path) {
    String known =
        LANGUAGES.stream().map(TemplateLanguage::wireName).collect(Collectors.joining(" or "));
    return TemplateProblem.of(path + LANGUAGE, "it must be " + known);
  }

  /** What the template's engine makes of it. */
  private <T> Compiled<T> with(Json.Obj template, Function<TemplateEngine, Compiled<T>> compile) {
    return engines
        .in(template.text(LANGUAGE).orElse(standard))
        .map(compile)
        .orElseGet(() -> new Compiled.Refused<>(List.of(unknownLanguage(""))));
  }

  /**
   * The same layouts and partials for templates that are in that language unless they say
   * otherwise: {@code template_language} of a workflow.
   *
   * @return empty when there is no such language
   */
  public Optional<Templates> in(String language) {
    return engines.know(language)
        ? Optional.of(new Templates(engines, language, styles, layouts, problems, translations))
        : Optional.empty();
  }

  /** The texts of the library in the languages of recipients. */
  public TranslationCatalog translations() {
    return translations;
  }

  /** What is wrong with layouts and partials, whether or not a template names them. */
  public List<TemplateProblem> problems() {
    return problems;
  }

  /**
   * An email step's template: {@code subject}, {@code html_body} or {@code visual_blocks}, {@code
   * text_body?}, {@code settings{layout_key?, pre_content?, preview_text?}}.
   */
  public Compiled<EmailTemplate> email(Json.Obj template) {
    return with(template, engine -> EmailTemplate.compile(engine, styles, layouts, template));
  }

  /** An in-app feed step's template: {@code markdown_body, action_url?, action_buttons?}. */
  public Compiled<FeedTemplate> feed(Json.Obj template) {
    return with(template, engine -> FeedTemplate.compile(engine, template));
  }

  /**
   * A request's template: {@code method?, url?, headers?, query_params?, body?}. Headers and
   * parameters are a list of {@code {key, value}}, an object, or a text that comes to an object in
   * JSON. What the step leaves to its channel is absent from what it renders.
   */
  public Compiled<RequestTemplate> request(Json.Obj template) {
    return with(template, engine -> RequestTemplate.compile(engine, template));
  }

  /** A text, nothing in it escaped. {@code field} names it in problems. */
  public Compiled<TextTemplate> text(String field, String source) {
    return TextTemplate.compile(engine(engines, standard), field, source, TextTemplate.Kind.TEXT);
  }

  /**
   * A text for an address or a header: nothing escaped, the ends stripped, and refused when it
   * comes to hold a line break or another control character.
   */
  public Compiled<TextTemplate> line(String field, String source) {
    return TextTemplate.compile(engine(engines, standard), field, source, TextTemplate.Kind.LINE);
  }

  /**
   * A JSON text: values are escaped as between the quotes of a JSON string, unless the whole text
   * is one value.
   */
  public Compiled<TextTemplate> json(String field, String source) {
    return TextTemplate.compile(engine(engines, standard), field, source, TextTemplate.Kind.JSON);
  }

  /** A partial by itself, its values escaped as they are where it is used. */
  public Compiled<TextTemplate> partial(String field, PartialType type, String source) {
    return TextTemplate.compile(engine(engines, standard), field, source, type.escaping());
  }

  private static Optional<PartialSource> partial(
      String field, Json.Obj object, List<TemplateProblem> problems) {
    Optional<String> content = object.text("content");
    if (content.isEmpty()) {
      problems.add(TemplateProblem.of(field + "/content", "it is missing"));
      return Optional.empty();
    }
    String type = object.text("type").orElse("html").toUpperCase(Locale.ROOT);
    for (var known : PartialType.values()) {
      if (known.name().equals(type)) {
        return Optional.of(PartialSource.of(known, content.get(), object));
      }
    }
    problems.add(TemplateProblem.of(field + "/type", "it must be html, text, markdown or json"));
    return Optional.empty();
  }
}
