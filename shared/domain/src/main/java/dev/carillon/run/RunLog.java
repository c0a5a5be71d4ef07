package dev.carillon.run;

import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened to a run.
 *
 * @param entries oldest first; of a log that would be longer than {@link #LONGEST} the middle is
 *     left out
 * @param errors how many entries are not ok, those left out included
 */
public record RunLog(List<LogEntry> entries, int errors) {
  public static final RunLog EMPTY = new RunLog(List.of(), 0);

  /** Entries; a run of fifty steps, each tried three times, writes some 500. */
  public static final int LONGEST = 2_000;

  private static final int FIRST_ENTRIES = LONGEST / 2;

  public RunLog {
    entries = List.copyOf(entries);
  }

  /** The same with one entry more. */
  public RunLog with(LogEntry entry) {
    var longer = new ArrayList<>(entries);
    longer.add(entry);
    if (longer.size() > LONGEST) {
      shorten(longer);
    }
    return new RunLog(longer, errors + (entry.ok() ? 0 : 1));
  }

  /** How a run began and how it ends tell most; what lies between are repetitions. */
  private static void shorten(List<LogEntry> log) {
    LogEntry middle = log.get(FIRST_ENTRIES);
    int before = middle.event() == RunEvent.LOG_SHORTENED ? entriesLeftOut(middle) : 0;
    // One entry goes, or two to make room for the one that stands for them.
    int gone = log.size() - LONGEST + (before == 0 ? 1 : 0);
    var from = FIRST_ENTRIES + (before == 0 ? 0 : 1);
    log.subList(from, from + gone).clear();
    LogEntry mark =
        LogEntry.ofRun(
            middle.at(),
            RunEvent.LOG_SHORTENED,
            true,
            Json.object().with("entries", Json.of(before + gone)));
    if (before == 0) {
      log.add(FIRST_ENTRIES, mark);
    } else {
      log.set(FIRST_ENTRIES, mark);
    }
  }

  private static int entriesLeftOut(LogEntry mark) {
    return mark.data().fields().get("entries") instanceof Json.Num(var count)
        ? count.intValueExact()
        : 0;
  }
}
