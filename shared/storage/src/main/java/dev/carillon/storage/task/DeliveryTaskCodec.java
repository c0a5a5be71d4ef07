package dev.carillon.storage.task;

import dev.carillon.channel.ChannelId;
import dev.carillon.json.Json;
import dev.carillon.message.MessageId;
import dev.carillon.task.DeliveryTask;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** The tasks of {@code delivery} in the JSON that {@link TaskCodec} writes and reads. */
final class DeliveryTaskCodec {
  private DeliveryTaskCodec() {}

  static void write(Map<String, Json> fields, DeliveryTask task) {
    switch (task) {
      case DeliveryTask.Deliver(
              var environment,
              var message,
              var tenant,
              var attempt,
              var run,
              var minute,
              var slot) -> {
        TaskFields.begin(fields, "deliver.v1", environment);
        fields.put("message", Json.of(message.value()));
        TaskFields.tenant(fields, tenant);
        fields.put("attempt", Json.of(attempt));
        run.ifPresent(
            it -> {
              fields.put("trigger", Json.of(it.trigger().toString()));
              TaskFields.recipient(fields, it.recipient());
            });
        minute.ifPresent(it -> fields.put("minute", Json.of(it)));
        // Who does not know it takes a slot anew.
        slot.ifPresent(it -> fields.put("slot", Json.of(it.second())));
        slot.flatMap(DeliveryTask.Slot::channel)
            .ifPresent(it -> fields.put("slot_of", Json.of(it.toString())));
      }
      case DeliveryTask.Poll(var environment, var message, var tenant, var check) -> {
        TaskFields.begin(fields, "poll.v1", environment);
        fields.put("message", Json.of(message.value()));
        TaskFields.tenant(fields, tenant);
        fields.put("check", Json.of(check));
      }
    }
  }

  /** Empty when a task of that type is in another queue. */
  static Optional<DeliveryTask> read(String type, Json.Obj json) {
    return switch (type) {
      case "deliver.v1" ->
          Optional.of(
              new DeliveryTask.Deliver(
                  TaskFields.environment(json),
                  new MessageId(TaskFields.text(json, "message")),
                  TaskFields.tenant(json),
                  TaskFields.number(json, "attempt"),
                  TaskFields.recipient(json)
                      .map(it -> new DeliveryTask.Cancellable(TaskFields.trigger(json), it)),
                  TaskFields.optionalNumber(json, "minute"),
                  slot(json)));
      case "poll.v1" ->
          Optional.of(
              new DeliveryTask.Poll(
                  TaskFields.environment(json),
                  new MessageId(TaskFields.text(json, "message")),
                  TaskFields.tenant(json),
                  TaskFields.number(json, "check")));
      default -> Optional.empty();
    };
  }

  private static Optional<DeliveryTask.Slot> slot(Json.Obj json) {
    OptionalLong second = TaskFields.optionalNumber(json, "slot");
    return second.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new DeliveryTask.Slot(
                second.getAsLong(),
                json.text("slot_of").map(UUID::fromString).map(ChannelId::new)));
  }
}
