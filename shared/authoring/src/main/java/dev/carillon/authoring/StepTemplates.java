package dev.carillon.authoring;

import dev.carillon.channel.ChannelType;
import dev.carillon.json.Json;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Step.Text;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The templates of a step, each with its field below the step: what every check of them walks. */
final class StepTemplates {
  private StepTemplates() {}

  /**
   * One template.
   *
   * @param source a path is the template that prints it
   * @param form what it must come to
   */
  record One(String field, String source, Form form) {}

  enum Form {
    /** A path, which nothing can be wrong with that its reader did not say. */
    PATH,
    TEXT,
    JSON
  }

  /** All texts of a channel step's template, whatever each is for. */
  static Stream<One> ofMessage(Step.ChannelStep step) {
    return texts("template", step.template());
  }

  /** The others: what the step is addressed by, keeps, or hands on. */
  static Stream<One> besideMessage(Step step) {
    return switch (step) {
      case Step.ChannelStep channel -> texts("channel_overrides", channel.overrides());
      case Step.Batch batch -> text("settings.batch_key", batch.key());
      case Step.Throttle throttle -> text("settings.throttle_key", throttle.key());
      case Step.RandomCohort cohorts -> text("cohort_key", cohorts.key());
      case Step.Fetch fetch -> text("settings.signing_key", fetch.signingKey());
      case Step.TriggerWorkflow trigger ->
          Stream.of(
                  text("settings.workflow_key", Optional.of(trigger.workflow())),
                  text("settings.recipients", trigger.recipients()),
                  text("settings.actor", trigger.actor()),
                  text("settings.tenant", trigger.tenant()),
                  json("settings.data", trigger.data()),
                  text("settings.cancellation_key", trigger.cancellationKey()))
              .flatMap(all -> all);
      case Step.UpdateData update -> json("settings.data", Optional.of(update.data()));
      case Step.UpdateRecipient update ->
          Stream.concat(
              text("settings.recipient_gid", update.target()),
              json("settings.update_properties", Optional.of(update.properties())));
      case Step.Delay _, Step.Branch _, Step.WaitForEvent _ -> Stream.empty();
    };
  }

  /**
   * Those whose outcome people read, or that is kept where people may. The others are of requests.
   */
  static Stream<One> read(Step step) {
    return switch (step) {
      case Step.ChannelStep channel when channel.channelType() == ChannelType.HTTP ->
          Stream.empty();
      case Step.ChannelStep channel -> Stream.concat(ofMessage(channel), besideMessage(channel));
      case Step.Fetch _ -> Stream.empty();
      case Step.Batch _,
          Step.Throttle _,
          Step.RandomCohort _,
          Step.TriggerWorkflow _,
          Step.UpdateData _,
          Step.UpdateRecipient _,
          Step.Delay _,
          Step.Branch _,
          Step.WaitForEvent _ ->
          besideMessage(step);
    };
  }

  /** Each text in there, at any depth, is a template. */
  static Stream<One> texts(String path, Json json) {
    return switch (json) {
      case Json.Str(var source) -> Stream.of(new One(path, source, Form.TEXT));
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

  private static Stream<One> text(String field, Optional<Text> text) {
    return one(field, text, Form.TEXT);
  }

  private static Stream<One> json(String field, Optional<Text> text) {
    return one(field, text, Form.JSON);
  }

  private static Stream<One> one(String field, Optional<Text> text, Form form) {
    return text.stream()
        .map(
            it ->
                switch (it) {
                  case Text.Template(var source) -> new One(field, source, form);
                  case Text.Path(var path) -> new One(field, "{{" + path + "}}", Form.PATH);
                });
  }
}
