package dev.carillon.storage.task;

import dev.carillon.audience.Audiences;
import dev.carillon.bulk.BulkOperationId;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.task.ErasedPart;
import dev.carillon.task.FanoutTask;
import dev.carillon.workflow.WorkflowKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The tasks of {@code fanout} in the JSON that {@link TaskCodec} writes and reads. */
final class FanoutTaskCodec {
  private FanoutTaskCodec() {}

  static void write(Map<String, Json> fields, FanoutTask task) {
    switch (task) {
      case FanoutTask.Start(var environment, var trigger, var tenant, var from, var place) -> {
        // Who knows only the first would start over for those the trigger names.
        // Nor does who knows only the second know of pieces.
        TaskFields.begin(fields, version(place), environment);
        fields.put("trigger", Json.of(trigger.toString()));
        TaskFields.tenant(fields, tenant);
        fields.put("from", Json.of(from));
        place.ifPresent(it -> fields.put("place", place(it)));
      }
      case FanoutTask.Cancel(var environment, var trigger, var recipient, var cursor) -> {
        TaskFields.begin(fields, "cancel.v1", environment);
        fields.put("trigger", Json.of(trigger.toString()));
        recipient.ifPresent(it -> TaskFields.recipient(fields, it));
        cursor.ifPresent(it -> fields.put("cursor", Json.of(it)));
      }
      case FanoutTask.CancelUnder(
              var environment,
              var workflow,
              var key,
              var recipient,
              var cursor) -> {
        TaskFields.begin(fields, "cancel-under.v1", environment);
        fields.put("workflow", Json.of(workflow.value()));
        fields.put("cancellation_key", Json.of(key));
        recipient.ifPresent(it -> TaskFields.recipient(fields, it));
        cursor.ifPresent(it -> fields.put("cursor", Json.of(it)));
      }
      case FanoutTask.Fire(var environment, var schedule, var revision, var minute) -> {
        TaskFields.begin(fields, "occur.v1", environment);
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
        TaskFields.begin(fields, "erase.v1", environment);
        TaskFields.recipient(fields, recipient);
        fields.put("deleted_at", Json.of(deletedAt.toString()));
        fields.put("part", Json.of(part.wireName()));
        cursor.ifPresent(it -> fields.put("cursor", Json.of(it)));
      }
      case FanoutTask.Bulk(var environment, var operation, var from) -> {
        TaskFields.begin(fields, "bulk.v1", environment);
        fields.put("operation", Json.of(operation.toString()));
        fields.put("from", Json.of(from));
      }
      case FanoutTask.MarkAll(var environment, var operation) -> {
        TaskFields.begin(fields, "mark.v1", environment);
        fields.put("operation", Json.of(operation.toString()));
      }
      case FanoutTask.OfSource(var environment, var source, var event) -> {
        TaskFields.begin(fields, "source-event.v1", environment);
        fields.put("source", Json.of(source));
        fields.put("event", Json.of(event));
      }
      case FanoutTask.FromBus(var environment, var source, var event) -> {
        TaskFields.begin(fields, "bus-event.v1", environment);
        fields.put("source", Json.of(source));
        fields.put("event", event);
      }
      case FanoutTask.Settle(var environment, var user, var cause) -> {
        TaskFields.begin(fields, "settle.v1", environment);
        TaskFields.recipient(fields, user);
        fields.put("cause", Json.of(cause));
      }
      case FanoutTask.SettleAll(
              var environment,
              var cause,
              var asked,
              var changed,
              var made,
              var cursor) -> {
        TaskFields.begin(fields, "settle-all.v1", environment);
        fields.put("cause", Json.of(cause));
        fields.put("asked", Json.of(asked.toString()));
        fields.put("changed", Json.texts(changed.stream().sorted().toList()));
        fields.put("made", Json.texts(made.stream().sorted().toList()));
        cursor.ifPresent(it -> fields.put("cursor", Json.of(it)));
      }
      case FanoutTask.Entered(var environment, var audience, var member, var since) -> {
        TaskFields.begin(fields, "entered.v1", environment);
        fields.put("audience", Json.of(audience));
        TaskFields.recipient(fields, member.user());
        TaskFields.tenant(fields, member.tenant());
        fields.put("since", Json.of(since.toString()));
      }
      case FanoutTask.SendOut(var environment, var broadcast, var sending, var minute) -> {
        TaskFields.begin(fields, "send-out.v1", environment);
        fields.put("broadcast", Json.of(broadcast));
        fields.put("sending", Json.of(sending));
        fields.put("minute", Json.of(minute));
      }
      case FanoutTask.ReachMembers(
              var environment,
              var broadcast,
              var sending,
              var place,
              var until) -> {
        TaskFields.begin(fields, "reach-members.v1", environment);
        fields.put("broadcast", Json.of(broadcast));
        fields.put("sending", Json.of(sending));
        fields.put("part", Json.of(place.part()));
        fields.put("page", Json.of(place.page()));
        place.cursor().ifPresent(it -> fields.put("cursor", Json.of(it)));
        fields.put("before", Json.of(place.before()));
        fields.put("until", Json.of(until));
      }
    }
  }

