package dev.carillon.storage;

import dev.carillon.storage.task.TaskCodec;
import dev.carillon.task.WakeTask;
import dev.carillon.timer.MinuteSchedules;
import dev.carillon.timer.Minutes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ActionAfterCompletion;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;

/**
 * One one-time schedule of EventBridge for each due minute. It goes off {@value
 * MinuteSchedules#LEAD_MINUTES} minutes early, because the Scheduler is exact to a minute only, and
 * is gone once it has.
 */
public final class SchedulerMinuteSchedules implements MinuteSchedules {
  private static final int REMEMBERED = 10_000;
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'due-'uuuuMMdd'T'HHmm").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter AT =
      DateTimeFormatter.ofPattern("'at('uuuu-MM-dd'T'HH:mm:ss')'").withZone(ZoneOffset.UTC);

  private final SchedulerClient client;
  private final String group;
  private final String role;
  private final String queue;
  private final InstantSource clock;
  private final Set<Long> ensured = ConcurrentHashMap.newKeySet();

  /**
   * @param group the schedule group
   * @param role the ARN of the role that may send to the queue
   * @param queue the ARN of the wake queue
   */
  public SchedulerMinuteSchedules(
      SchedulerClient client, String group, String role, String queue, InstantSource clock) {
    this.client = client;
    this.group = group;
    this.role = role;
    this.queue = queue;
    this.clock = clock;
  }

  @Override
  public void ensure(long minute) {
    if (ensured.contains(minute)) {
      return;
    }
    try {
      client.createSchedule(schedule(minute));
    } catch (ConflictException _) {
      // It exists: another instance was first, or this one before it forgot.
    }
    if (ensured.size() >= REMEMBERED) {
      ensured.clear();
    }
    ensured.add(minute);
  }

  private CreateScheduleRequest schedule(long minute) {
    Instant due = Minutes.start(minute);
    return CreateScheduleRequest.builder()
        .name(NAME.format(due))
        .groupName(group)
        .scheduleExpression(AT.format(firesAt(due)))
        .scheduleExpressionTimezone("UTC")
        .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
        .actionAfterCompletion(ActionAfterCompletion.DELETE)
        .target(
            target ->
                target
                    .arn(queue)
                    .roleArn(role)
                    .input(TaskCodec.body(new WakeTask.Drain(minute, Optional.empty()))))
        .build();
  }

  /** Never in the past, where it would not go off: the Scheduler refuses or forgets such times. */
  private Instant firesAt(Instant due) {
    Instant early = due.minus(Duration.ofMinutes(LEAD_MINUTES));
    Instant soon = clock.instant().plus(Duration.ofMinutes(1));
    return early.isBefore(soon) ? soon : early;
  }
}
