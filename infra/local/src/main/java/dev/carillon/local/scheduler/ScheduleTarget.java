package dev.carillon.local.scheduler;

import dev.carillon.json.Json;
import java.util.Optional;

/**
 * What a schedule does: sends {@code input} to a queue.
 *
 * @param arn of the queue
 * @param roleArn the role it sends as; empty for a schedule of no template's, which may send
 */
public record ScheduleTarget(
    String arn, String input, Optional<String> messageGroupId, Optional<String> roleArn) {

  /** As it stands in a call of the API. */
  static ScheduleTarget of(Json.Obj target) {
    return new ScheduleTarget(
        target.text("Arn").orElseThrow(),
        target.text("Input").orElse(""),
        target.object("SqsParameters").text("MessageGroupId"),
        target.text("RoleArn"));
  }

  Json.Obj json() {
    var json = Json.object().with("Arn", arn).with("Input", input);
    if (roleArn.isPresent()) {
      json = json.with("RoleArn", roleArn.get());
    }
    return messageGroupId.isPresent()
        ? json.with("SqsParameters", Json.object().with("MessageGroupId", messageGroupId.get()))
        : json;
  }
}
