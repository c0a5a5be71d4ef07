package dev.carillon.functions.api.waiting;

import dev.carillon.batch.Batches;
import dev.carillon.functions.api.outcome.RecipientOutcome;
import dev.carillon.message.Message;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.Run;
import dev.carillon.run.Wait;
import dev.carillon.schedule.Schedule;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Something that waits, as it is stored now. */
sealed interface Waiting {

  /** What {@link #type} may be. */
  Set<String> TYPES =
      Set.of("delay", "batch", "event", "retry", "quiet_hours", "send_window", "schedule");

  /** The earliest first; of one instant in the order of their ids. */
  Comparator<Waiting> IN_ORDER =
      Comparator.comparing(Waiting::dueAt).thenComparing(it -> it.id().text());

  /**
   * @param batch the batch that the run holds, as it stands; empty when it holds none
   */
  record OfRun(Run run, Wait on, Optional<Batches.Standing> batch) implements Waiting {}

  record OfMessage(Message message) implements Waiting {}

  record OfSchedule(Schedule schedule, Instant occurrence) implements Waiting {}

  default WaitingId id() {
    return switch (this) {
      case OfRun(var run, var wait, _) -> WaitingId.of(run, wait);
      case OfMessage(var message) -> new WaitingId.OfMessage(message.id());
      case OfSchedule(var schedule, _) -> WaitingId.of(schedule);
    };
  }

  default String type() {
    return switch (this) {
      case OfRun(_, var wait, _) -> RecipientOutcome.kind(wait);
      case OfMessage _ -> "send_window";
      case OfSchedule _ -> "schedule";
    };
  }

  /** Until when: a sliding batch may have moved its close since the wait was set. */
  default Instant dueAt() {
    return switch (this) {
      case OfRun(_, var wait, var batch) ->
          batch.map(Batches.Standing::closeAt).orElse(wait.dueAt());
      case OfMessage(var message) -> message.scheduledAt().orElseThrow();
      case OfSchedule(_, var occurrence) -> occurrence;
    };
  }

  default RecipientId recipient() {
    return switch (this) {
      case OfRun(var run, _, _) -> run.recipient();
      case OfMessage(var message) -> message.recipient();
      case OfSchedule(var schedule, _) -> schedule.recipient();
    };
  }

  default WorkflowKey workflow() {
    return switch (this) {
      case OfRun(var run, _, _) -> run.workflow();
      case OfMessage(var message) -> message.source().workflow();
      case OfSchedule(var schedule, _) -> schedule.workflow();
    };
  }

  default Optional<TenantId> tenant() {
    return switch (this) {
      case OfRun(var run, _, _) -> run.tenant();
      case OfMessage(var message) -> message.tenant();
      case OfSchedule(var schedule, _) -> schedule.tenant();
    };
  }

  /** What can be done about it. */
  default List<String> actions() {
    return switch (this) {
      case OfRun(_, var wait, _) ->
          switch (wait.kind()) {
            case Wait.Kind.Elapse(), Wait.Kind.Hold() -> List.of("cancel", "send_now");
            case Wait.Kind.Collect _ -> List.of("cancel", "flush");
            case Wait.Kind.Retry _, Wait.Kind.Listen _ -> List.of("cancel");
          };
      case OfMessage _ -> List.of("cancel", "send_now");
      case OfSchedule _ -> List.of("cancel");
    };
  }
}
