package dev.carillon.fetch;

import dev.carillon.condition.Facts;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.run.NamesIgnored;
import dev.carillon.run.decision.Texts;
import dev.carillon.template.TextTemplate;
import dev.carillon.template.engine.Compiled;
import dev.carillon.template.render.Rendered;
import dev.carillon.template.render.TemplateScope;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Workflow;
import java.time.ZoneId;
import java.util.Set;
import java.util.function.Supplier;

/** The texts of steps' settings, rendered with what a run sees now. */
public final class RenderTexts implements Texts {
  /** What a path can begin with; any other path, and a single name, is below {@code data}. */
  private static final Set<String> ROOTS =
      Set.of("data", "recipient", "actor", "tenant", "vars", "workflow", "run", "refs");

  private final Supplier<TemplateCache.CompiledTemplates> compiledTemplates;
  private final Workflow workflow;
  private final Facts facts;
  private final ZoneId zone;
  private NamesIgnored ignored = NamesIgnored.NONE;

  /**
   * @param compiledTemplates asked for when there is something to render
   * @param zone whose clocks count where a template names none that there is
   */
  public RenderTexts(
      Supplier<TemplateCache.CompiledTemplates> compiledTemplates,
      Workflow workflow,
      Facts facts,
      ZoneId zone) {
    this.compiledTemplates = compiledTemplates;
    this.workflow = workflow;
    this.facts = facts;
    this.zone = zone;
  }

  @Override
  public Resolved say(Step step, String field, Step.Text text) {
    return switch (text) {
      case Step.Text.Path(var path) -> found(path);
      case Step.Text.Template(var source) ->
          rendered(compiledTemplates.get().text(workflow, step, field, source));
    };
  }

  @Override
  public Resolved json(Step step, String field, Step.Text text) {
    Resolved said =
        switch (text) {
          case Step.Text.Path(var path) -> found(path);
          case Step.Text.Template(var source) ->
              rendered(compiledTemplates.get().json(workflow, step, field, source));
        };
    if (!(said instanceof Resolved.Value(Json.Str(var json)))) {
      return said;
    }
    try {
      return new Resolved.Value(JsonText.parse(json));
    } catch (MalformedJson e) {
      return new Resolved.Failed(field + ": what it came to is no JSON");
    }
  }

  @Override
  public NamesIgnored ignored() {
    return ignored;
  }

  private Resolved found(String path) {
    int dot = path.indexOf('.');
    String rooted = dot > 0 && ROOTS.contains(path.substring(0, dot)) ? path : "data." + path;
    return facts
        .at(rooted)
        .filter(value -> !(value instanceof Json.Null))
        .filter(value -> !(value instanceof Json.Str(var text) && text.isBlank()))
        .<Resolved>map(Resolved.Value::new)
        .orElseGet(Resolved.Nothing::new);
  }

  private Resolved rendered(Compiled<TextTemplate> compiled) {
    return switch (compiled) {
      case Compiled.Refused<TextTemplate>(var problems) ->
          new Resolved.Failed(problems.getFirst().field() + ": " + problems.getFirst().sentence());
      case Compiled.Ready<TextTemplate>(var template) ->
          switch (template.render(TemplateScope.of(facts.scope(), zone))) {
            case Rendered.Failed<String>(var problem) ->
                new Resolved.Failed(problem.field() + ": " + problem.sentence());
            case Rendered.Content<String>(var text, var names) -> {
              ignored = ignored.and(names);
              yield text.isBlank() ? new Resolved.Nothing() : new Resolved.Value(Json.of(text));
            }
          };
    };
  }
}
