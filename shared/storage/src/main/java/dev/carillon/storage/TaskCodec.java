package dev.carillon.storage;

import dev.carillon.bulk.BulkOperationId;
import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.message.MessageId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.socket.ConnectionId;
import dev.carillon.socket.WatchedFeed;
import dev.carillon.task.BroadcastTask;
import dev.carillon.task.DeliveryTask;
import dev.carillon.task.ErasedPart;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.StepsTask;
import dev.carillon.task.Task;
import dev.carillon.task.WakeTask;
import dev.carillon.task.WebhooksTask;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Tasks as the bodies of queue messages: JSON in ASCII with a {@code type} that has a version, so
 * that what is in a queue when a new version is deployed can still be read.
 */
public final class TaskCodec {
  private TaskCodec() {}

  /** The body of the task; the same task always gives the same body. */
  public static String body(Task task) {
    return JsonText.queueBody(json(task));
  }

  /**
   * The task of a body that {@link #body} wrote, or that a schedule sends.
   *
   * @throws UnreadableTask when it is none; reading it again will not help
   */
  public static Task parse(String body) {
    try {
      if (JsonText.parse(body) instanceof Json.Obj object) {
        return parse(object);
      }
    } catch (MalformedJson e) {
      throw new UnreadableTask("A queue holds what is no task", e);
    }
    throw new UnreadableTask("A queue holds what is no task");
  }

  /**
   * The task of a body in a queue that takes only tasks of that kind.
   *
   * @throws UnreadableTask when it is none, or one of another queue
   */
  public static <T extends Task> T parse(Class<T> kind, Json.Obj body) {
    Task task = parse(body);
    if (!kind.isInstance(task)) {
      throw new UnreadableTask("A task of another queue: " + task.queue());
    }
    return kind.cast(task);
  }

  /** As {@link #parse(String)}, of a body that was read as JSON already. */
  public static Task parse(Json.Obj body) {
    try {
      return task(body);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UnreadableTask("A queue holds what is no task", e);
    }
  }

