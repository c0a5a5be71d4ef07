package dev.carillon.edge.view;

import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.Run;
import dev.carillon.trigger.Trigger;
import dev.carillon.workflow.StepRef;
import java.util.stream.IntStream;

/** A run as responses and webhooks show it. */
public final class RunView {
  private RunView() {}

  public static Json.Obj of(Run run) {
    return Json.object()
        .with("__typename", "WorkflowRecipientRun")
        .with("id", run.id().toString())
        .with("workflow_run_id", run.trigger().toString())
        .with("workflow", run.workflow().plain())
        .with("status", run.status())
        .with("recipient", run.recipient().reference())
        .with("actor", run.actor().map(RecipientId::reference).orElse(Json.NULL))
        .with("tenant", Json.ofNullable(run.tenant().map(TenantId::value)))
        .with("trigger_source", source(run))
        .with("error_count", Json.of(run.errors()))
        // Beyond Knock: as messages have it.
        .with("trace_id", run.trace().id())
        .with("inserted_at", Times.of(run.insertedAt()))
        .with("updated_at", Times.of(run.updatedAt()));
  }

  /** What triggered the run, in Knock's words, and for a step which of which run. */
  private static Json.Obj source(Run run) {
    Json.Obj source =
        Json.object()
            .with("type", "api")
            .with("cancellation_key", Json.ofNullable(run.cancellationKey()))
            .with("schedule_id", Json.NULL)
            .with("audience_key", Json.NULL);
    return switch (run.carried().source()) {
      case Trigger.Source.Api _ -> source;
      case Trigger.Source.OfSchedule(var schedule) ->
          source.with("type", "schedule").with("schedule_id", schedule.toString());
      case Trigger.Source.OfBroadcast(var broadcast, var audience) ->
          source
              .with("type", "broadcast")
              .with("broadcast_key", broadcast)
              .with("audience_key", audience);
      case Trigger.Source.OfEvent(var key, var event) ->
          source.with("type", "integration").with("source_key", key).with("source_event_id", event);
      case Trigger.Source.OfAudience(var audience) ->
          source.with("type", "audience").with("audience_key", audience);
      case Trigger.Source.OfStep(var parent, var step, _, _, _, _) ->
          source
              .with("type", "workflow_step")
              .with("workflow_recipient_run_id", parent.toString())
              .with("step_ref", step.value());
    };
  }

  /** The run with its log, oldest entry first. */
  public static Json.Obj detailed(Run run) {
    return of(run)
        .with(
            "events",
            Json.array(IntStream.range(0, run.log().size()).mapToObj(i -> event(run, i)).toList()));
  }

  private static Json event(Run run, int index) {
    var entry = run.log().get(index);
    return Json.object()
        .with("__typename", "WorkflowRecipientRunEvent")
        .with(
            "id",
            Ksuid.of(
                entry.at(), Digest.of("run event", run.id().toString(), Integer.toString(index))))
        .with("event", entry.event().wireName())
        .with("status", entry.ok() ? "ok" : "error")
        .with("attempt", Json.of(entry.attempt()))
        .with("step_ref", Json.ofNullable(entry.step().map(StepRef::value)))
        .with("step_type", entry.stepType().isEmpty() ? Json.NULL : Json.of(entry.stepType()))
        .with("data", entry.data().fields().isEmpty() ? Json.NULL : entry.data())
        .with("inserted_at", Times.of(entry.at()));
  }
}
