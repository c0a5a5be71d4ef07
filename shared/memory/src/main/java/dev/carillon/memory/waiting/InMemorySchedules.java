package dev.carillon.memory.waiting;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.NewestFirst;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.schedule.Schedules;
import dev.carillon.workflow.WorkflowKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Schedules in memory. */
public final class InMemorySchedules implements Schedules {

  private record Key(EnvironmentId environment, ScheduleId id) {}

  private final Map<Key, Schedule> schedules = new ConcurrentHashMap<>();

  @Override
  public Optional<Schedule> find(EnvironmentId environment, ScheduleId id) {
    return Optional.ofNullable(schedules.get(new Key(environment, id)));
  }

  @Override
  public Map<ScheduleId, Schedule> findAll(EnvironmentId environment, List<ScheduleId> ids) {
    var found = new LinkedHashMap<ScheduleId, Schedule>();
    ids.forEach(id -> find(environment, id).ifPresent(schedule -> found.put(id, schedule)));
    return found;
  }

  @Override
  public boolean save(Schedule schedule) {
    Schedule stored = schedule.stored();
    Schedule now =
        schedules.compute(
            new Key(schedule.environment(), schedule.id()),
            (_, before) -> revision(before) == schedule.revision() ? stored : before);
    return now == stored;
  }

  private static int revision(Schedule schedule) {
    return schedule == null ? 0 : schedule.revision();
  }

  @Override
  public void delete(Schedule schedule) {
    schedules.remove(new Key(schedule.environment(), schedule.id()));
  }

  @Override
  public Page<Schedule> ofWorkflow(
      EnvironmentId environment,
      WorkflowKey workflow,
      Predicate<Schedule> wanted,
      PageRequest page) {
    return listed(environment, wanted.and(it -> it.workflow().equals(workflow)), page);
  }

  @Override
  public Page<Schedule> ofRecipient(
      EnvironmentId environment,
      RecipientId recipient,
      Predicate<Schedule> wanted,
      PageRequest page) {
    return listed(environment, wanted.and(it -> it.recipient().equals(recipient)), page);
  }

  private Page<Schedule> listed(
      EnvironmentId environment, Predicate<Schedule> wanted, PageRequest page) {
    List<Schedule> all =
        schedules.values().stream()
            .filter(schedule -> schedule.environment().equals(environment))
            .filter(wanted)
            .toList();
    return NewestFirst.page(all, Schedule::position, page);
  }
}
