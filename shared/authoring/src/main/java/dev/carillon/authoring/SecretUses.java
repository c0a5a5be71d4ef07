package dev.carillon.authoring;

import dev.carillon.channel.ChannelType;
import dev.carillon.json.Json;
import dev.carillon.template.render.TemplateProblem;
import dev.carillon.workflow.Assets;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Step.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where a secret variable is named in what people would come to read: messages, their layouts and
 * addresses, and what steps store. Requests of webhooks and fetch steps may name them. What is not
 * named but reached in another way is empty when it is rendered.
 *
 * @param secrets the names of the environment's secret variables
 */
public record SecretUses(Set<String> secrets, Assets.Library library) {
  private static final Pattern TAG = Pattern.compile("(?s)\\{\\{.*?}}|\\{%.*?%}");
  private static final Pattern PATH =
      Pattern.compile("\\bvars\\s*(?:\\.\\s*\\[?|\\[\\s*[\"']?)\\s*([A-Za-z0-9_-]+)");
  private static final Pattern PARTIAL =
      Pattern.compile("\\{\\{~?>\\s*[\"'\\[]?([A-Za-z0-9_-]+)|\\brender\\s+[\"']([^\"']+)");
  private static final List<String> LAYOUT_FIELDS = List.of("html_layout", "text_layout");

  /** Those of a step; the paths are below the step. */
  Stream<TemplateProblem> in(Step step) {
    if (secrets.isEmpty()) {
      return Stream.empty();
    }
    return switch (step) {
      case Step.ChannelStep channel when channel.channelType() == ChannelType.HTTP ->
          Stream.empty();
      case Step.ChannelStep channel ->
          Stream.concat(
              texts("template", channel.template()),
              texts("channel_overrides", channel.overrides()));
      case Step.Batch batch -> text("settings.batch_key", batch.key());
      case Step.Throttle throttle -> text("settings.throttle_key", throttle.key());
      case Step.RandomCohort cohorts -> text("cohort_key", cohorts.key());
      case Step.TriggerWorkflow trigger ->
          Stream.of(
                  text("settings.workflow_key", Optional.of(trigger.workflow())),
                  text("settings.recipients", trigger.recipients()),
                  text("settings.actor", trigger.actor()),
                  text("settings.tenant", trigger.tenant()),
                  text("settings.data", trigger.data()),
                  text("settings.cancellation_key", trigger.cancellationKey()))
              .flatMap(problems -> problems);
      case Step.UpdateData update -> text("settings.data", Optional.of(update.data()));
      case Step.UpdateRecipient update ->
          Stream.concat(
              text("settings.recipient_gid", update.target()),
              text("settings.update_properties", Optional.of(update.properties())));
      case Step.Fetch _, Step.Delay _, Step.Branch _, Step.WaitForEvent _ -> Stream.empty();
    };
  }

  /** Those of layouts, which only mails have; a partial may be one of a request. */
  Stream<TemplateProblem> inLayouts() {
    return secrets.isEmpty()
        ? Stream.empty()
        : library.layouts().fields().entrySet().stream()
            .filter(layout -> layout.getValue() instanceof Json.Obj)
            .flatMap(
                layout ->
                    LAYOUT_FIELDS.stream()
                        .flatMap(
                            field ->
                                ((Json.Obj) layout.getValue())
                                    .text(field).stream()
                                        .flatMap(
                                            source ->
                                                problem(
                                                    "layouts/" + layout.getKey() + "/" + field,
                                                    source))));
  }

  private Stream<TemplateProblem> texts(String path, Json json) {
    return switch (json) {
      case Json.Str(var source) -> problem(path, source);
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
    return text.stream()
        .flatMap(
            it ->
                switch (it) {
                  case Text.Template(var source) -> problem(field, source);
                  case Text.Path(var path) -> problem(field, "{{" + path + "}}");
                });
  }

  private Stream<TemplateProblem> problem(String field, String source) {
    return named(source, new HashSet<>())
        .map(
            name ->
                TemplateProblem.of(
                    field,
                    "it names the secret '"
                        + name
                        + "', which must not be read by people; only requests of webhooks and"
                        + " fetch steps may have it"))
        .stream();
  }

  /** The first secret that a source names, itself or through its partials. */
  private Optional<String> named(String source, Set<String> seen) {
    Optional<String> own =
        TAG.matcher(source)
            .results()
            .flatMap(tag -> PATH.matcher(tag.group()).results())
            .map(path -> path.group(1))
            .filter(secrets::contains)
            .findFirst();
    return own.or(
        () ->
            PARTIAL
                .matcher(source)
                .results()
                .map(key -> key.group(1) == null ? key.group(2) : key.group(1))
                .filter(seen::add)
                .flatMap(key -> library.partials().object(key).text("content").stream())
                .flatMap(content -> named(content, seen).stream())
                .findFirst());
  }
}
