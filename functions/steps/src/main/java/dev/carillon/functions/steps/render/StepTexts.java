package dev.carillon.functions.steps.render;

import dev.carillon.fetch.TemplateCache;
import dev.carillon.functions.steps.render.Render.StepTemplate;
import dev.carillon.functions.steps.render.Render.Wording.Words;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.message.Content;
import dev.carillon.run.NamesIgnored;
import dev.carillon.template.TextTemplate;
import dev.carillon.template.engine.Compiled;
import dev.carillon.template.render.Rendered;
import dev.carillon.template.render.TemplateProblem;
import dev.carillon.template.render.TemplateScope;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The texts of one step as they come out for one run. */
final class StepTexts {
  private final TemplateCache.CompiledTemplates templates;
  private final StepTemplate template;
  private final TemplateScope scope;
  private final Function<Json.Obj, TemplateScope> scopes;
  private final Noted noted;

  /**
   * @param scopes the scope of other variables than those of {@code scope}, all else the same
   */
  StepTexts(
      TemplateCache.CompiledTemplates templates,
      StepTemplate template,
      TemplateScope scope,
      Function<Json.Obj, TemplateScope> scopes) {
    this(templates, template, scope, scopes, new Noted());
  }

  private StepTexts(
      TemplateCache.CompiledTemplates templates,
      StepTemplate template,
      TemplateScope scope,
      Function<Json.Obj, TemplateScope> scopes,
      Noted noted) {
    this.templates = templates;
    this.template = template;
    this.scope = scope;
    this.scopes = scopes;
    this.noted = noted;
  }

  /** What is to be noted of all texts of the step. */
  private static final class Noted {
    private NamesIgnored ignored = NamesIgnored.NONE;
  }

  /** The same texts where the variables are these. */
  StepTexts seeing(Json.Obj variables) {
    return new StepTexts(templates, template, scopes.apply(variables), scopes, noted);
  }

  /** What a template came to a problem with; thrown no further than {@link RenderTemplates}. */
  static final class TemplateFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TemplateFailed(String problem) {
      super(problem, null, false, false);
    }
  }

  StepTemplate template() {
    return template;
  }

  /** The contents, and what is to be noted of the texts that were rendered for them. */
  Words words(List<Content> contents) {
    return words(contents, List.of());
  }

  /** As {@link #words(List)}, of a mail whose footer leads to these addresses. */
  Words words(List<Content> contents, List<String> footer) {
    return new Words(contents, footer, noted.ignored);
  }

  /** A text of several lines, nothing in it escaped. */
  String text(String field, String source) {
    return rendered(templates.text(template.workflow(), template.step(), field, source));
  }

  /** A text of one line; it fails when it comes to hold a control character. */
  String line(String field, String source) {
    return rendered(templates.line(template.workflow(), template.step(), field, source));
  }

  /** The field of the step's template that is a text; empty when it has none or a blank one. */
  Optional<String> field(String name) {
    return template
        .step()
        .template()
        .text(name)
        .filter(source -> !source.isBlank())
        .map(source -> text("template." + name, source));
  }

  /** A field that is JSON, or a text that comes to be JSON. */
  Optional<Json> json(String field, Optional<Json> source) {
    return source
        .filter(json -> !(json instanceof Json.Null))
        .map(json -> json instanceof Json.Str(var text) ? text : JsonText.write(json))
        .filter(text -> !text.isBlank())
        .map(text -> templates.json(template.workflow(), template.step(), field, text))
        .map(this::rendered)
        .map(text -> parsed(field, text));
  }

  private static Json parsed(String field, String text) {
    try {
      return JsonText.parse(text);
    } catch (MalformedJson malformed) {
      throw new TemplateFailed(field + ": it did not come to JSON: " + malformed.located());
    }
  }

  /** What is laid over the provider's payload: the step's own, or else the channel's. */
  Json.Obj overrides(String path, Optional<Json> own, String setting) {
    Optional<Json> overrides =
        json(path, own).or(() -> json(setting, template.channel().settings().get(setting)));
    return switch (overrides.orElse(Json.Obj.EMPTY)) {
      case Json.Obj object -> object;
      case Json.Arr _, Json.Str _, Json.Num _, Json.Bool _, Json.Null _ ->
          throw new TemplateFailed(path + ": it did not come to an object");
    };
  }

  private String rendered(Compiled<TextTemplate> compiled) {
    return outcome(compiled, text -> text.render(scope));
  }

  /** What came of the template. */
  <T, C> C outcome(Compiled<T> compiled, Function<T, Rendered<C>> render) {
    return switch (compiled) {
      case Compiled.Refused<T>(var problems) -> throw failed(problems.getFirst());
      case Compiled.Ready<T>(var ready) ->
          switch (render.apply(ready)) {
            case Rendered.Failed<C>(var problem) -> throw failed(problem);
            case Rendered.Content<C>(var content, var names) -> {
              noted.ignored = noted.ignored.and(names);
              yield content;
            }
          };
    };
  }

  private static TemplateFailed failed(TemplateProblem problem) {
    return new TemplateFailed(problem.field() + ": " + problem.sentence());
  }
}