  private static Json.Obj json(Task task) {
    var fields = new LinkedHashMap<String, Json>();
    switch (task) {
      case FanoutTask.Start(var environment, var trigger, var tenant, var from, var place) -> {
        // Who knows only the first would start over for those the trigger names.
        // Nor does who knows only the second know of pieces.
        begin(fields, version(place), environment);
        fields.put("trigger", Json.of(trigger.toString()));
        tenant(fields, tenant);
        fields.put("from", Json.of(from));
        place.ifPresent(it -> fields.put("place", place(it)));
      }
      case FanoutTask.Cancel(var environment, var trigger, var recipient, var cursor) -> {
        begin(fields, "cancel.v1", environment);
        fields.put("trigger", Json.of(trigger.toString()));
        recipient.ifPresent(it -> recipient(fields, it));
        cursor.ifPresent(it -> fields.put("cursor", Json.of(it)));
      }
      case FanoutTask.CancelUnder(
              var environment,
              var workflow,
              var key,
              var recipient,
              var cursor) -> {
        begin(fields, "cancel-under.v1", environment);
        fields.put("workflow", Json.of(workflow.value()));
        fields.put("cancellation_key", Json.of(key));
        recipient.ifPresent(it -> recipient(fields, it));
        cursor.ifPresent(it -> fields.put("cursor", Json.of(it)));
      }
      case StepsTask.Advance(
              var environment,
              var trigger,
              var recipient,
              var tenant,
              var via,
              var wake) -> {
        begin(fields, "advance.v1", environment);
        fields.put("trigger", Json.of(trigger.toString()));
        recipient(fields, recipient);
        tenant(fields, tenant);
        via.ifPresent(it -> fields.put("via", reference(it)));
        wake.ifPresent(it -> fields.put("wake", wake(it)));
      }
      case DeliveryTask.Deliver(
              var environment,
              var message,
              var tenant,
              var attempt,
              var run,
              var minute,
              var slot) -> {
        begin(fields, "deliver.v1", environment);
        fields.put("message", Json.of(message.value()));
        tenant(fields, tenant);
        fields.put("attempt", Json.of(attempt));
        run.ifPresent(
            it -> {
              fields.put("trigger", Json.of(it.trigger().toString()));
              recipient(fields, it.recipient());
            });
        minute.ifPresent(it -> fields.put("minute", Json.of(it)));
        // Who does not know it takes a slot anew.
        slot.ifPresent(it -> fields.put("slot", Json.of(it.second())));
        slot.flatMap(DeliveryTask.Slot::channel)
            .ifPresent(it -> fields.put("slot_of", Json.of(it.toString())));
      }
      case DeliveryTask.Poll(var environment, var message, var tenant, var check) -> {
        begin(fields, "poll.v1", environment);
        fields.put("message", Json.of(message.value()));
        tenant(fields, tenant);
        fields.put("check", Json.of(check));
      }
      case StepsTask.Match(var environment, var event, var recipient, var source, var data) -> {
        begin(fields, "signal.v1", environment);
        fields.put("id", Json.of(event));
        recipient(fields, recipient);
        fields.put("source", Json.of(source));
        fields.put("data", data);
      }
      case FanoutTask.Fire(var environment, var schedule, var revision, var minute) -> {
        begin(fields, "occur.v1", environment);
        fields.put("schedule", Json.of(schedule.toString()));
        fields.put("revision", Json.of(revision));
        fields.put("minute", Json.of(minute));
      }
      case FanoutTask.Erase(
              var environment,
              var recipient,
              var deletedAt,
              var part,
              var cursor) -> {
        begin(fields, "erase.v1", environment);
        recipient(fields, recipient);
        fields.put("deleted_at", Json.of(deletedAt.toString()));
        fields.put("part", Json.of(part.wireName()));
        cursor.ifPresent(it -> fields.put("cursor", Json.of(it)));
      }
      case FanoutTask.Bulk(var environment, var operation, var from) -> {
        begin(fields, "bulk.v1", environment);
        fields.put("operation", Json.of(operation.toString()));
        fields.put("from", Json.of(from));
      }
      case FanoutTask.MarkAll(var environment, var operation) -> {
        begin(fields, "mark.v1", environment);
        fields.put("operation", Json.of(operation.toString()));
      }
      case FanoutTask.OfSource(var environment, var source, var event) -> {
        begin(fields, "source-event.v1", environment);
        fields.put("source", Json.of(source));
        fields.put("event", Json.of(event));
      }
      case FanoutTask.FromBus(var environment, var source, var event) -> {
        begin(fields, "bus-event.v1", environment);
        fields.put("source", Json.of(source));
        fields.put("event", event);
      }
      case BroadcastTask.Announce(var feed, var changed, var item) -> {
        begin(fields, "announce.v1", feed.environment());
        feed(fields, feed);
        fields.put("changed", Json.of(changed.toString()));
        fields.put("message", Json.of(item.value()));
      }
      case BroadcastTask.Greet(var feed, var connection) -> {
        begin(fields, "greet.v1", feed.environment());
        feed(fields, feed);
        fields.put("connection", Json.of(connection.value()));
      }
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
      case WebhooksTask hook -> WebhooksTaskCodec.write(fields, hook);
    }
    return new Json.Obj(fields);
  }

  static void begin(Map<String, Json> fields, String type, EnvironmentId environment) {
    fields.put("type", Json.of(type));
    fields.put("environment", Json.of(environment.value()));
  }

  private static void tenant(Map<String, Json> fields, Optional<TenantId> tenant) {
    tenant.ifPresent(it -> fields.put("tenant", Json.of(it.value())));
  }

  private static void feed(Map<String, Json> fields, WatchedFeed feed) {
    fields.put("channel", Json.of(feed.channel().toString()));
    fields.put("user", Json.of(feed.user()));
  }

  private static WatchedFeed feed(Json.Obj json) {
    return new WatchedFeed(
        environment(json),
        new ChannelId(UUID.fromString(text(json, "channel"))),
        text(json, "user"));
  }

  static void recipient(Map<String, Json> fields, RecipientId recipient) {
    fields.put("collection", Json.of(recipient.collection()));
    fields.put("recipient", Json.of(recipient.id()));
  }

