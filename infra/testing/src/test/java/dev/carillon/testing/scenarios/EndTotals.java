package dev.carillon.testing.scenarios;

import dev.carillon.batch.Activity;
import dev.carillon.batch.BatchId;
import dev.carillon.json.Json;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Run;
import dev.carillon.run.RunEvent;
import dev.carillon.run.StepOutcome;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.trigger.RunId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Whether batches, budgets and children add up, once everything has come to its end. */
public final class EndTotals {
  private final InProcessEngine engine;
  private final List<Run> runs;

  /** The batches, each with its generation. */
  private record Generation(BatchId batch, int number) {}

  public EndTotals(InProcessEngine engine) {
    this.engine = engine;
    this.runs = Scenarios.runs(engine);
  }

  public void wrong(Consumer<String> wrong) {
    batches(wrong);
    budgets(wrong);
    children(wrong);
    firsts(wrong);
  }

  /** Of a workflow that runs but once for a recipient one run did, or was cancelled. */
  private void firsts(Consumer<String> wrong) {
    runs.stream()
        .filter(run -> run.workflow().value().equals("once"))
        .collect(Collectors.groupingBy(Run::recipient))
        .forEach(
            (recipient, own) -> {
              long ran = own.stream().filter(run -> outcome(run, "http_1").isPresent()).count();
              if (ran > 1 || ran == 0 && own.stream().noneMatch(this::cancelled)) {
                wrong.accept("ran " + ran + " times for " + recipient);
              }
            });
  }

  /** Every activity is in one generation, and every generation was closed once, with all of it. */
  private void batches(Consumer<String> wrong) {
    Map<Generation, List<Run>> inside = new HashMap<>();
    Map<Generation, List<LogEntry>> closings = new HashMap<>();
    for (Run run : runs) {
      for (LogEntry entry : run.log()) {
        switch (entry.event()) {
          case BATCH_OPENED, BATCH_JOINED ->
              inside.computeIfAbsent(generation(entry), _ -> new ArrayList<>()).add(run);
          case BATCH_CLOSED ->
              closings.computeIfAbsent(generation(entry), _ -> new ArrayList<>()).add(entry);
          default -> {}
        }
      }
    }
    Map<RunId, Generation> places = new HashMap<>();
    inside.forEach(
        (generation, members) -> {
          var closed = closings.getOrDefault(generation, List.of());
          if (closed.size() != 1) {
            wrong.accept(generation + " was closed " + closed.size() + " times");
          }
          var activities = activities(generation);
          activities.forEach(
              activity -> {
                if (runs.stream().noneMatch(run -> run.id().equals(activity.run()))) {
                  wrong.accept(activity.run() + " is in a batch and no run");
                }
                if (places.put(activity.run(), generation) != null) {
                  wrong.accept(activity.run() + " is in two batches");
                }
              });
          for (Run run : members) {
            boolean cancelled = cancelled(run);
            if (!cancelled && activities.stream().noneMatch(it -> it.run().equals(run.id()))) {
              wrong.accept(run.id() + " is not in its batch " + generation);
            }
          }
          long certain =
              members.stream().filter(run -> !cancelled(run)).map(Run::id).distinct().count();
          long total = closed.isEmpty() ? 0 : number(closed.getFirst(), "total_activities");
          if (total < certain || total > activities.size()) {
            wrong.accept(
                "%s came to %d of %d activities, of which %d count for certain"
                    .formatted(generation, total, activities.size(), certain));
          }
        });
  }

  /** By its key, whether or not it noticed, or by naming its wait. */
  private boolean cancelled(Run run) {
    return engine
            .ports()
            .triggers()
            .cancelled(InProcessEngine.ENVIRONMENT, run.trigger(), run.recipient())
        || run.log().stream().anyMatch(it -> it.event() == RunEvent.BATCH_LEFT);
  }

  private List<Activity> activities(Generation generation) {
    var all = new ArrayList<Activity>();
    Optional<String> cursor = Optional.empty();
    do {
      var page =
          engine
              .ports()
              .batches()
              .activities(
                  InProcessEngine.ENVIRONMENT, generation.batch(), generation.number(), cursor);
      all.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent());
    return all;
  }

  private static Generation generation(LogEntry entry) {
    return new Generation(
        new BatchId(entry.data().text("batch").orElseThrow()), (int) number(entry, "generation"));
  }

  private static long number(LogEntry entry, String field) {
    return entry.data().get(field).orElse(Json.NULL) instanceof Json.Num(var number)
        ? number.longValueExact()
        : -1;
  }

  /** Of each window as many passed as it has room for, and nobody was turned away before. */
  private void budgets(Consumer<String> wrong) {
    Map<String, List<LogEntry>> windows = new TreeMap<>();
    for (Run run : runs) {
      for (LogEntry entry : run.log()) {
        Optional<String> end = entry.data().text("window_ends_at");
        if (end.isPresent()) {
          windows
              .computeIfAbsent(
                  run.workflow().value() + " " + run.recipient() + " " + end.get(),
                  _ -> new ArrayList<>())
              .add(entry);
        }
      }
    }
    windows.forEach(
        (window, entries) -> {
          long limit = number(entries.getFirst(), "limit");
          var passed =
              entries.stream().filter(it -> it.event() == RunEvent.THROTTLE_PASSED).toList();
          long distinct = passed.stream().map(it -> number(it, "passed")).distinct().count();
          if (passed.size() > limit || distinct < passed.size()) {
            wrong.accept(passed.size() + " of " + limit + " passed: " + window);
          }
        });
  }

  /** As many children as parents that came to having one. */
  private void children(Consumer<String> wrong) {
    long parents =
        runs.stream()
            .filter(run -> run.workflow().value().equals("parent"))
            .filter(
                run ->
                    outcome(run, "trigger_1")
                        .filter(StepOutcome.Done.class::isInstance)
                        .isPresent())
            .count();
    long all = runs.stream().filter(run -> run.workflow().value().equals("parent")).count();
    // An object hands itself down, and the child reaches its subscribers: one trigger all the same.
    long children =
        runs.stream()
            .filter(run -> run.workflow().value().equals("child"))
            .map(Run::trigger)
            .distinct()
            .count();
    if (children < parents || children > all) {
      wrong.accept(children + " children of " + parents + " parents");
    }
  }

  private static Optional<StepOutcome> outcome(Run run, String step) {
    return run.outcomes().entrySet().stream()
        .filter(it -> it.getKey().value().equals(step))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
