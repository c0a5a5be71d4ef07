package dev.carillon.bench.load;

import dev.carillon.bench.report.Table;
import dev.carillon.bench.stack.BenchStack;
import dev.carillon.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A run for each subscriber of one object, however many there are: how long it takes, what it
 * costs, and the most memory that the stack had meanwhile. The runs have no steps.
 */
public final class FanoutTable {
  private static final int AT_ONCE = 100;
  private static final int CALLERS = 8;

  /** What no function may take, however many subscribers there are. */
  private static final int MOST_MEGABYTES = 512;

  private static final Duration GLANCE = Duration.ofMillis(200);

  private final Path home;
  private final int subscribers;
  private final boolean isolated;

  /**
   * @param isolated whether each function runs in processes of its own, whose memory is shown
   */
  public FanoutTable(Path home, int subscribers, boolean isolated) {
    this.home = home;
    this.subscribers = subscribers;
    this.isolated = isolated;
  }

  public Table measure() throws IOException, InterruptedException {
    List<String> options = isolated ? List.of("--isolated") : List.of();
    try (var stack = BenchStack.start(home, List.of(), options)) {
      stack.call("PUT", "/v1/objects/projects/bench", "{\"name\":\"Bench\"}");
      long from = System.nanoTime();
      subscribe(stack);
      drained(stack);
      double subscribing = seconds(from);
      long before = stack.peakMegabytes();
      from = System.nanoTime();
      stack.call(
          "POST",
          "/v1/workflows/nothing/trigger",
          "{\"recipients\":[{\"collection\":\"projects\",\"id\":\"bench\"}]}");
      drained(stack);
      double starting = seconds(from);
      long after = stack.peakMegabytes();
      int runs = runs(stack);
      var rows = new ArrayList<Json.Obj>();
      rows.add(
          Json.object()
              .with("what", "subscribing, " + AT_ONCE + " a call")
              .with("subscribers", Json.of(subscribers))
              .with("seconds", Table.number(subscribing))
              .with("a second", Table.number(subscribers / subscribing))
              .with("peak MB", Json.of(before)));
      rows.add(
          Json.object()
              .with("what", "a run for each, from the trigger to the end of the last")
              .with("subscribers", Json.of(subscribers))
              .with("seconds", Table.number(starting))
              .with("a second", Table.number(subscribers / starting))
              .with("peak MB", Json.of(after))
              .with("runs", Json.of(runs))
              .with(Table.MET, Json.of(runs == subscribers + 1)));
      stack.functionMegabytes().forEach((function, peak) -> rows.add(function(function, peak)));
      return new Table(
          "fanout",
          "Fan-out to the subscribers of one object",
          List.of(
              isolated
                  ? "Memory is that of the stack's process, the table and the queues in memory, and"
                      + " of each function the largest of its processes that are left: met below "
                      + MOST_MEGABYTES
                      + " MB."
                  : "Memory is that of the whole process: all functions, the table and the queues,"
                      + " which hold everything in memory. One function holds a page of 100 at"
                      + " most.",
              "Met when as many runs were counted afterwards as there are subscribers, and one for"
                  + " the object."),
          rows);
    }
  }

  private static Json.Obj function(String name, long peak) {
    return Json.object()
        .with("what", name + ", a process of its own")
        .with("peak MB", Json.of(peak))
        .with(Table.MET, Json.of(peak < MOST_MEGABYTES));
  }

  /** Without a call that lasts as long as the work: a million runs take an hour. */
  private static void drained(BenchStack stack) throws IOException, InterruptedException {
    for (int empty = 0; empty < 3; empty = stack.queuesAreEmpty() ? empty + 1 : 0) {
      LockSupport.parkNanos(GLANCE.toNanos());
    }
  }

  private static int runs(BenchStack stack) throws IOException, InterruptedException {
    int runs = 0;
    String after = "";
    do {
      Json.Obj page =
          stack.call(
              "GET", "/v1/workflow_recipient_runs?workflow=nothing&page_size=50" + after, "");
      runs += page.list("items").size();
      after = page.object("page_info").text("after").map(it -> "&after=" + it).orElse("");
    } while (!after.isEmpty());
    return runs;
  }

  private static double seconds(long from) {
    return (System.nanoTime() - from) / 1e9;
  }

  private void subscribe(BenchStack stack) throws InterruptedException, IOException {
    var calls = new ArrayList<Callable<Json.Obj>>();
    for (int from = 0; from < subscribers; from += AT_ONCE) {
      String named =
          IntStream.range(from, Math.min(subscribers, from + AT_ONCE))
              .mapToObj(i -> "\"u" + i + "\"")
              .collect(Collectors.joining(",", "{\"recipients\":[", "]}"));
      calls.add(() -> stack.call("POST", "/v1/objects/projects/bench/subscriptions", named));
    }
    try (var callers = Executors.newFixedThreadPool(CALLERS)) {
      for (var each : callers.invokeAll(calls)) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("Subscribing failed", e);
    }
  }
}
