package dev.carillon.task;

import dev.carillon.audience.Audiences;
import dev.carillon.bulk.BulkOperationId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What {@code fanout} does. */
public sealed interface FanoutTask extends Task {

  @Override
  default TaskQueue queue() {
    return TaskQueue.FANOUT;
  }

  @Override
  default String group() {
    return switch (this) {
      case Start task -> Task.group(task.environment(), task.tenant());
      case Cancel task -> Task.group(task.environment(), Optional.empty());
      case CancelUnder task -> Task.group(task.environment(), Optional.empty());
      case Fire task -> Task.group(task.environment(), Optional.empty());
      case Bulk task -> Task.group(task.environment(), Optional.empty());
      case MarkAll task -> Task.group(task.environment(), Optional.empty());
      case Erase task -> Task.group(task.environment(), Optional.empty());
      case OfSource task -> Task.group(task.environment(), Optional.empty());
      case FromBus task -> Task.group(task.environment(), Optional.empty());
      case Settle task -> Task.group(task.environment(), Optional.empty());
      case SettleAll task -> Task.group(task.environment(), Optional.empty());
      case Entered task -> Task.group(task.environment(), task.member().tenant());
      case SendOut task -> Task.group(task.environment(), Optional.empty());
      case ReachMembers task -> Task.group(task.environment(), Optional.empty());
    };
  }

  /**
   * Start the runs of the trigger's recipients from the {@code from}th on; with a place, of those
   * subscribed to the {@code from}th, an object.
   */
  record Start(
      EnvironmentId environment,
      TriggerId trigger,
      Optional<TenantId> tenant,
      int from,
      Optional<Place> place)
      implements FanoutTask {

    /** Of those that the trigger names. */
    public Start(
        EnvironmentId environment, TriggerId trigger, Optional<TenantId> tenant, int from) {
      this(environment, trigger, tenant, from, Optional.empty());
    }
  }

  /**
   * A part of an object's subscribers that is gone through beside the others.
   *
   * @param number from 1; 0 for those that come before the rest is split, nearly always all
   * @param of how many parts there are
   */
  record Piece(int number, int of) {
    public static final Piece WHOLE = new Piece(0, 0);
  }

  /**
   * A place among the subscribers of an object that a trigger names.
   *
   * @param piece in which part of them
   * @param page which page of that part, from 0
   * @param cursor where the subscribers that are next begin; empty for the first
   * @param nested whether any object was found among subscribers so far
   * @param member whose subscribers are next, when it is not the object itself
   */
  record Place(
      Piece piece, int page, Optional<String> cursor, boolean nested, Optional<Member> member) {}

  /**
   * A subscriber that is an object itself.
   *
   * @param entry which entry of the page, from 0; the next object from there on
   * @param piece in which part of its own subscribers
   * @param page which page of that part, from 0
   */
  record Member(int entry, Piece piece, int page) {
    public static Member first(int entry) {
      return new Member(entry, Piece.WHOLE, 0);
    }
  }

  /**
   * Let the waiting runs of a cancelled trigger notice it.
   *
   * @param recipient only this one's; empty for all
   * @param cursor where the task before ended
   */
  record Cancel(
      EnvironmentId environment,
      TriggerId trigger,
      Optional<RecipientId> recipient,
      Optional<String> cursor)
      implements FanoutTask {}

  /**
   * Let what waits under a cancellation key notice that it is cancelled.
   *
   * @param recipient only this one's; empty for everybody's
   * @param cursor where the task before ended
   */
  record CancelUnder(
      EnvironmentId environment,
      WorkflowKey workflow,
      String cancellationKey,
      Optional<RecipientId> recipient,
      Optional<String> cursor)
      implements FanoutTask {}

  /**
   * Let a schedule fire.
   *
   * @param revision that of the schedule when the occurrence was set; an earlier one is stale
   * @param minute under which minute its timer is listed
   */
  record Fire(EnvironmentId environment, ScheduleId schedule, int revision, long minute)
      implements FanoutTask {}

  /**
   * Remove what is kept beside a recipient that was deleted, a page at a time.
   *
   * @param deletedAt what came to be later belongs to a recipient made anew, and stays
   * @param part what is removed now; the parts behind it follow
   * @param cursor where the task before ended within the part
   */
  record Erase(
      EnvironmentId environment,
      RecipientId recipient,
      Instant deletedAt,
      ErasedPart part,
      Optional<String> cursor)
      implements FanoutTask {}

  /** Do the rows of a bulk operation from the {@code from}th on, a page of them. */
  record Bulk(EnvironmentId environment, BulkOperationId operation, int from)
      implements FanoutTask {}

  /** Do what a stored event of a source is mapped to. */
  record OfSource(EnvironmentId environment, String source, String event) implements FanoutTask {}

  /**
   * Take in an event that a rule of EventBridge brought. The rule makes the task, so it holds the
   * event itself.
   *
   * @param event as buses have it: {@code id}, {@code time}, {@code detail-type}, {@code detail}
   */
  record FromBus(EnvironmentId environment, String source, Json.Obj event) implements FanoutTask {}

  /**
   * Find out which dynamic audiences a user came into or left.
   *
   * @param cause names what changed the user; a stay that begins is named after it
   */
  record Settle(EnvironmentId environment, RecipientId user, String cause) implements FanoutTask {}

  /**
   * Find that out of every user there is, a page of them, since an audience changed.
   *
   * @param cause names the change
   * @param asked when it was made
   * @param changed the audiences that it changed
   * @param made those of them that it made: who has not changed since then is in them without
   *     having come in
   * @param cursor where the task before ended
   */
  record SettleAll(
      EnvironmentId environment,
      String cause,
      Instant asked,
      Set<String> changed,
      Set<String> made,
      Optional<String> cursor)
      implements FanoutTask {
    public SettleAll {
      changed = Set.copyOf(changed);
      made = Set.copyOf(made);
    }
  }

  /**
   * Trigger what a new member of a static audience triggers.
   *
   * @param since when it was added
   */
  record Entered(EnvironmentId environment, String audience, Audiences.Member member, Instant since)
      implements FanoutTask {}

  /**
   * Send a broadcast, or go on where its sending stands still.
   *
   * @param sending the number of what was asked for; an earlier one is stale
   * @param minute under which minute its timer is listed
   */
  record SendOut(EnvironmentId environment, String broadcast, int sending, long minute)
      implements FanoutTask {}

  /**
   * Reach a page of a broadcast's audience, then what follows it.
   *
   * @param sending the number of what was asked for
   * @param until the first of the audience's parts that is not to follow the page's part
   */
  record ReachMembers(
      EnvironmentId environment, String broadcast, int sending, AudiencePlace place, int until)
      implements FanoutTask {}

  /**
   * A place in an audience.
   *
   * @param part which of its parts
   * @param page which page of the part, from 0
   * @param cursor where the page begins; empty for the first
   * @param before how many members were reached in the part's pages before
   */
  record AudiencePlace(int part, int page, Optional<String> cursor, long before) {
    public static AudiencePlace first(int part) {
      return new AudiencePlace(part, 0, Optional.empty(), 0);
    }
  }

  /** Go on with a bulk operation that changes messages, from where it got to. */
  record MarkAll(EnvironmentId environment, BulkOperationId operation) implements FanoutTask {}
}
