package dev.carillon.authoring;

import dev.carillon.content.Assets;
import dev.carillon.template.Templates;
import dev.carillon.template.render.TemplateProblem;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.WorkflowProblem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What can be told from the sources of templates before anything is rendered, against one state of
 * the layouts and partials.
 */
public record TemplateChecks(Templates templates, SecretUses secrets) {

  public static TemplateChecks against(Assets.Library library) {
    return against(library, Set.of());
  }

  /**
   * @param secrets the names of variables that may stand in no text which people read
   */
  public static TemplateChecks against(Assets.Library library, Set<String> secrets) {
    return new TemplateChecks(Templates.of(library), new SecretUses(secrets, library));
  }

  /** Those of a workflow in that language; empty when there is no such language. */
  public Optional<TemplateChecks> in(String language) {
    return templates.in(language).map(it -> new TemplateChecks(it, secrets));
  }

  /** The problems of the steps, all that were found; not of those within their ways. */
  public List<WorkflowProblem> problems(List<Step> steps) {
    return steps.stream().flatMap(this::ofStep).toList();
  }

  private Stream<WorkflowProblem> ofStep(Step step) {
    return Stream.concat(found(step), secrets.in(step))
        .map(
            problem ->
                new WorkflowProblem(Optional.of(step.ref()), problem.field(), problem.sentence()));
  }

  private Stream<TemplateProblem> found(Step step) {
    return Stream.concat(message(step), StepTemplates.besideMessage(step).flatMap(this::problems));
  }

  /** What is wrong with what the step sends, which is compiled as a whole where it is one. */
  private Stream<TemplateProblem> message(Step step) {
    return switch (step) {
      case Step.ChannelStep channel ->
          switch (channel.channelType()) {
            case EMAIL -> below("template.", templates.email(channel.template()).problems());
            case IN_APP_FEED -> below("template.", templates.feed(channel.template()).problems());
            case HTTP -> below("template.", templates.request(channel.template()).problems());
            case SMS, PUSH, CHAT -> StepTemplates.ofMessage(channel).flatMap(this::problems);
          };
      case Step.Fetch fetch -> below("settings.", templates.request(fetch.request()).problems());
      case Step.Batch _,
          Step.Throttle _,
          Step.RandomCohort _,
          Step.TriggerWorkflow _,
          Step.UpdateData _,
          Step.UpdateRecipient _,
          Step.Delay _,
          Step.Branch _,
          Step.WaitForEvent _ ->
          Stream.empty();
    };
  }

  private Stream<TemplateProblem> problems(StepTemplates.One one) {
    return switch (one.form()) {
      case PATH -> Stream.empty();
      case TEXT -> templates.text(one.field(), one.source()).problems().stream();
      case JSON -> templates.json(one.field(), one.source()).problems().stream();
    };
  }

  private static Stream<TemplateProblem> below(String path, List<TemplateProblem> problems) {
    return problems.stream()
        .map(
            problem ->
                new TemplateProblem(
                    path + problem.field(), problem.line(), problem.column(), problem.reason()));
  }

  /** The problems of the layouts and partials themselves. */
  public List<PartProblem> partProblems() {
    return Stream.concat(templates.problems().stream(), secrets.inLayouts())
        .map(PartProblem::of)
        .toList();
  }

  /**
   * A problem of one layout or partial.
   *
   * @param part {@code layouts/<key>} or {@code partials/<key>}
   * @param field the path of the field in it; empty for the whole
   */
  public record PartProblem(String part, String field, String reason) {
    public String sentence() {
      return field.isEmpty() ? reason : field + ": " + reason;
    }

    static PartProblem of(TemplateProblem problem) {
      var names = problem.field().split("/", 3);
      return new PartProblem(
          String.join("/", List.of(names).subList(0, Math.min(2, names.length))),
          names.length > 2 ? names[2] : "",
          problem.sentence());
    }
  }
}
