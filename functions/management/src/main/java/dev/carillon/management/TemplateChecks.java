package dev.carillon.management;

import dev.carillon.json.Json;
import dev.carillon.template.Problem;
import dev.carillon.template.Templates;
import dev.carillon.workflow.Assets;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What can be told from the sources of templates before anything is rendered, against one state of
 * the layouts and partials.
 */
record TemplateChecks(Templates templates) {

  static TemplateChecks against(Assets.Library library) {
    return new TemplateChecks(Templates.of(library));
  }

  /** The problems of the workflow's steps, all that were found. */
  List<dev.carillon.workflow.Problem> problems(Workflow workflow) {
    return workflow.steps().stream().flatMap(this::problems).toList();
  }

  private Stream<dev.carillon.workflow.Problem> problems(Step step) {
    return switch (step) {
      case Step.ChannelStep channel ->
          Stream.concat(
              template(channel).stream().map(problem -> below("template.", step, problem)),
              overrides(channel.overrides(), "").stream()
                  .map(problem -> below("channel_overrides.", step, problem)));
      case Step.Delay _,
          Step.Batch _,
          Step.Throttle _,
          Step.Branch _,
          Step.RandomCohort _,
          Step.Fetch _,
          Step.TriggerWorkflow _,
          Step.WaitForEvent _,
          Step.UpdateData _,
          Step.UpdateRecipient _ ->
          Stream.empty();
    };
  }

  private List<Problem> template(Step.ChannelStep step) {
    return switch (step.channelType()) {
      case EMAIL -> templates.email(step.template()).problems();
      case IN_APP_FEED -> templates.feed(step.template()).problems();
      case HTTP -> templates.request(step.template()).problems();
    };
  }

  /** Addresses and headers, at any depth: each text in there is a template. */
  private List<Problem> overrides(Json.Obj overrides, String path) {
    var problems = new ArrayList<Problem>();
    overrides
        .fields()
        .forEach(
            (name, value) -> {
              if (value instanceof Json.Str(var source)) {
                problems.addAll(templates.line(path + name, source).problems());
              } else if (value instanceof Json.Obj object) {
                problems.addAll(overrides(object, path + name + "."));
              }
            });
    return problems;
  }

  private static dev.carillon.workflow.Problem below(String path, Step step, Problem problem) {
    return new dev.carillon.workflow.Problem(
        Optional.of(step.ref()), path + problem.field(), problem.sentence());
  }

  /** The problems of the layouts and partials themselves. */
  List<PartProblem> partProblems() {
    return templates.problems().stream().map(PartProblem::of).toList();
  }

  /**
   * A problem of one layout or partial.
   *
   * @param part {@code layouts/<key>} or {@code partials/<key>}
   * @param field the path of the field in it; empty for the whole
   */
  record PartProblem(String part, String field, String reason) {
    static PartProblem of(Problem problem) {
      var names = problem.field().split("/", 3);
      return new PartProblem(
          String.join("/", List.of(names).subList(0, Math.min(2, names.length))),
          names.length > 2 ? names[2] : "",
          problem.sentence());
    }
  }
}
