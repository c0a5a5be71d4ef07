package dev.carillon.template;

import dev.carillon.content.Assets;
import dev.carillon.json.Json;
import dev.carillon.template.email.EmailTemplate;
import dev.carillon.template.engine.Compiled;
import dev.carillon.template.render.Rendered;
import dev.carillon.template.render.TemplateProblem;
import dev.carillon.template.render.TemplateScope;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** Libraries, scopes and templates in few words. */
final class GivenTemplates {
  static final String NAME = "O'Brien & \"Söhne\"";

  private GivenTemplates() {}

  static Json json(Object value) {
    return switch (value) {
      case null -> Json.NULL;
      case Json json -> json;
      case String text -> Json.of(text);
      case Integer number -> Json.of(number);
      case BigDecimal number -> new Json.Num(number);
      case Boolean bool -> Json.of(bool);
      case List<?> list -> Json.array(list.stream().map(GivenTemplates::json).toList());
      case Map<?, ?> map -> {
        var fields = new LinkedHashMap<String, Json>();
        map.forEach((key, item) -> fields.put((String) key, json(item)));
        yield new Json.Obj(fields);
      }
      default -> throw new NoSuchElementException(value.getClass().getName());
    };
  }

  /** An object of keys and values in turn. */
  static Json.Obj object(Object... keysAndValues) {
    var fields = new LinkedHashMap<String, Json>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      fields.put((String) keysAndValues[i], json(keysAndValues[i + 1]));
    }
    return new Json.Obj(fields);
  }

  static List<Json> list(Object... items) {
    return Arrays.stream(items).map(GivenTemplates::json).toList();
  }

  static TemplateScope scope(Object... keysAndValues) {
    return TemplateScope.of(object(keysAndValues));
  }

  static Templates library(Json.Obj layouts, Json.Obj partials) {
    return Templates.of(new Assets.Library(layouts, partials));
  }

  static Templates none() {
    return Templates.of(Assets.Library.EMPTY);
  }

  /** HTML partials of keys and sources in turn. */
  static Templates partials(String... keysAndSources) {
    var fields = new LinkedHashMap<String, Json>();
    for (int i = 0; i < keysAndSources.length; i += 2) {
      fields.put(keysAndSources[i], object("type", "html", "content", keysAndSources[i + 1]));
    }
    return library(Json.Obj.EMPTY, new Json.Obj(fields));
  }

  static <T> T ready(Compiled<T> compiled) {
    return switch (compiled) {
      case Compiled.Ready<T>(var template) -> template;
      case Compiled.Refused<T>(var problems) -> throw new AssertionError(problems);
    };
  }

  static <T> T content(Rendered<T> rendered) {
    return switch (rendered) {
      case Rendered.Content<T>(var content, _) -> content;
      case Rendered.Failed<T>(var problem) -> throw new AssertionError(problem);
    };
  }

  static <T> TemplateProblem failure(Rendered<T> rendered) {
    return switch (rendered) {
      case Rendered.Content<T>(var content, _) -> throw new AssertionError("rendered " + content);
      case Rendered.Failed<T>(var problem) -> problem;
    };
  }

  /** The only problem of a text. */
  static TemplateProblem refusal(Templates templates, String source) {
    var problems = templates.text("text_body", source).problems();
    if (problems.size() != 1) {
      throw new AssertionError(problems);
    }
    return problems.getFirst();
  }

  static String text(String source, Object... keysAndValues) {
    return content(ready(none().text("text_body", source)).render(scope(keysAndValues)));
  }

  static EmailTemplate.Email email(Templates templates, Json.Obj template, TemplateScope scope) {
    return content(ready(templates.email(template)).render(scope));
  }

  /** An email without a layout. */
  static EmailTemplate.Email bare(String html, Object... keysAndValues) {
    return email(
        none(),
        object("subject", "s", "html_body", html, "settings", object("layout_key", null)),
        scope(keysAndValues));
  }
}
