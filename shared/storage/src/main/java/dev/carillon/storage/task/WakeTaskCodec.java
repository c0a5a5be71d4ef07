package dev.carillon.storage.task;

import dev.carillon.json.Json;
import dev.carillon.task.WakeTask;
import java.util.Map;
import java.util.Optional;

/** The tasks of {@code wake} in the JSON that {@link TaskCodec} writes and reads. */
final class WakeTaskCodec {
  private WakeTaskCodec() {}

  static void write(Map<String, Json> fields, WakeTask task) {
    switch (task) {
      case WakeTask.Drain(var minute, var part) -> {
        fields.put("type", Json.of("drain.v1"));
        fields.put("minute", Json.of(minute));
        part.ifPresent(
            it -> {
              fields.put("shard", Json.of(it.shard()));
              it.cursor().ifPresent(cursor -> fields.put("cursor", Json.of(cursor)));
            });
      }
      case WakeTask.Sweep() -> fields.put("type", Json.of("sweep.v1"));
    }
  }

  /** Empty when a task of that type is in another queue. */
  static Optional<WakeTask> read(String type, Json.Obj json) {
    return switch (type) {
      case "drain.v1" ->
          Optional.of(
              new WakeTask.Drain(
                  TaskFields.longNumber(json, "minute"),
                  json.get("shard")
                      .map(
                          _ ->
                              new WakeTask.Part(
                                  TaskFields.number(json, "shard"), json.text("cursor")))));
      case "sweep.v1" -> Optional.of(new WakeTask.Sweep());
      default -> Optional.empty();
    };
  }
}
