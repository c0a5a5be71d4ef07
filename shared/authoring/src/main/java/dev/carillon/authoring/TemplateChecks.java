package dev.carillon.authoring;

import dev.carillon.json.Json;
import dev.carillon.template.Templates;
import dev.carillon.template.render.TemplateProblem;
import dev.carillon.workflow.Assets;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Step.Text;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
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
  public List<dev.carillon.workflow.WorkflowProblem> problems(List<Step> steps) {
    return steps.stream().flatMap(this::problems).toList();
  }

  private Stream<dev.carillon.workflow.WorkflowProblem> problems(Step step) {
    return Stream.concat(found(step), secrets.in(step))
        .map(
            problem ->
                new dev.carillon.workflow.WorkflowProblem(
                    Optional.of(step.ref()), problem.field(), problem.sentence()));
  }

  private Stream<TemplateProblem> found(Step step) {
    return switch (step) {
      case Step.ChannelStep channel ->
          Stream.concat(
              below("template.", template(channel)),
              texts("channel_overrides", channel.overrides()));
      case Step.Batch batch -> text("settings.batch_key", batch.key());
      case Step.Throttle throttle -> text("settings.throttle_key", throttle.key());
      case Step.RandomCohort cohorts -> text("cohort_key", cohorts.key());
      case Step.Fetch fetch ->
          Stream.concat(
              below("settings.", templates.request(fetch.request()).problems()),
              text("settings.signing_key", fetch.signingKey()));
      case Step.TriggerWorkflow trigger ->
          Stream.of(
                  text("settings.workflow_key", Optional.of(trigger.workflow())),
                  text("settings.recipients", trigger.recipients()),
                  text("settings.actor", trigger.actor()),
                  text("settings.tenant", trigger.tenant()),
                  json("settings.data", trigger.data()),
                  text("settings.cancellation_key", trigger.cancellationKey()))
              .flatMap(problems -> problems);
      case Step.UpdateData update -> json("settings.data", Optional.of(update.data()));
      case Step.UpdateRecipient update ->
          Stream.concat(
              text("settings.recipient_gid", update.target()),
              json("settings.update_properties", Optional.of(update.properties())));
      case Step.Delay _, Step.Branch _, Step.WaitForEvent _ -> Stream.empty();
    };
  }

  private List<TemplateProblem> template(Step.ChannelStep step) {
    return switch (step.channelType()) {
      case EMAIL -> templates.email(step.template()).problems();
      case IN_APP_FEED -> templates.feed(step.template()).problems();
      case HTTP -> templates.request(step.template()).problems();
      case SMS, PUSH, CHAT ->
          step.template().fields().entrySet().stream()
              .flatMap(field -> texts(field.getKey(), field.getValue()))
              .toList();
    };
  }

  /** Each text in there, at any depth, is a template. */
  private Stream<TemplateProblem> texts(String path, Json json) {
    return switch (json) {
      case Json.Str(var source) -> templates.text(path, source).problems().stream();
      case Json.Obj(var fields) ->
          fields.entrySet().stream()
              .flatMap(field -> texts(path + "." + field.getKey(), field.getValue()));
      case Json.Arr(var items) ->
          IntStream.range(0, items.size())
              .boxed()
              .flatMap(i -> texts(path + "[" + i + "]", items.get(i)));
      case Json.Num _, Json.Bool _, Json.Null _ -> Stream.empty();
    };
  }

  private Stream<TemplateProblem> text(String field, Optional<Text> text) {
    return source(text).flatMap(source -> templates.text(field, source).problems().stream());
  }

  private Stream<TemplateProblem> json(String field, Optional<Text> text) {
    return source(text).flatMap(source -> templates.json(field, source).problems().stream());
  }

  private static Stream<String> source(Optional<Text> text) {
    return text.stream()
        .flatMap(
            it ->
                switch (it) {
                  case Text.Template(var source) -> Stream.of(source);
                  case Text.Path _ -> Stream.empty();
                });
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
