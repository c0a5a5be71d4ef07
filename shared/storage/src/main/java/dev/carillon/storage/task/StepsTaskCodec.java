package dev.carillon.storage.task;

import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.task.StepsTask;
import java.util.Map;
import java.util.Optional;

/** The tasks of {@code steps} in the JSON that {@link TaskCodec} writes and reads. */
final class StepsTaskCodec {
  private StepsTaskCodec() {}

  static void write(Map<String, Json> fields, StepsTask task) {
    switch (task) {
      case StepsTask.Advance(
              var environment,
              var trigger,
              var recipient,
              var tenant,
              var via,
              var wake) -> {
        TaskFields.begin(fields, "advance.v1", environment);
        fields.put("trigger", Json.of(trigger.toString()));
        TaskFields.recipient(fields, recipient);
        TaskFields.tenant(fields, tenant);
        via.ifPresent(it -> fields.put("via", reference(it)));
        wake.ifPresent(it -> fields.put("wake", wake(it)));
      }
      case StepsTask.Match(var environment, var event, var recipient, var source, var data) -> {
        TaskFields.begin(fields, "signal.v1", environment);
        fields.put("id", Json.of(event));
        TaskFields.recipient(fields, recipient);
        fields.put("source", Json.of(source));
        fields.put("data", data);
      }
    }
  }

  /** Empty when a task of that type is in another queue. */
  static Optional<StepsTask> read(String type, Json.Obj json) {
    return switch (type) {
      case "advance.v1" ->
          Optional.of(
              new StepsTask.Advance(
                  TaskFields.environment(json),
                  TaskFields.trigger(json),
                  TaskFields.recipient(json).orElseThrow(() -> TaskFields.lacks("recipient")),
                  TaskFields.tenant(json),
                  json.get("via").map(_ -> reference(json.object("via"))),
                  json.get("wake").map(_ -> wake(json.object("wake")))));
      case "signal.v1" ->
          Optional.of(
              new StepsTask.Match(
                  TaskFields.environment(json),
                  TaskFields.text(json, "id"),
                  TaskFields.recipient(json).orElseThrow(() -> TaskFields.lacks("recipient")),
                  TaskFields.text(json, "source"),
                  json.object("data")));
      default -> Optional.empty();
    };
  }

  private static Json reference(RecipientId recipient) {
    return Json.object().with("collection", recipient.collection()).with("id", recipient.id());
  }

  private static RecipientId reference(Json.Obj json) {
    return new RecipientId(TaskFields.text(json, "collection"), TaskFields.text(json, "id"));
  }

  private static Json wake(StepsTask.Wake wake) {
    return Json.object()
        .with("id", wake.waitId())
        .with("generation", Json.of(wake.generation()))
        .with("minute", Json.of(wake.minute()));
  }

  private static StepsTask.Wake wake(Json.Obj json) {
    return new StepsTask.Wake(
        TaskFields.text(json, "id"),
        TaskFields.number(json, "generation"),
        TaskFields.longNumber(json, "minute"));
  }
}
