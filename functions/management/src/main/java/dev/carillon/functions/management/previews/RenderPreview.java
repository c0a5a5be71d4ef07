package dev.carillon.functions.management.previews;

import dev.carillon.channel.ChannelType;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.template.Templates;
import dev.carillon.template.TextTemplate;
import dev.carillon.template.email.EmailTemplate;
import dev.carillon.template.engine.Compiled;
import dev.carillon.template.engine.PartialType;
import dev.carillon.template.http.RequestTemplate;
import dev.carillon.template.render.Rendered;
import dev.carillon.template.render.TemplateProblem;
import dev.carillon.template.render.TemplateScope;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Renders the template of one channel step into a template whose texts are as they come out. */
final class RenderPreview {
  private final Templates templates;
  private final TemplateScope scope;

  /**
   * @param templates in the language of what is rendered
   */
  RenderPreview(Templates templates, TemplateScope scope) {
    this.templates = templates;
    this.scope = scope;
  }

  /** What keeps it from coming out; at least one problem. */
  static final class Unrendered extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<TemplateProblem> problems;

    private Unrendered(List<TemplateProblem> problems) {
      super(null, null, false, false);
      this.problems = problems;
    }

    List<TemplateProblem> problems() {
      return problems;
    }
  }

  Json.Obj of(ChannelType type, Json.Obj template) throws Unrendered {
    return switch (type) {
      case EMAIL -> email(template);
      case IN_APP_FEED -> feed(template);
      case SMS ->
          texts(template, "text_body")
              .with("settings", settings(template, List.of("to_number"), List.of()));
      case PUSH ->
          texts(template, "title", "text_body")
              .with("settings", settings(template, List.of(), List.of("delivery_type")));
      case CHAT -> chat(template);
      case HTTP -> request(template);
    };
  }

  EmailTemplate.Email mail(Json.Obj template) throws Unrendered {
    return content(templates.email(template), it -> it.render(scope));
  }

  private Json.Obj email(Json.Obj template) throws Unrendered {
    EmailTemplate.Email email = mail(template);
    return Json.object()
        .with("subject", email.subject())
        .with("html_body", email.html())
        .with("text_body", email.text())
        .with("settings", kept(template, List.of("layout_key", "attachment_key")));
  }

  private Json.Obj feed(Json.Obj template) throws Unrendered {
    var shown = Json.object();
    for (Json block : content(templates.feed(template), it -> it.render(scope)).items()) {
      Json.Obj part = (Json.Obj) block;
      shown =
          switch (part.text("name").orElse("")) {
            case "body" -> shown.with("markdown_body", part.text("rendered").orElse(""));
            case "action_url" -> shown.with("action_url", part.text("rendered").orElse(""));
            default ->
                shown.with(
                    "action_buttons",
                    Json.array(
                        part.list("buttons").stream()
                            .map(it -> (Json) ((Json.Obj) it).without("name"))
                            .toList()));
          };
    }
    return shown;
  }

  private Json.Obj chat(Json.Obj template) throws Unrendered {
    Json.Obj shown = texts(template, "summary");
    Optional<String> body = json(template, "json_body");
    return (body.isPresent() ? shown.with("json_body", body.get()) : shown)
        .with("markdown_body", text(template, "markdown_body").orElse(""));
  }

  private Json.Obj request(Json.Obj template) throws Unrendered {
    RequestTemplate.Request request = content(templates.request(template), it -> it.render(scope));
    Json.Obj shown =
        Json.object()
            .with("method", request.method().orElse("POST").toLowerCase(Locale.ROOT))
            .with("url", request.url().orElse(""))
            .with("headers", fields(request.headers()))
            .with("query_params", fields(request.queryParams()));
    return request.body().isPresent() ? shown.with("body", request.body().get()) : shown;
  }

  private static Json fields(List<RequestTemplate.Field> fields) {
    return Json.array(
        fields.stream()
            .map(it -> (Json) Json.object().with("key", it.name()).with("value", it.value()))
            .toList());
  }

  /** A partial by itself, escaped as it is where it is used. */
  String partial(PartialType type, String source) throws Unrendered {
    return content(templates.partial("content", type, source), it -> it.render(scope));
  }

  private Json.Obj texts(Json.Obj template, String... names) throws Unrendered {
    var shown = Json.object();
    for (String name : names) {
      shown = shown.with(name, text(template, name).orElse(""));
    }
    return shown;
  }

  private Optional<String> text(Json.Obj template, String name) throws Unrendered {
    return rendered(template.text(name).map(source -> templates.text(name, source)));
  }

  private Optional<String> json(Json.Obj template, String name) throws Unrendered {
    return rendered(
        template
            .get(name)
            .filter(it -> !(it instanceof Json.Null))
            .map(it -> it instanceof Json.Str(var text) ? text : JsonText.write(it))
            .map(source -> templates.json(name, source)));
  }

  private Optional<String> rendered(Optional<Compiled<TextTemplate>> compiled) throws Unrendered {
    return compiled.isPresent()
        ? Optional.of(content(compiled.get(), it -> it.render(scope)))
        : Optional.empty();
  }

  private Json.Obj settings(Json.Obj template, List<String> rendered, List<String> kept)
      throws Unrendered {
    Json.Obj settings = template.object("settings");
    Json.Obj shown = kept(template, kept);
    for (String name : rendered) {
      Optional<String> text = text(settings, name);
      shown = text.isPresent() ? shown.with(name, text.get()) : shown;
    }
    Optional<String> overrides = json(settings, "payload_overrides");
    return overrides.isPresent() ? shown.with("payload_overrides", overrides.get()) : shown;
  }

  private static Json.Obj kept(Json.Obj template, List<String> names) {
    Json.Obj kept = Json.object();
    for (String name : names) {
      Optional<Json> value = template.object("settings").get(name);
      kept = value.isPresent() ? kept.with(name, value.get()) : kept;
    }
    return kept;
  }

  private static <T, C> C content(Compiled<T> compiled, Function<T, Rendered<C>> render)
      throws Unrendered {
    return switch (compiled) {
      case Compiled.Refused<T>(var problems) -> throw new Unrendered(problems);
      case Compiled.Ready<T>(var ready) ->
          switch (render.apply(ready)) {
            case Rendered.Failed<C>(var problem) -> throw new Unrendered(List.of(problem));
            case Rendered.Content<C>(var content, _) -> content;
          };
    };
  }
}
