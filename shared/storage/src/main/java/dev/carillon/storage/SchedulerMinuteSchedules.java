package dev.carillon.storage;

import dev.carillon.json.Json;
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

  private final SchedulerCalls scheduler;
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
      SchedulerCalls scheduler, String group, String role, String queue, InstantSource clock) {
    this.scheduler = scheduler;
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
    Instant due = Minutes.start(minute);
    // Where it exists, another instance was first, or this one before it forgot.
    scheduler.create(NAME.format(due), schedule(minute, due));
    if (ensured.size() >= REMEMBERED) {
      ensured.clear();
    }
    ensured.add(minute);
  }

  private Json.Obj schedule(long minute, Instant due) {
    return Json.object()
        .with("GroupName", group)
        .with("ScheduleExpression", AT.format(firesAt(due)))
        .with("ScheduleExpressionTimezone", "UTC")
        .with("FlexibleTimeWindow", Json.object().with("Mode", "OFF"))
        .with("ActionAfterCompletion", "DELETE")
        .with(
            "Target",
            Json.object()
                .with("Arn", queue)
                .with("RoleArn", role)
                .with("Input", TaskCodec.body(new WakeTask.Drain(minute, Optional.empty()))));
  }

  /** Never in the past, where it would not go off: the Scheduler refuses or forgets such times. */
  private Instant firesAt(Instant due) {
    Instant early = due.minus(Duration.ofMinutes(LEAD_MINUTES));
    Instant soon = clock.instant().plus(Duration.ofMinutes(1));
    return early.isBefore(soon) ? soon : early;
  }
}
