package dev.carillon.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import java.util.List;
import java.util.Optional;

/** Workflows written out in tests, read. */
final class Reading {
  static final WorkflowKey KEY = new WorkflowKey("new-comment");

  /** A step that stands before the one a test is about. */
  static final String FEED =
      """
      {"type": "channel", "ref": "feed_1", "channel_type": "in_app_feed", "channel_key": "feed",
       "template": {"markdown_body": "Hello"}}
      """;

  private Reading() {}

  static Workflow ok(String source) {
    return ok(json(source));
  }

  static Workflow ok(Json.Obj source) {
    return switch (WorkflowReader.read(KEY, source)) {
      case WorkflowReader.Read.Ok(var workflow) -> workflow;
      case WorkflowReader.Read.Refused(var problems, _) ->
          throw new AssertionError("Refused: " + problems);
    };
  }

  static Workflow okSteps(String... steps) {
    return ok(workflow(steps));
  }

  /** The last of a workflow's steps. */
  static <S extends Step> S step(Class<S> kind, String step) {
    return kind.cast(okSteps(FEED, step).steps().getLast());
  }

  static List<WorkflowProblem> problems(String source) {
    return problems(json(source));
  }

  static List<WorkflowProblem> problems(Json.Obj source) {
    return switch (WorkflowReader.read(KEY, source)) {
      case WorkflowReader.Read.Refused(var problems, _) -> problems;
      case WorkflowReader.Read.Ok(var workflow) ->
          throw new AssertionError("Read without a problem: " + workflow);
    };
  }

  /** What is wrong with a step called {@code it}, and nothing else. */
  static void refusedStep(String step, String at, String reason) {
    refusedSteps(List.of(FEED, step), "it", at, reason);
  }

  static void refusedSteps(List<String> steps, String ref, String at, String reason) {
    refused(workflow(steps.toArray(String[]::new)), Optional.of(new StepRef(ref)), at, reason);
  }

  static void refused(String source, Optional<StepRef> step, String at, String reason) {
    assertThat(problems(source))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.step()).isEqualTo(step);
              assertThat(problem.field()).isEqualTo(at);
              assertThat(problem.reason()).contains(reason).endsWith(".");
            });
  }

  static String workflow(String... steps) {
    return "{\"steps\": [" + String.join(",", steps) + "]}";
  }

  static Json.Obj json(String text) {
    return (Json.Obj)
        JsonLiteral.parse(text).orElseThrow(() -> new AssertionError("Not JSON: " + text));
  }
}
