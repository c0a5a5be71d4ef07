package dev.carillon.schedule;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.workflow.WorkflowKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The schedules of an environment, kept until they are deleted. */
public interface Schedules {

  /**
   * How many bytes the data of one may take, as JSON: it is read and written again whenever the
   * schedule occurs.
   */
  int MAX_DATA_BYTES = 256 * 1024;

  /** The schedule as last stored; empty when there is none, or no more. Sees every write. */
  Optional<Schedule> find(EnvironmentId environment, ScheduleId id);

  /** Those of the ids that have a schedule, as {@link #find} gives them; at most 100 ids. */
  Map<ScheduleId, Schedule> findAll(EnvironmentId environment, List<ScheduleId> ids);

  /**
   * Stores the schedule if nobody stored or deleted it since it was read: if its {@link
   * Schedule#revision} is the one stored, or 0 and there is none. The stored one then has the next
   * revision. Workflow, recipient and {@code insertedAt} of a stored schedule never change.
   *
   * @return false when somebody else was first; nothing is changed
   */
  boolean save(Schedule schedule);

  /** Deletes the schedule, whatever its revision by now. Safe to repeat. */
  void delete(Schedule schedule);

  /**
   * The schedules of a workflow that {@code wanted} holds for, newest first, by {@link
   * Schedule#position}. A page may hold fewer than asked for and still have a next one.
   */
  Page<Schedule> ofWorkflow(
      EnvironmentId environment,
      WorkflowKey workflow,
      Predicate<Schedule> wanted,
      PageRequest page);

  /** As {@link #ofWorkflow}, the schedules of a recipient. */
  Page<Schedule> ofRecipient(
      EnvironmentId environment,
      RecipientId recipient,
      Predicate<Schedule> wanted,
      PageRequest page);
}