  /** Empty when a task of that type is in another queue. */
  static Optional<FanoutTask> read(String type, Json.Obj json) {
    return switch (type) {
      case "fanout.v1" ->
          Optional.of(
              new FanoutTask.Start(
                  TaskFields.environment(json),
                  TaskFields.trigger(json),
                  TaskFields.tenant(json),
                  TaskFields.number(json, "from")));
      case "fanout.v2", "fanout.v3" ->
          Optional.of(
              new FanoutTask.Start(
                  TaskFields.environment(json),
                  TaskFields.trigger(json),
                  TaskFields.tenant(json),
                  TaskFields.number(json, "from"),
                  Optional.of(place(json.object("place")))));
      case "cancel.v1" ->
          Optional.of(
              new FanoutTask.Cancel(
                  TaskFields.environment(json),
                  TaskFields.trigger(json),
                  TaskFields.recipient(json),
                  json.text("cursor")));
      case "cancel-under.v1" ->
          Optional.of(
              new FanoutTask.CancelUnder(
                  TaskFields.environment(json),
                  new WorkflowKey(TaskFields.text(json, "workflow")),
                  TaskFields.text(json, "cancellation_key"),
                  TaskFields.recipient(json),
                  json.text("cursor")));
      case "occur.v1" ->
          Optional.of(
              new FanoutTask.Fire(
                  TaskFields.environment(json),
                  ScheduleId.parse(TaskFields.text(json, "schedule")),
                  TaskFields.number(json, "revision"),
                  TaskFields.longNumber(json, "minute")));
      case "erase.v1" ->
          Optional.of(
              new FanoutTask.Erase(
                  TaskFields.environment(json),
                  TaskFields.recipient(json).orElseThrow(() -> TaskFields.lacks("recipient")),
                  TaskFields.instant(json, "deleted_at"),
                  ErasedPart.named(TaskFields.text(json, "part"))
                      .orElseThrow(() -> TaskFields.lacks("part")),
                  json.text("cursor")));
      case "bulk.v1" ->
          Optional.of(
              new FanoutTask.Bulk(
                  TaskFields.environment(json),
                  BulkOperationId.parse(TaskFields.text(json, "operation")),
                  TaskFields.number(json, "from")));
      case "mark.v1" ->
          Optional.of(
              new FanoutTask.MarkAll(
                  TaskFields.environment(json),
                  BulkOperationId.parse(TaskFields.text(json, "operation"))));
      case "source-event.v1" ->
          Optional.of(
              new FanoutTask.OfSource(
                  TaskFields.environment(json),
                  TaskFields.text(json, "source"),
                  TaskFields.text(json, "event")));
      case "bus-event.v1" ->
          Optional.of(
              new FanoutTask.FromBus(
                  TaskFields.environment(json),
                  TaskFields.text(json, "source"),
                  json.object("event")));
      case "settle.v1" ->
          Optional.of(
              new FanoutTask.Settle(
                  TaskFields.environment(json), user(json), TaskFields.text(json, "cause")));
      case "settle-all.v1" ->
          Optional.of(
              new FanoutTask.SettleAll(
                  TaskFields.environment(json),
                  TaskFields.text(json, "cause"),
                  TaskFields.instant(json, "asked"),
                  texts(json, "changed"),
                  texts(json, "made"),
                  json.text("cursor")));
      case "entered.v1" ->
          Optional.of(
              new FanoutTask.Entered(
                  TaskFields.environment(json),
                  TaskFields.text(json, "audience"),
                  new Audiences.Member(user(json), TaskFields.tenant(json)),
                  TaskFields.instant(json, "since")));
      case "send-out.v1" ->
          Optional.of(
              new FanoutTask.SendOut(
                  TaskFields.environment(json),
                  TaskFields.text(json, "broadcast"),
                  TaskFields.number(json, "sending"),
                  TaskFields.longNumber(json, "minute")));
      case "reach-members.v1" ->
          Optional.of(
              new FanoutTask.ReachMembers(
                  TaskFields.environment(json),
                  TaskFields.text(json, "broadcast"),
                  TaskFields.number(json, "sending"),
                  new FanoutTask.AudiencePlace(
                      TaskFields.number(json, "part"),
                      TaskFields.number(json, "page"),
                      json.text("cursor"),
                      TaskFields.longNumber(json, "before")),
                  TaskFields.number(json, "until")));
      default -> Optional.empty();
    };
  }

  private static Set<String> texts(Json.Obj json, String name) {
    return json.list(name).stream()
        .map(it -> it instanceof Json.Str(var text) ? text : "")
        .collect(Collectors.toSet());
  }

  private static RecipientId user(Json.Obj json) {
    return TaskFields.recipient(json).orElseThrow(() -> TaskFields.lacks("recipient"));
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
        .map(
            it ->
                new FanoutTask.Piece(TaskFields.number(it, "number"), TaskFields.number(it, "of")))
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
        TaskFields.number(json, "page"),
        json.text("cursor"),
        json.get("nested").isPresent(),
        json.get("entry")
            .map(
                _ ->
                    new FanoutTask.Member(
                        TaskFields.number(json, "entry"),
                        piece(json, "member_piece"),
                        TaskFields.number(json, "member_page"))));
  }
}
