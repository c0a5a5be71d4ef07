package dev.carillon.storage.dynamo;

import dev.carillon.batch.BatchId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.message.MessageId;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Outcome;
import dev.carillon.run.Run;
import dev.carillon.run.Wait;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.util.Map;
import java.util.Optional;

/**
 * A run as it is stored: all of it but environment, id and revision, which are keys. It is one
 * object, or two of which the second has what makes runs large.
 */
final class RunDocument {
  private RunDocument() {}

  static Json.Obj write(Run run) {
    return outline(run).merged(details(run));
  }

  /** What {@link Run#outline} leaves out. */
  static Json.Obj details(Run run) {
    var outcomes = new Fields();
    run.outcomes().forEach((ref, outcome) -> outcomes.put(ref.value(), outcome(outcome)));
    return new Fields()
        .putObject("g", CarriedDocument.write(run.carried()))
        .putObject("o", outcomes.json())
        .put("l", run.log(), RunDocument::entry)
        .json();
  }

  static Json.Obj outline(Run run) {
    return new Fields()
        .put("t", run.trigger().toString())
        .put("k", run.workflow().value())
        .put("v", run.version().toString())
        .put("r", Fields.recipient(run.recipient()))
        .put("a", run.actor(), Fields::recipient)
        .put("n", run.tenant(), tenant -> Json.of(tenant.value()))
        .put("c", run.cancellationKey(), Json::of)
        .put("s", state(run.state()))
        .put("p", run.pace())
        .put("e", run.errors())
        .put("i", run.insertedAt())
        .put("u", run.updatedAt())
        .json();
  }

  static Run read(EnvironmentId environment, RunId id, long revision, Json.Obj document) {
    return new Run(
        environment,
        id,
        TriggerId.parse(Fields.text(document, "t")),
        new WorkflowKey(Fields.text(document, "k")),
        VersionId.parse(Fields.text(document, "v")),
        Fields.recipient(Fields.require(document, "r")),
        document.get("a").map(Fields::recipient),
        document.text("n").map(TenantId::new),
        document.text("c"),
        state(Fields.require(document, "s")),
        revision,
        Fields.time(document, "p"),
        CarriedDocument.read(document.object("g")),
        Fields.map(document.object("o"), StepRef::new, RunDocument::outcome),
        Fields.list(document, "l", RunDocument::entry),
        (int) Fields.number(document, "e"),
        Fields.time(document, "i"),
        Fields.time(document, "u"));
  }

  private static Json state(Run.State state) {
    return switch (state) {
      case Run.State.Processing() ->
          throw new IllegalArgumentException("A run is stored only when it rests");
      case Run.State.Waiting(var on) -> wait(on);
      case Run.State.Midway(var next, var open) ->
          open
              ? Json.object().with("y", next.value()).with("o", Json.TRUE)
              : Json.object().with("y", next.value());
      case Run.State.Completed() -> Json.of("d");
      case Run.State.Cancelled() -> Json.of("x");
    };
  }

  private static Run.State state(Json json) {
    return switch (json) {
      case Json.Obj object when object.get("y").isPresent() ->
          new Run.State.Midway(new StepRef(Fields.text(object, "y")), object.get("o").isPresent());
      case Json.Obj object -> new Run.State.Waiting(wait(object));
      case Json.Str(var value) when value.equals("x") -> new Run.State.Cancelled();
      case Json.Str(var value) when value.equals("d") -> new Run.State.Completed();
      case Json.Str _, Json.Arr _, Json.Num _, Json.Bool _, Json.Null _ ->
          throw new IllegalStateException("A stored run is in no state known here");
    };
  }

  private static Json wait(Wait on) {
    var fields =
        new Fields()
            .put("i", on.id())
            .put("g", on.generation())
            .put("s", on.step().value())
            .put("d", on.dueAt())
            .put("m", on.hintedMinute());
    if (on.cancelled()) {
      fields.put("x", Json.TRUE);
    }
    return switch (on.kind()) {
      case Wait.Kind.Elapse() -> fields.json();
      case Wait.Kind.Retry(var attempt) -> fields.put("a", attempt).json();
      case Wait.Kind.Hold() -> fields.put("h", Json.TRUE).json();
      case Wait.Kind.Collect(var batch, var generation) ->
          fields.put("b", batch.value()).put("c", generation).json();
      case Wait.Kind.Listen(var source) -> fields.put("l", source).json();
    };
  }

  private static Wait wait(Json.Obj object) {
    return new Wait(
        Fields.text(object, "i"),
        (int) Fields.number(object, "g"),
        new StepRef(Fields.text(object, "s")),
        Fields.time(object, "d"),
        Fields.number(object, "m"),
        kind(object),
        object.get("x").isPresent());
  }

  private static Wait.Kind kind(Json.Obj object) {
    Map<String, Json> fields = object.fields();
    if (fields.containsKey("a")) {
      return new Wait.Kind.Retry((int) Fields.number(object, "a"));
    }
    if (fields.containsKey("b")) {
      return new Wait.Kind.Collect(
          new BatchId(Fields.text(object, "b")), (int) Fields.number(object, "c"));
    }
    if (fields.containsKey("l")) {
      return new Wait.Kind.Listen(Fields.text(object, "l"));
    }
    return fields.containsKey("h") ? new Wait.Kind.Hold() : new Wait.Kind.Elapse();
  }

  private static Json outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Sent(var messages) ->
          Json.texts(messages.stream().map(MessageId::value).toList());
      case Outcome.Skipped(var reason) -> Json.of(reason);
      case Outcome.Done() -> Json.TRUE;
      case Outcome.Heard(var matched, var variables) ->
          Json.object().with("m", Json.of(matched)).with("v", variables);
    };
  }

  private static Outcome outcome(Json json) {
    return switch (json) {
      case Json.Arr(var items) ->
          new Outcome.Sent(items.stream().map(Fields::text).map(MessageId::new).toList());
      case Json.Str(var reason) -> new Outcome.Skipped(reason);
      case Json.Bool _ -> new Outcome.Done();
      case Json.Obj object ->
          new Outcome.Heard(Json.TRUE.equals(object.fields().get("m")), object.object("v"));
      case Json.Num _, Json.Null _ ->
          throw new IllegalStateException("A stored step has no outcome known here");
    };
  }

  private static Json entry(LogEntry entry) {
    var fields = new Fields().put("t", entry.at()).put("e", entry.event());
    if (!entry.ok()) {
      fields.put("f", Json.TRUE);
    }
    fields.put("s", entry.step(), step -> Json.of(step.value()));
    if (!entry.stepType().isEmpty()) {
      fields.put("k", entry.stepType());
    }
    if (entry.attempt() != 1) {
      fields.put("a", entry.attempt());
    }
    return fields.putObject("d", entry.data()).json();
  }

  private static LogEntry entry(Json json) {
    Json.Obj object = Fields.object(json);
    Map<String, Json> fields = object.fields();
    Optional<StepRef> step = object.text("s").map(StepRef::new);
    return new LogEntry(
        Fields.time(object, "t"),
        Fields.text(object, "e"),
        !fields.containsKey("f"),
        step,
        object.text("k").orElse(""),
        fields.containsKey("a") ? (int) Fields.number(object, "a") : 1,
        object.object("d"));
  }
}
