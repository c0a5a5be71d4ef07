package dev.carillon.local.scheduler;

import dev.carillon.json.Json;
import dev.carillon.local.clock.StackClock;
import dev.carillon.local.iam.AccessControl;
import dev.carillon.local.iam.AccessRequest.Need;
import dev.carillon.local.iam.Principal;
import dev.carillon.local.journal.Journal;
import dev.carillon.local.sqs.SqsQueues;
import dev.carillon.local.template.AccountRegion;
import dev.carillon.local.wire.AwsError;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * EventBridge Scheduler on the stack's clock. Everything acknowledged survives {@code kill -9}; a
 * schedule that was firing at that moment fires again. Safe for many threads.
 */
public final class EventBridgeScheduler implements AutoCloseable {
  /** Who takes on the role that a schedule is given. */
  static final Principal.Service PRINCIPAL = new Principal.Service("scheduler.amazonaws.com");

  private static final String DEFAULT_GROUP = "default";
  private static final int SECONDS_OF_MINUTE = 60;

  private record Due(EventBridgeSchedule schedule, Instant at) {}

  private final StackClock clock;
  private final SqsQueues queues;
  private final AccessControl access;
  private final Journal journal;
  private final SortedMap<String, SortedMap<String, EventBridgeSchedule>> groups = new TreeMap<>();
  private boolean spread;

  /**
   * @param file where they are remembered; empty: in memory only
   */
  public EventBridgeScheduler(
      StackClock clock, SqsQueues queues, AccessControl access, Optional<Path> file) {
    this.access = access;
    this.clock = clock;
    this.queues = queues;
    groups.put(DEFAULT_GROUP, new TreeMap<>());
    this.journal = Journal.open(file, this::replay, this::snapshot);
  }

  /** Creates the group; false, and nothing changes, when there is one. */
  public synchronized boolean group(String name) {
    if (groups.containsKey(name)) {
      return false;
    }
    journal.append(Json.object().with("op", "group").with("group", name));
    groups.put(name, new TreeMap<>());
    return true;
  }

  /**
   * Creates a schedule of the template, or replaces it when there is one of that group and name; a
   * recurring one keeps the time it fired last. The group is created when there is none.
   *
   * @param expression {@code rate(1 minute)}, {@code cron(…)} or {@code at(…)}
   * @throws IllegalArgumentException when that is malformed
   */
  public synchronized void define(
      String group, String name, String expression, String zone, ScheduleTarget target) {
    group(group);
    var settings =
        Json.object()
            .with("ScheduleExpression", expression)
            .with("ScheduleExpressionTimezone", zone)
            .with("Target", target.json());
    try {
      put(group, name, settings, "");
    } catch (AwsError refusal) {
      throw new IllegalArgumentException(refusal.getMessage(), refusal);
    }
  }

  /** Puts the schedule in place, new or changed; it keeps when it was created and fired last. */
  synchronized EventBridgeSchedule put(String group, String name, Json.Obj settings, String token) {
    var now = clock.instant();
    var before = find(group, name);
    var firing = ScheduleChecks.firing(settings);
    var schedule =
        new EventBridgeSchedule(
            group,
            name,
            settings,
            firing,
            token,
            before.map(EventBridgeSchedule::createdAt).orElse(now),
            now,
            // One whose time is set anew has not fired yet.
            before
                .filter(_ -> !(firing instanceof ScheduleExpression.Once))
                .flatMap(EventBridgeSchedule::firedAt));
    journal.append(schedule.entry());
    groups.get(group).put(name, schedule);
    return schedule;
  }

  synchronized Optional<EventBridgeSchedule> find(String group, String name) {
    return Optional.ofNullable(groups.get(group)).map(schedules -> schedules.get(name));
  }

  synchronized boolean delete(String group, String name) {
    var found = find(group, name).isPresent();
    if (found) {
      journal.append(Json.object().with("op", "delete").with("group", group).with("name", name));
      groups.get(group).remove(name);
    }
    return found;
  }

  synchronized boolean deleteGroup(String name) {
    if (!groups.containsKey(name)) {
      return false;
    }
    journal.append(Json.object().with("op", "delete-group").with("group", name));
    groups.remove(name);
    return true;
  }

  synchronized boolean hasGroup(String name) {
    return groups.containsKey(name);
  }

  synchronized List<String> groups() {
    return List.copyOf(groups.keySet());
  }

  /** All of them, or those of one group, by group and name. */
  synchronized List<EventBridgeSchedule> list(Optional<String> group) {
    return groups.values().stream()
        .flatMap(schedules -> schedules.values().stream())
        .filter(schedule -> group.isEmpty() || group.get().equals(schedule.group()))
        .toList();
  }

  /** Off (at first): fires at the start of the minute. On: at some second within it, as AWS may. */
  public synchronized void spreadWithinMinute(boolean on) {
    spread = on;
  }

