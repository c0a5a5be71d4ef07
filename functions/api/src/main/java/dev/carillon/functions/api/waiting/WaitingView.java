package dev.carillon.functions.api.waiting;

import dev.carillon.batch.Batches;
import dev.carillon.edge.view.Times;
import dev.carillon.functions.api.outcome.MessageWords;
import dev.carillon.functions.api.outcome.WaitWords;
import dev.carillon.json.Json;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.Wait;
import java.util.Optional;

/** Something that waits, as responses show it. */
final class WaitingView {
  private WaitingView() {}

  static Json.Obj of(Waiting waiting) {
    Json.Obj shown =
        Json.object()
            .with("__typename", "Waiting")
            .with("id", waiting.id().text())
            .with("type", waiting.type())
            .with("due_at", Times.of(waiting.dueAt()))
            .with("reason", reason(waiting))
            .with("recipient", waiting.recipient().reference())
            .with("workflow", waiting.workflow().plain())
            .with("tenant", Json.ofNullable(waiting.tenant().map(TenantId::value)));
    return details(waiting, shown).with("actions", Json.texts(waiting.actions()));
  }

  private static String reason(Waiting waiting) {
    return switch (waiting) {
      case Waiting.OfRun(_, var wait, var batch) -> WaitWords.sentence(wait, batch);
      case Waiting.OfMessage(var message) -> MessageWords.sentence(message);
      case Waiting.OfSchedule(_, var occurrence) ->
          "The schedule occurs next at " + occurrence + ".";
    };
  }

  private static Json.Obj details(Waiting waiting, Json.Obj shown) {
    return switch (waiting) {
      case Waiting.OfRun(var run, var wait, var batch) ->
          ofWait(
              wait,
              batch,
              shown
                  .with("workflow_run_id", run.trigger().toString())
                  .with("workflow_recipient_run_id", run.id().toString())
                  .with("step_ref", wait.step().value())
                  .with("since", Times.of(run.updatedAt())));
      case Waiting.OfMessage(var message) ->
          shown
              .with("workflow_run_id", message.source().trigger().toString())
              .with("workflow_recipient_run_id", message.source().run().toString())
              .with("step_ref", message.source().step().value())
              .with("message_id", message.id().value())
              .with("since", Times.of(message.insertedAt()));
      case Waiting.OfSchedule(var schedule, _) ->
          shown
              .with("schedule_id", schedule.id().toString())
              .with("since", Times.of(schedule.last().orElse(schedule.insertedAt())));
    };
  }

  private static Json.Obj ofWait(Wait wait, Optional<Batches.Standing> batch, Json.Obj shown) {
    return switch (wait.kind()) {
      case Wait.Kind.Elapse(), Wait.Kind.Hold() -> shown;
      case Wait.Kind.Retry(var attempt) -> shown.with("attempt", Json.of(attempt));
      case Wait.Kind.Listen(var source) -> shown.with("event", source);
      case Wait.Kind.Collect _ ->
          batch
              .map(
                  it ->
                      shown.with(
                          "batch",
                          Json.object()
                              .with("total_activities", Json.of(it.items()))
                              .with("opened_at", Times.of(it.openedAt()))))
              .orElse(shown);
    };
  }
}
