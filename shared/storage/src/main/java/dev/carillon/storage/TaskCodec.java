package dev.carillon.storage;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.message.MessageId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.task.Task;
import dev.carillon.trigger.TriggerId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tasks as they stand in queues. The type bears a version, so that old and new code can run side by
 * side; a field is never given another meaning under one version.
 */
public final class TaskCodec {
  private TaskCodec() {}

  /** The task as JSON: {@code {"type": "advance.v1", …}}; what is empty is absent. */
  public static Json.Obj write(Task task) {
    return switch (task) {
      case Task.Fanout(var environment, var trigger, var tenant, var from) ->
          of("fanout.v1")
              .put("env", environment.value())
              .put("trigger", trigger.toString())
              .put("tenant", tenant.map(TenantId::value))
              .put("from", Json.of(from))
              .json();
      case Task.Cancel(var environment, var trigger, var recipient, var cursor) ->
          of("cancel.v1")
              .put("env", environment.value())
              .put("trigger", trigger.toString())
              .recipient(recipient)
              .put("cursor", cursor)
              .json();
      case Task.Advance(var environment, var trigger, var recipient, var tenant, var wake) ->
          of("advance.v1")
              .put("env", environment.value())
              .put("trigger", trigger.toString())
              .recipient(Optional.of(recipient))
              .put("tenant", tenant.map(TenantId::value))
              .put("wait", wake.map(Task.Wake::waitId))
              .number("generation", wake.map(it -> (long) it.generation()))
              .number("minute", wake.map(Task.Wake::minute))
              .json();
      case Task.Deliver(var environment, var message, var tenant, var attempt, var run) ->
          of("deliver.v1")
              .put("env", environment.value())
              .put("message", message.value())
              .put("tenant", tenant.map(TenantId::value))
              .put("attempt", Json.of(attempt))
              .put("trigger", run.map(it -> it.trigger().toString()))
              .recipient(run.map(Task.Cancellable::recipient))
              .json();
      case Task.Drain(var minute, var part) ->
          of("drain.v1")
              .put("minute", Json.of(minute))
              .number("shard", part.map(it -> (long) it.shard()))
              .put("cursor", part.flatMap(Task.Part::cursor))
              .json();
      case Task.Sweep() -> of("sweep.v1").json();
    };
  }

  /**
   * @throws IllegalArgumentException when this is no task of a known type: the queue delivers it
   *     again and, in the end, to its dead-letter queue
   */
  public static Task parse(Json.Obj json) {
    String type = text(json, "type");
    return switch (type) {
      case "fanout.v1" ->
          new Task.Fanout(
              environment(json), trigger(json), tenant(json), (int) number(json, "from"));
      case "cancel.v1" ->
          new Task.Cancel(environment(json), trigger(json), recipient(json), json.text("cursor"));
      case "advance.v1" ->
          new Task.Advance(
              environment(json),
              trigger(json),
              recipient(json).orElseThrow(() -> missing("recipient")),
              tenant(json),
              json.text("wait")
                  .map(
                      id ->
                          new Task.Wake(
                              id, (int) number(json, "generation"), number(json, "minute"))));
      case "deliver.v1" ->
          new Task.Deliver(
              environment(json),
              new MessageId(text(json, "message")),
              tenant(json),
              (int) number(json, "attempt"),
              recipient(json).map(it -> new Task.Cancellable(trigger(json), it)));
      case "drain.v1" ->
          new Task.Drain(
              number(json, "minute"),
              json.get("shard").isEmpty()
                  ? Optional.empty()
                  : Optional.of(new Task.Part((int) number(json, "shard"), json.text("cursor"))));
      case "sweep.v1" -> new Task.Sweep();
      default -> throw new IllegalArgumentException("Not a task: type " + type);
    };
  }

  private static EnvironmentId environment(Json.Obj json) {
    return new EnvironmentId(text(json, "env"));
  }

  private static TriggerId trigger(Json.Obj json) {
    return TriggerId.parse(text(json, "trigger"));
  }

  private static Optional<TenantId> tenant(Json.Obj json) {
    return json.text("tenant").map(TenantId::new);
  }

  private static Optional<RecipientId> recipient(Json.Obj json) {
    return json.text("recipient")
        .map(id -> new RecipientId(json.text("collection").orElse(RecipientId.USERS), id));
  }

  private static String text(Json.Obj json, String name) {
    return json.text(name).orElseThrow(() -> missing(name));
  }

  private static long number(Json.Obj json, String name) {
    if (json.fields().get(name) instanceof Json.Num(var value)) {
      return value.longValueExact();
    }
    throw missing(name);
  }

  private static IllegalArgumentException missing(String name) {
    return new IllegalArgumentException("Not a task: no " + name);
  }

  private static Writer of(String type) {
    return new Writer().put("type", type);
  }

  private static final class Writer {
    private final Map<String, Json> fields = new LinkedHashMap<>();

    Writer put(String name, Json value) {
      fields.put(name, value);
      return this;
    }

    Writer put(String name, String value) {
      return put(name, Json.of(value));
    }

    Writer put(String name, Optional<String> value) {
      value.ifPresent(it -> put(name, it));
      return this;
    }

    Writer number(String name, Optional<Long> value) {
      value.ifPresent(it -> put(name, Json.of(it)));
      return this;
    }

    Writer recipient(Optional<RecipientId> recipient) {
      recipient.filter(it -> !it.isUser()).ifPresent(it -> put("collection", it.collection()));
      recipient.ifPresent(it -> put("recipient", it.id()));
      return this;
    }

    Json.Obj json() {
      return new Json.Obj(fields);
    }
  }
}
