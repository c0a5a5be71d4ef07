package dev.carillon.storage.dynamo.run;

import dev.carillon.batch.BatchId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.message.MessageId;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Run;
import dev.carillon.run.RunEvent;
import dev.carillon.run.RunLog;
import dev.carillon.run.RunOrigin;
import dev.carillon.run.SkipReason;
import dev.carillon.run.StepOutcome;
import dev.carillon.run.Wait;
import dev.carillon.storage.dynamo.DocumentFields;
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
public final class RunDocument {
  private RunDocument() {}

  public static Json.Obj write(Run run) {
    return outline(run).merged(details(run));
  }

  /** What {@link Run#outline} leaves out. */
  static Json.Obj details(Run run) {
    var outcomes = new DocumentFields();
    run.outcomes().forEach((ref, outcome) -> outcomes.put(ref.value(), outcome(outcome)));
    return new DocumentFields()
        .putObject("g", RunStateDocument.write(run.carried()))
        .putObject("o", outcomes.json())
        .put("l", run.log(), RunDocument::entry)
        .json();
  }

  static Json.Obj outline(Run run) {
    return new DocumentFields()
        .put("t", run.trigger().toString())
        .put("k", run.workflow().value())
        .put("v", run.version().toString())
        .put("r", DocumentFields.recipient(run.recipient()))
        .put("a", run.actor(), DocumentFields::recipient)
        .put("n", run.tenant(), tenant -> Json.of(tenant.value()))
        .put("c", run.cancellationKey(), Json::of)
        .put("s", state(run.state()))
        .put("p", run.effectiveAt())
        .put("e", run.errors())
        .put("i", run.insertedAt())
        .put("u", run.updatedAt())
        .json();
  }

  public static Run read(EnvironmentId environment, RunId id, long revision, Json.Obj document) {
    return new Run(
        new RunOrigin(
            environment,
            id,
            TriggerId.parse(DocumentFields.text(document, "t")),
            new WorkflowKey(DocumentFields.text(document, "k")),
            VersionId.parse(DocumentFields.text(document, "v")),
            DocumentFields.recipient(DocumentFields.require(document, "r")),
            document.get("a").map(DocumentFields::recipient),
            document.text("n").map(TenantId::new),
            document.text("c"),
            DocumentFields.time(document, "i")),
        state(DocumentFields.require(document, "s")),
        revision,
        DocumentFields.time(document, "p"),
        RunStateDocument.read(document.object("g")),
        DocumentFields.map(document.object("o"), StepRef::new, RunDocument::outcome),
        new RunLog(
            DocumentFields.list(document, "l", RunDocument::entry),
            (int) DocumentFields.number(document, "e")),
        DocumentFields.time(document, "u"));
  }

  private static Json state(Run.State state) {
    return switch (state) {
      case Run.State.Processing() ->
          throw new IllegalArgumentException("A run is stored only when it rests");
      case Run.State.Waiting(var on) -> wait(on);
      case Run.State.AtStep(var next, var open) ->
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
          new Run.State.AtStep(
              new StepRef(DocumentFields.text(object, "y")), object.get("o").isPresent());
      case Json.Obj object -> new Run.State.Waiting(wait(object));
      case Json.Str(var value) when value.equals("x") -> new Run.State.Cancelled();
      case Json.Str(var value) when value.equals("d") -> new Run.State.Completed();
      case Json.Str _, Json.Arr _, Json.Num _, Json.Bool _, Json.Null _ ->
          throw new IllegalStateException("A stored run is in no state known here");
    };
  }

  private static Json wait(Wait on) {
    var fields =
        new DocumentFields()
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
        DocumentFields.text(object, "i"),
        (int) DocumentFields.number(object, "g"),
        new StepRef(DocumentFields.text(object, "s")),
        DocumentFields.time(object, "d"),
        DocumentFields.number(object, "m"),
        kind(object),
        object.get("x").isPresent());
  }

  private static Wait.Kind kind(Json.Obj object) {
    Map<String, Json> fields = object.fields();
    if (fields.containsKey("a")) {
      return new Wait.Kind.Retry((int) DocumentFields.number(object, "a"));
    }
    if (fields.containsKey("b")) {
      return new Wait.Kind.Collect(
          new BatchId(DocumentFields.text(object, "b")), (int) DocumentFields.number(object, "c"));
    }
    if (fields.containsKey("l")) {
      return new Wait.Kind.Listen(DocumentFields.text(object, "l"));
    }
    return fields.containsKey("h") ? new Wait.Kind.Hold() : new Wait.Kind.Elapse();
  }

  private static Json outcome(StepOutcome outcome) {
    return switch (outcome) {
      case StepOutcome.Sent(var messages) ->
          Json.texts(messages.stream().map(MessageId::value).toList());
      case StepOutcome.Skipped(var reason) -> Json.of(reason.wireName());
      case StepOutcome.Done() -> Json.TRUE;
      case StepOutcome.Awaited(var matched, var variables) ->
          Json.object().with("m", Json.of(matched)).with("v", variables);
    };
  }

  private static StepOutcome outcome(Json json) {
    return switch (json) {
      case Json.Arr(var items) ->
          new StepOutcome.Sent(
              items.stream().map(DocumentFields::text).map(MessageId::new).toList());
      case Json.Str(var reason) -> new StepOutcome.Skipped(SkipReason.named(reason));
      case Json.Bool _ -> new StepOutcome.Done();
      case Json.Obj object ->
          new StepOutcome.Awaited(Json.TRUE.equals(object.fields().get("m")), object.object("v"));
      case Json.Num _, Json.Null _ ->
          throw new IllegalStateException("A stored step has no outcome known here");
    };
  }

  private static Json entry(LogEntry entry) {
    var fields = new DocumentFields().put("t", entry.at()).put("e", entry.event().wireName());
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
    Json.Obj object = DocumentFields.object(json);
    Map<String, Json> fields = object.fields();
    Optional<StepRef> step = object.text("s").map(StepRef::new);
    String name = DocumentFields.text(object, "e");
    RunEvent event = RunEvent.named(name);
    Json.Obj data = object.object("d");
    return new LogEntry(
        DocumentFields.time(object, "t"),
        event,
        !fields.containsKey("f"),
        step,
        object.text("k").orElse(""),
        fields.containsKey("a") ? (int) DocumentFields.number(object, "a") : 1,
        // A later version wrote it: its name is kept, though nothing here knows it.
        event == RunEvent.UNKNOWN && data.get("event").isEmpty() ? data.with("event", name) : data);
  }
}