  /** How many schedules the group holds; none when there is no such group. */
  public synchronized int size(String group) {
    return Optional.ofNullable(groups.get(group)).map(Map::size).orElse(0);
  }

  /** When the next one-time schedule fires; it may have passed. */
  public synchronized Optional<Instant> nextDue() {
    return list(Optional.empty()).stream()
        .filter(schedule -> schedule.firing() instanceof ScheduleExpression.Once)
        .flatMap(schedule -> due(schedule).stream())
        .map(Due::at)
        .min(Comparator.naturalOrder());
  }

  /**
   * Fires what is due, the earliest first; a recurring one once, however many periods have passed.
   *
   * @return how many fired
   */
  public synchronized int fireDue() {
    var now = clock.instant();
    var due =
        list(Optional.empty()).stream()
            .flatMap(schedule -> due(schedule).stream())
            .filter(one -> !one.at().isAfter(now))
            .sorted(Comparator.comparing(Due::at))
            .toList();
    due.forEach(one -> fire(one, now));
    return due.size();
  }

  private Optional<Due> due(EventBridgeSchedule schedule) {
    if (!schedule.enabled()) {
      return Optional.empty();
    }
    return switch (schedule.firing()) {
      case ScheduleExpression.Once(var at) ->
          schedule.firedAt().isPresent()
              ? Optional.empty()
              : Optional.of(new Due(schedule, at.plus(offset(schedule))));
      case ScheduleExpression.Every _, ScheduleExpression.Matching _ ->
          schedule
              .firing()
              .after(schedule.firedAt().orElse(schedule.createdAt()))
              .map(at -> new Due(schedule, at));
    };
  }

  private Duration offset(EventBridgeSchedule schedule) {
    return Duration.ofSeconds(
        spread ? Math.floorMod(schedule.name().hashCode(), SECONDS_OF_MINUTE) : 0);
  }

  /** The message first, the deletion after it: dying in between fires twice, never not at all. */
  private void fire(Due due, Instant now) {
    var schedule = due.schedule();
    var target = schedule.target();
    var input =
        target
            .input()
            .replace("<aws.scheduler.schedule-arn>", schedule.arn())
            .replace("<aws.scheduler.scheduled-time>", due.at().toString())
            .replace("<aws.scheduler.execution-id>", UUID.randomUUID().toString())
            .replace("<aws.scheduler.attempt-number>", "1");
    try {
      if (mayFire(schedule, target)) {
        var queue = target.arn().substring(target.arn().lastIndexOf(':') + 1);
        queues.send(queue, input, Duration.ZERO, target.messageGroupId());
      }
    } catch (NoSuchElementException _) {
      // The target is gone: Scheduler would try for a day and then drop it.
    }
    if (schedule.firing() instanceof ScheduleExpression.Once && schedule.deletedAfterCompletion()) {
      delete(schedule.group(), schedule.name());
    } else {
      var fired = schedule.fired(now);
      journal.append(fired.entry());
      groups.get(schedule.group()).put(schedule.name(), fired);
    }
  }

  /**
   * Whether its role trusts Scheduler and may send; if not, what AWS would try for a day is dropped
   * at once, and the refusal is on record.
   */
  private boolean mayFire(EventBridgeSchedule schedule, ScheduleTarget target) {
    return target
        .roleArn()
        .map(
            role ->
                access.allows(
                        PRINCIPAL,
                        Need.of("sts:AssumeRole", role)
                            .with("aws:SourceAccount", AccountRegion.LOCAL.account())
                            .with(
                                "aws:SourceArn",
                                AccountRegion.LOCAL.arn(
                                    "scheduler", "schedule-group/" + schedule.group())))
                    && access.allows(
                        new Principal.RoleSession(role, schedule.name()),
                        Need.of("sqs:SendMessage", target.arn())))
        .orElse(true);
  }

  private void replay(Json.Obj entry) {
    var group = entry.text("group").orElseThrow();
    switch (entry.text("op").orElseThrow()) {
      case "group" -> groups.computeIfAbsent(group, _ -> new TreeMap<>());
      case "put" -> {
        var schedule = EventBridgeSchedule.of(entry);
        groups.computeIfAbsent(group, _ -> new TreeMap<>()).put(schedule.name(), schedule);
      }
      case "delete" -> groups.get(group).remove(entry.text("name").orElseThrow());
      case "delete-group" -> groups.remove(group);
      default ->
          throw new IllegalStateException("Unknown entry in the schedules' journal: " + entry);
    }
  }

  private List<Json.Obj> snapshot() {
    var entries = new ArrayList<Json.Obj>();
    groups.forEach(
        (group, schedules) -> {
          entries.add(Json.object().with("op", "group").with("group", group));
          schedules.values().forEach(schedule -> entries.add(schedule.entry()));
        });
    return entries;
  }

  @Override
  public synchronized void close() {
    journal.close();
  }
}
