package dev.carillon.schedule;

import dev.carillon.environment.Environments;
import dev.carillon.recipient.Recipients;
import dev.carillon.time.Zones;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Plans when schedules occur, by the clocks of their recipients as these are known now. */
public final class Planning {
  private final Recipients recipients;
  private final Environments environments;

  public Planning(Recipients recipients, Environments environments) {
    this.recipients = recipients;
    this.environments = environments;
  }

  /** See {@link RuleOccurrences#first}. */
  public Optional<Instant> first(Schedule schedule, Instant from) {
    return ScheduleOccurrences.first(schedule, from, zone(schedule));
  }

  /** See {@link RuleOccurrences#next}. */
  public Optional<Instant> next(Schedule schedule, Instant after) {
    return ScheduleOccurrences.next(schedule, after, zone(schedule));
  }

  /** One that occurs once does so at an instant, which is the same everywhere. */
  private ZoneId zone(Schedule schedule) {
    if (!schedule.recurs()) {
      return Zones.of(Optional.empty(), Optional.empty()).zone();
    }
    Optional<String> own =
        recipients
            .find(schedule.environment(), schedule.recipient())
            .flatMap(recipient -> recipient.text("timezone"));
    return Zones.of(own, environments.settings(schedule.environment()).timezone()).zone();
  }
}