  private static Json reference(RecipientId recipient) {
    return Json.object().with("collection", recipient.collection()).with("id", recipient.id());
  }

  private static RecipientId reference(Json.Obj json) {
    return new RecipientId(text(json, "collection"), text(json, "id"));
  }

  private static String version(Optional<FanoutTask.Place> place) {
    return place.isEmpty() ? "fanout.v1" : inPieces(place.get()) ? "fanout.v3" : "fanout.v2";
  }

  private static boolean inPieces(FanoutTask.Place place) {
    return !place.piece().equals(FanoutTask.Piece.WHOLE)
        || place.member().filter(it -> !it.piece().equals(FanoutTask.Piece.WHOLE)).isPresent();
  }

  private static Json piece(FanoutTask.Piece piece) {
    return Json.object().with("number", Json.of(piece.number())).with("of", Json.of(piece.of()));
  }

  private static FanoutTask.Piece piece(Json.Obj json, String name) {
    return json.get(name)
        .map(_ -> json.object(name))
        .map(it -> new FanoutTask.Piece(number(it, "number"), number(it, "of")))
        .orElse(FanoutTask.Piece.WHOLE);
  }

  private static Json place(FanoutTask.Place place) {
    Json.Obj json = Json.object().with("page", Json.of(place.page()));
    if (inPieces(place)) {
      json = json.with("piece", piece(place.piece()));
    }
    if (place.cursor().isPresent()) {
      json = json.with("cursor", place.cursor().get());
    }
    if (place.nested()) {
      json = json.with("nested", Json.TRUE);
    }
    if (place.member().isPresent()) {
      FanoutTask.Member member = place.member().get();
      json =
          json.with("entry", Json.of(member.entry())).with("member_page", Json.of(member.page()));
      if (inPieces(place)) {
        json = json.with("member_piece", piece(member.piece()));
      }
    }
    return json;
  }

  private static FanoutTask.Place place(Json.Obj json) {
    return new FanoutTask.Place(
        piece(json, "piece"),
        number(json, "page"),
        json.text("cursor"),
        json.get("nested").isPresent(),
        json.get("entry")
            .map(
                _ ->
                    new FanoutTask.Member(
                        number(json, "entry"),
                        piece(json, "member_piece"),
                        number(json, "member_page"))));
  }

  private static Json wake(StepsTask.Wake wake) {
    return Json.object()
        .with("id", wake.waitId())
        .with("generation", Json.of(wake.generation()))
        .with("minute", Json.of(wake.minute()));
  }

