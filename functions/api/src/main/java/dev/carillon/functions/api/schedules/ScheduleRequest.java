package dev.carillon.functions.api.schedules;

import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.Limits;
import dev.carillon.edge.RecipientReader;
import dev.carillon.edge.RequestFields;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.time.RepeatRule;
import dev.carillon.trigger.Trigger;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The body of {@code POST /v1/schedules}. One that names no time is taken, as Knock's interface has
 * it: it does not occur until an update gives it a time, and says so, having no next occurrence.
 *
 * @param recipients each once; there will be one schedule for each
 */
record ScheduleRequest(
    WorkflowKey workflow,
    List<Trigger.Named> recipients,
    List<RepeatRule> repeats,
    Optional<Instant> scheduledAt,
    Optional<Instant> endingAt,
    Json.Obj data,
    Optional<Trigger.Named> actor,
    Optional<Trigger.Tenant> tenant) {

  private static final Set<String> FIELDS =
      Set.of(
          "workflow",
          "recipients",
          "repeats",
          "scheduled_at",
          "ending_at",
          "data",
          "actor",
          "tenant");

  private static final Set<String> FIELDS_OF_ONE =
      Set.of(
          "workflow",
          "recipient",
          "repeats",
          "scheduled_at",
          "ending_at",
          "data",
          "actor",
          "tenant");

  /**
   * @throws dev.carillon.edge.ApiException naming the first field that is not as it must be
   */
  static ScheduleRequest of(RequestFields body, RecipientReader naming) {
    body.only(FIELDS);
    return of(body, naming, naming.recipients(body.required("recipients"), Limits.SCHEDULES));
  }

  /**
   * One entry of {@code POST /v1/schedules/bulk/create}, which names a single recipient, or none.
   *
   * @throws dev.carillon.edge.ApiException naming the first field that is not as it must be
   */
  static ScheduleRequest single(RequestFields entry, RecipientReader naming) {
    entry.only(FIELDS_OF_ONE);
    return of(entry, naming, entry.optional("recipient").map(naming::recipient).stream().toList());
  }

  private static ScheduleRequest of(
      RequestFields body, RecipientReader naming, List<Trigger.Named> recipients) {
    return new ScheduleRequest(
        workflow(body),
        recipients,
        body.optional("repeats").map(ScheduleFields::repeats).orElse(List.of()),
        body.optional("scheduled_at").map(ScheduleFields::scheduledAt),
        body.optional("ending_at").map(ScheduleFields::instant),
        body.optional("data").map(ScheduleFields::data).orElse(Json.Obj.EMPTY),
        body.optional("actor").map(naming::recipient),
        body.optional("tenant").map(naming::tenant));
  }

  /** A key that no workflow could have is a key that no workflow has. */
  private static WorkflowKey workflow(RequestFields body) {
    String key = body.required("workflow").text();
    if (!WorkflowKey.isValid(key)) {
      throw ErrorCode.WORKFLOW_MISSING.at(
          body.pathOf("workflow"), "There is no workflow with this key.");
    }
    return new WorkflowKey(key);
  }

  /**
   * The schedules, yet to be planned and stored.
   *
   * @param cause names the call; the same cause gives schedules with the same ids
   */
  List<Schedule> schedules(EnvironmentId environment, String cause, Instant now) {
    return IntStream.range(0, recipients.size())
        .mapToObj(
            index ->
                new Schedule(
                    environment,
                    ScheduleId.of(cause, index),
                    workflow,
                    recipients.get(index).id(),
                    repeats,
                    scheduledAt,
                    endingAt,
                    data.merged(recipients.get(index).data()),
                    actor.map(Trigger.Named::id),
                    tenant.map(Trigger.Tenant::id),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    now,
                    now))
        .toList();
  }
}
