package dev.carillon.template;

import dev.carillon.json.Json;
import dev.carillon.workflow.Assets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Compiles the templates of one environment against its layouts and partials. Pure and immutable:
 * the same library and source give the same template, from any thread. Compiling takes
 * milliseconds, so keep what it gives by the version it came from; rendering takes microseconds.
 */
public final class Templates {
  private final Library library;
  private final Map<String, Compiled<Layout>> layouts;
  private final List<Problem> problems;

  private Templates(
      Library library, Map<String, Compiled<Layout>> layouts, List<Problem> problems) {
    this.library = library;
    this.layouts = layouts;
    this.problems = problems;
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
    var problems = new ArrayList<Problem>();
    var partials = new LinkedHashMap<String, Library.Partial>();
    assets
        .partials()
        .fields()
        .forEach(
            (key, value) -> partial(key, value, problems).ifPresent(p -> partials.put(key, p)));
    var library = new Library(partials);
    problems.addAll(library.problems());

    var layouts = new LinkedHashMap<String, Compiled<Layout>>();
    assets
        .layouts()
        .fields()
        .forEach(
            (key, value) -> {
              var layout = Layout.compile(library, key, value);
              problems.addAll(layout.problems());
              layouts.put(key, layout);
            });
    layouts.putIfAbsent(
        Layout.DEFAULT_KEY, Layout.compile(library, Layout.DEFAULT_KEY, DefaultLayout.LAYOUT));
    return new Templates(library, Map.copyOf(layouts), List.copyOf(problems));
  }

  /** What is wrong with layouts and partials, whether or not a template names them. */
  public List<Problem> problems() {
    return problems;
  }

  /**
   * An email step's template: {@code subject}, {@code html_body} or {@code visual_blocks}, {@code
   * text_body?}, {@code settings{layout_key?, pre_content?, preview_text?}}.
   */
  public Compiled<EmailTemplate> email(Json.Obj template) {
    return EmailTemplate.compile(library, layouts, template);
  }

  /** An in-app feed step's template: {@code markdown_body, action_url?, action_buttons?}. */
  public Compiled<FeedTemplate> feed(Json.Obj template) {
    return FeedTemplate.compile(library, template);
  }

  /**
   * A request's template: {@code method?, url?, headers?, query_params?, body?}. Headers and
   * parameters are a list of {@code {key, value}}, an object, or a text that comes to an object in
   * JSON. What the step leaves to its channel is absent from what it renders.
   */
  public Compiled<RequestTemplate> request(Json.Obj template) {
    return RequestTemplate.compile(library, template);
  }

  /** A text, nothing in it escaped. {@code field} names it in problems. */
  public Compiled<TextTemplate> text(String field, String source) {
    return TextTemplate.compile(library, field, source, TextTemplate.Kind.TEXT);
  }

  /**
   * A text for an address or a header: nothing escaped, the ends stripped, and refused when it
   * comes to hold a line break or another control character.
   */
  public Compiled<TextTemplate> line(String field, String source) {
    return TextTemplate.compile(library, field, source, TextTemplate.Kind.LINE);
  }

  /**
   * A JSON text: values are escaped as between the quotes of a JSON string, unless the whole text
   * is one value.
   */
  public Compiled<TextTemplate> json(String field, String source) {
    return TextTemplate.compile(library, field, source, TextTemplate.Kind.JSON);
  }

  private static Optional<Library.Partial> partial(String key, Json value, List<Problem> problems) {
    String field = "partials/" + key;
    if (!(value instanceof Json.Obj object)) {
      problems.add(Problem.of(field, "it must be an object"));
      return Optional.empty();
    }
    Optional<String> content = object.text("content");
    if (content.isEmpty()) {
      problems.add(Problem.of(field + "/content", "it is missing"));
      return Optional.empty();
    }
    String type = object.text("type").orElse("html").toUpperCase(Locale.ROOT);
    for (var known : Library.PartialType.values()) {
      if (known.name().equals(type)) {
        return Optional.of(new Library.Partial(known, content.get()));
      }
    }
    problems.add(Problem.of(field + "/type", "it must be html, text, markdown or json"));
    return Optional.empty();
  }
}
