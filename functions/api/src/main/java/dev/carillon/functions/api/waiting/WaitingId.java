package dev.carillon.functions.api.waiting;

import dev.carillon.edge.Ids;
import dev.carillon.id.Ksuid;
import dev.carillon.message.MessageId;
import dev.carillon.run.Run;
import dev.carillon.run.Wait;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.trigger.RunId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one thing that waits, once: a run at one wait, a held message, one occurrence of a
 * schedule. What was meant for it does not touch what comes after it.
 */
sealed interface WaitingId {

  record OfRun(RunId run, String waitId) implements WaitingId {}

  record OfMessage(MessageId message) implements WaitingId {}

  /**
   * @param revision of the schedule when the occurrence was set
   */
  record OfSchedule(ScheduleId schedule, int revision) implements WaitingId {}

  static WaitingId of(Run run, Wait wait) {
    return new OfRun(run.id(), wait.id());
  }

  static WaitingId of(Schedule schedule) {
    return new OfSchedule(schedule.id(), schedule.revision());
  }

  /** As lists show it and paths name it. */
  default String text() {
    return switch (this) {
      case OfRun(var run, var waitId) -> "run_" + run + "_" + waitId;
      case OfMessage(var message) -> "message_" + message;
      case OfSchedule(var schedule, var revision) -> "schedule_" + schedule + "_" + revision;
    };
  }

  Pattern RUN = Pattern.compile("run_([0-9a-f-]{36})_([0-9a-f]{1,64})");
  Pattern MESSAGE = Pattern.compile("message_([0-9A-Za-z]{27})");
  Pattern SCHEDULE = Pattern.compile("schedule_([0-9a-f-]{36})_([0-9]{1,9})");

  /** Empty for what no list shows. */
  static Optional<WaitingId> parse(String text) {
    Matcher run = RUN.matcher(text);
    Matcher message = MESSAGE.matcher(text);
    Matcher schedule = SCHEDULE.matcher(text);
    if (run.matches()) {
      return Ids.uuid(run.group(1)).map(id -> new OfRun(new RunId(id), run.group(2)));
    }
    if (message.matches()) {
      return Optional.of(message.group(1))
          .filter(Ksuid::isValid)
          .map(id -> new OfMessage(new MessageId(id)));
    }
    return schedule.matches()
        ? Ids.uuid(schedule.group(1))
            .map(id -> new OfSchedule(new ScheduleId(id), Integer.parseInt(schedule.group(2))))
        : Optional.empty();
  }
}
