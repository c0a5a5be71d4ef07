package dev.carillon.storage;

import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.message.MessageId;
import dev.carillon.task.WebhooksTask;
import dev.carillon.task.WebhooksTask.RunChange;
import dev.carillon.task.WebhooksTask.Subject;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** The tasks of {@code webhooks} in the JSON that {@link TaskCodec} writes and reads. */
final class WebhooksTaskCodec {
  private WebhooksTaskCodec() {}

  static void write(Map<String, Json> fields, WebhooksTask task) {
    switch (task) {
      case WebhooksTask.Offer(var environment, var endpoint, var of, var at) -> {
        begin(fields, "hook.v1", environment, endpoint);
        subject(fields, of);
        fields.put("at", Json.of(at.toString()));
      }
      case WebhooksTask.Stream(var environment, var of, var at) -> {
        TaskCodec.begin(fields, "stream.v1", environment);
        subject(fields, of);
        fields.put("at", Json.of(at.toString()));
      }
      case WebhooksTask.Call(var environment, var endpoint, var event, var made, var minute) -> {
        begin(fields, "hookcall.v1", environment, endpoint);
        fields.put("event", Json.of(event));
        fields.put("made", Json.of(made));
        minute.ifPresent(it -> fields.put("minute", Json.of(it)));
      }
      case WebhooksTask.Replay(
              var environment,
              var endpoint,
              var start,
              var droppedOnly,
              var asked,
              var cursor) -> {
        begin(fields, "hookreplay.v1", environment, endpoint);
        fields.put("start", Json.of(start.toString()));
        fields.put("dropped_only", Json.of(droppedOnly));
        fields.put("asked", Json.of(asked.toString()));
        cursor.ifPresent(it -> fields.put("cursor", Json.of(it)));
      }
    }
  }

  private static void subject(Map<String, Json> fields, Subject of) {
    switch (of) {
      case Subject.OfMessage(var message, var index) -> {
        fields.put("message", Json.of(message.value()));
        fields.put("index", Json.of(index));
      }
      case Subject.OfRun(var trigger, var recipient, var change) -> {
        fields.put("trigger", Json.of(trigger.toString()));
        TaskCodec.recipient(fields, recipient);
        fields.put("change", Json.of(change.name().toLowerCase(Locale.ROOT)));
      }
    }
  }

  private static void begin(
      Map<String, Json> fields,
      String type,
      EnvironmentId environment,
      WebhookEndpointId endpoint) {
    TaskCodec.begin(fields, type, environment);
    fields.put("endpoint", Json.of(endpoint.toString()));
  }

  static WebhooksTask read(String type, Json.Obj json) {
    EnvironmentId environment = TaskCodec.environment(json);
    if (type.equals("stream.v1")) {
      return new WebhooksTask.Stream(environment, subject(json), TaskCodec.instant(json, "at"));
    }
    var endpoint = WebhookEndpointId.parse(TaskCodec.text(json, "endpoint"));
    return switch (type) {
      case "hook.v1" ->
          new WebhooksTask.Offer(
              environment, endpoint, subject(json), TaskCodec.instant(json, "at"));
      case "hookcall.v1" ->
          new WebhooksTask.Call(
              environment,
              endpoint,
              TaskCodec.text(json, "event"),
              TaskCodec.number(json, "made"),
              json.get("minute").isPresent()
                  ? OptionalLong.of(TaskCodec.longNumber(json, "minute"))
                  : OptionalLong.empty());
      case "hookreplay.v1" ->
          new WebhooksTask.Replay(
              environment,
              endpoint,
              TaskCodec.instant(json, "start"),
              json.get("dropped_only").filter(Json.TRUE::equals).isPresent(),
              TaskCodec.instant(json, "asked"),
              json.text("cursor"));
      default -> throw new UnreadableTask("No task of webhooks: " + type);
    };
  }

  private static Subject subject(Json.Obj json) {
    return json.text("message")
        .<Subject>map(
            message ->
                new Subject.OfMessage(new MessageId(message), TaskCodec.number(json, "index")))
        .orElseGet(
            () ->
                new Subject.OfRun(
                    TaskCodec.trigger(json),
                    TaskCodec.recipient(json).orElseThrow(() -> TaskCodec.lacks("recipient")),
                    RunChange.valueOf(TaskCodec.text(json, "change").toUpperCase(Locale.ROOT))));
  }
}
