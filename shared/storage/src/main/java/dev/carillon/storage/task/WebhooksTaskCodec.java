package dev.carillon.storage.task;

import dev.carillon.change.ChangeId;
import dev.carillon.content.CommitId;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.message.MessageId;
import dev.carillon.task.WebhooksTask;
import dev.carillon.task.WebhooksTask.RunChange;
import dev.carillon.task.WebhooksTask.Subject;
import dev.carillon.workflow.VersionId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

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
        TaskFields.begin(fields, "stream.v1", environment);
        subject(fields, of);
        fields.put("at", Json.of(at.toString()));
      }
      case WebhooksTask.Trace(var environment, var of, var at) -> {
        TaskFields.begin(fields, "trace.v1", environment);
        subject(fields, of);
        fields.put("at", Json.of(at.toString()));
      }
      case WebhooksTask.TraceCall(var environment, var endpoint, var event, var at) -> {
        begin(fields, "hooktrace.v1", environment, endpoint);
        fields.put("event", Json.of(event));
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
      case Subject.OfEmail(var message, var index) -> {
        fields.put("email", Json.of(message.value()));
        fields.put("index", Json.of(index));
      }
      case Subject.OfRun(var trigger, var recipient, var change) -> {
        fields.put("trigger", Json.of(trigger.toString()));
        TaskFields.recipient(fields, recipient);
        fields.put("change", Json.of(change.name().toLowerCase(Locale.ROOT)));
      }
      case Subject.OfCommit(var commit) -> fields.put("commit", Json.of(commit.toString()));
      case Subject.OfSave(var content, var version, var change) -> {
        fields.put("saved", Json.of(content.key()));
        fields.put("content", Json.of(content.type().wireName()));
        fields.put("version", Json.of(version.toString()));
        fields.put("change", Json.of(change.toString()));
      }
      case Subject.OfSourceAction(var source, var index, var at) -> {
        fields.put("source", Json.of(source));
        fields.put("index", Json.of(index));
        fields.put("written", Json.of(at.toString()));
      }
      case Subject.OfActionCommit(var commit, var source, var index) -> {
        fields.put("commit", Json.of(commit.toString()));
        fields.put("source", Json.of(source));
        fields.put("index", Json.of(index));
      }
    }
  }

  private static void begin(
      Map<String, Json> fields,
      String type,
      EnvironmentId environment,
      WebhookEndpointId endpoint) {
    TaskFields.begin(fields, type, environment);
    fields.put("endpoint", Json.of(endpoint.toString()));
  }

  /** Empty when a task of that type is in another queue. */
  static Optional<WebhooksTask> read(String type, Json.Obj json) {
    return switch (type) {
      case "hook.v1" ->
          Optional.of(
              new WebhooksTask.Offer(
                  TaskFields.environment(json),
                  endpoint(json),
                  subject(json),
                  TaskFields.instant(json, "at")));
      case "stream.v1" ->
          Optional.of(
              new WebhooksTask.Stream(
                  TaskFields.environment(json), subject(json), TaskFields.instant(json, "at")));
      case "trace.v1" ->
          Optional.of(
              new WebhooksTask.Trace(
                  TaskFields.environment(json), subject(json), TaskFields.instant(json, "at")));
      case "hooktrace.v1" ->
          Optional.of(
              new WebhooksTask.TraceCall(
                  TaskFields.environment(json),
                  endpoint(json),
                  TaskFields.text(json, "event"),
                  TaskFields.instant(json, "at")));
      case "hookcall.v1" ->
          Optional.of(
              new WebhooksTask.Call(
                  TaskFields.environment(json),
                  endpoint(json),
                  TaskFields.text(json, "event"),
                  TaskFields.number(json, "made"),
                  TaskFields.optionalNumber(json, "minute")));
      case "hookreplay.v1" ->
          Optional.of(
              new WebhooksTask.Replay(
                  TaskFields.environment(json),
                  endpoint(json),
                  TaskFields.instant(json, "start"),
                  json.get("dropped_only").filter(Json.TRUE::equals).isPresent(),
                  TaskFields.instant(json, "asked"),
                  json.text("cursor")));
      default -> Optional.empty();
    };
  }

  private static WebhookEndpointId endpoint(Json.Obj json) {
    return WebhookEndpointId.parse(TaskFields.text(json, "endpoint"));
  }

  private static Subject subject(Json.Obj json) {
    if (json.text("email").isPresent()) {
      return new Subject.OfEmail(
          new MessageId(TaskFields.text(json, "email")), TaskFields.number(json, "index"));
    }
    if (json.text("commit").isPresent()) {
      CommitId commit =
          json.text("commit")
              .flatMap(CommitId::parse)
              .orElseThrow(() -> TaskFields.lacks("commit"));
      return json.text("source")
          .<Subject>map(
              source ->
                  new Subject.OfActionCommit(commit, source, TaskFields.number(json, "index")))
          .orElseGet(() -> new Subject.OfCommit(commit));
    }
    if (json.text("saved").isPresent()) {
      return new Subject.OfSave(
          new ContentId(
              json.text("content")
                  .flatMap(ContentType::named)
                  .orElseThrow(() -> TaskFields.lacks("content")),
              TaskFields.text(json, "saved")),
          VersionId.parse(TaskFields.text(json, "version")),
          new ChangeId(UUID.fromString(TaskFields.text(json, "change"))));
    }
    if (json.text("source").isPresent()) {
      return new Subject.OfSourceAction(
          TaskFields.text(json, "source"),
          TaskFields.number(json, "index"),
          TaskFields.instant(json, "written"));
    }
    return json.text("message")
        .<Subject>map(
            message ->
                new Subject.OfMessage(new MessageId(message), TaskFields.number(json, "index")))
        .orElseGet(
            () ->
                new Subject.OfRun(
                    TaskFields.trigger(json),
                    TaskFields.recipient(json).orElseThrow(() -> TaskFields.lacks("recipient")),
                    RunChange.valueOf(TaskFields.text(json, "change").toUpperCase(Locale.ROOT))));
  }
}