  private static Task task(Json.Obj json) {
    String type = text(json, "type");
    return switch (type) {
      case "fanout.v1" ->
          new FanoutTask.Start(
              environment(json), trigger(json), tenant(json), number(json, "from"));
      case "fanout.v2", "fanout.v3" ->
          new FanoutTask.Start(
              environment(json),
              trigger(json),
              tenant(json),
              number(json, "from"),
              Optional.of(place(json.object("place"))));
      case "cancel.v1" ->
          new FanoutTask.Cancel(
              environment(json), trigger(json), recipient(json), json.text("cursor"));
      case "cancel-under.v1" ->
          new FanoutTask.CancelUnder(
              environment(json),
              new WorkflowKey(text(json, "workflow")),
              text(json, "cancellation_key"),
              recipient(json),
              json.text("cursor"));
      case "advance.v1" ->
          new StepsTask.Advance(
              environment(json),
              trigger(json),
              recipient(json).orElseThrow(() -> lacks("recipient")),
              tenant(json),
              json.get("via").map(_ -> reference(json.object("via"))),
              json.get("wake").map(_ -> wake(json.object("wake"))));
      case "deliver.v1" ->
          new DeliveryTask.Deliver(
              environment(json),
              new MessageId(text(json, "message")),
              tenant(json),
              number(json, "attempt"),
              recipient(json).map(it -> new DeliveryTask.Cancellable(trigger(json), it)),
              optionalNumber(json, "minute"),
              slot(json));
      case "poll.v1" ->
          new DeliveryTask.Poll(
              environment(json),
              new MessageId(text(json, "message")),
              tenant(json),
              number(json, "check"));
      case "signal.v1" ->
          new StepsTask.Match(
              environment(json),
              text(json, "id"),
              recipient(json).orElseThrow(() -> lacks("recipient")),
              text(json, "source"),
              json.object("data"));
      case "occur.v1" ->
          new FanoutTask.Fire(
              environment(json),
              ScheduleId.parse(text(json, "schedule")),
              number(json, "revision"),
              longNumber(json, "minute"));
      case "erase.v1" ->
          new FanoutTask.Erase(
              environment(json),
              recipient(json).orElseThrow(() -> lacks("recipient")),
              instant(json, "deleted_at"),
              ErasedPart.named(text(json, "part")).orElseThrow(() -> lacks("part")),
              json.text("cursor"));
      case "bulk.v1" ->
          new FanoutTask.Bulk(
              environment(json),
              BulkOperationId.parse(text(json, "operation")),
              number(json, "from"));
      case "mark.v1" ->
          new FanoutTask.MarkAll(environment(json), BulkOperationId.parse(text(json, "operation")));
      case "source-event.v1" ->
          new FanoutTask.OfSource(environment(json), text(json, "source"), text(json, "event"));
      case "bus-event.v1" ->
          new FanoutTask.FromBus(environment(json), text(json, "source"), json.object("event"));
      case "announce.v1" ->
          new BroadcastTask.Announce(
              feed(json), instant(json, "changed"), new MessageId(text(json, "message")));
      case "greet.v1" ->
          new BroadcastTask.Greet(feed(json), new ConnectionId(text(json, "connection")));
      case "drain.v1" ->
          new WakeTask.Drain(
              longNumber(json, "minute"),
              json.get("shard")
                  .map(_ -> new WakeTask.Part(number(json, "shard"), json.text("cursor"))));
      case "sweep.v1" -> new WakeTask.Sweep();
      case "hook.v1", "hookcall.v1", "hookreplay.v1", "stream.v1" ->
          WebhooksTaskCodec.read(type, json);
      default -> throw new UnreadableTask("A queue holds a task of no known type");
    };
  }

  private static StepsTask.Wake wake(Json.Obj json) {
    return new StepsTask.Wake(
        text(json, "id"), number(json, "generation"), longNumber(json, "minute"));
  }

  static EnvironmentId environment(Json.Obj json) {
    return new EnvironmentId(text(json, "environment"));
  }

  static TriggerId trigger(Json.Obj json) {
    return TriggerId.parse(text(json, "trigger"));
  }

  private static Optional<TenantId> tenant(Json.Obj json) {
    return json.text("tenant").map(TenantId::new);
  }

  static Optional<RecipientId> recipient(Json.Obj json) {
    return json.text("recipient").map(id -> new RecipientId(text(json, "collection"), id));
  }

  static String text(Json.Obj json, String name) {
    return json.text(name).orElseThrow(() -> lacks(name));
  }

  static Instant instant(Json.Obj json, String name) {
    try {
      return Instant.parse(text(json, name));
    } catch (DateTimeParseException _) {
      throw lacks(name);
    }
  }

  static int number(Json.Obj json, String name) {
    return Math.toIntExact(longNumber(json, name));
  }

  private static Optional<DeliveryTask.Slot> slot(Json.Obj json) {
    OptionalLong second = optionalNumber(json, "slot");
    return second.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new DeliveryTask.Slot(
                second.getAsLong(),
                json.text("slot_of").map(UUID::fromString).map(ChannelId::new)));
  }

  private static OptionalLong optionalNumber(Json.Obj json, String name) {
    return json.get(name).isPresent()
        ? OptionalLong.of(longNumber(json, name))
        : OptionalLong.empty();
  }

  static long longNumber(Json.Obj json, String name) {
    if (json.fields().get(name) instanceof Json.Num(var value)) {
      return value.longValueExact();
    }
    throw lacks(name);
  }

  static UnreadableTask lacks(String name) {
    return new UnreadableTask("A task lacks its " + name);
  }
}
