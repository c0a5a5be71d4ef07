package dev.carillon.bench.load;

import dev.carillon.bench.bare.BareClients;
import dev.carillon.bench.report.Table;
import dev.carillon.bench.stack.BenchStack;
import dev.carillon.bench.stack.Recording;
import dev.carillon.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Emails a second from the trigger to the provider, beside the same calls of AWS made by a bare
 * client of the SDK against the same engines; a fan-out through an object; and whether a message
 * costs more when there are many already.
 */
public final class ThroughputTable {
  /** What one trigger names at most. */
  private static final int TRIGGER = 1_000;

  private static final int BARE_THREADS = 16;
  private static final double LEAST_OF_FLOOR = 0.6;

  /** A message's cost is flat when the last thousand cost at most so much more than the first. */
  private static final double FLAT = 1.05;

  private final Path home;
  private final int recipients;

  /**
   * @param recipients of the largest fan-out; the comparison with bare calls has 1,000 at most
   */
  public ThroughputTable(Path home, int recipients) {
    this.home = home;
    this.recipients = recipients;
  }

  private record Took(double seconds, double processorSeconds, double units) {}

  public Table measure() throws IOException, InterruptedException {
    int once = Math.min(TRIGGER, recipients);
    var rows = new ArrayList<Json.Obj>();
    Took whole;
    try (var stack = BenchStack.start(home, List.of())) {
      stack.identify(recipients);
      // Whatever is loaded once has been, and the compiler has seen it.
      mails(stack, 0, Math.min(200, once));
      whole = mails(stack, 0, once);
      rows.add(row("email, " + once + " recipients in one trigger", once, whole));
      rows.addAll(growth(stack, once, whole));
      rows.add(
          row(
              "fan-out to the " + recipients + " subscribers of an object, one feed item each",
              recipients,
              fanOut(stack)));
    }
    double floor = bareSeconds(once);
    double share = floor / whole.seconds();
    rows.add(
        Json.object()
            .with(
                "what", "the same calls by a bare client of the SDK, " + BARE_THREADS + " threads")
            .with("messages", Json.of(once))
            .with("seconds", Table.number(floor))
            .with("a second", Table.number(once / floor))
            .with("of the floor", Table.number(share))
            .with("≥", Table.number(LEAST_OF_FLOOR))
            .with(Table.MET, Json.of(share >= LEAST_OF_FLOOR)));
    return new Table(
        "throughput",
        "Throughput on the local stack",
        List.of(
            "Times are this machine's and provisional: it may have other work, and functions and"
                + " engines share its processors. Seconds of the processor are the stack's whole"
                + " process.",
            "Of the floor: how fast the whole is, measured by the bare calls of DynamoDB, SQS and"
                + " Secrets Manager alone; what pollers and SES do is not among these."),
        rows);
  }

  private static Json.Obj row(String what, int messages, Took took) {
    return Json.object()
        .with("what", what)
        .with("messages", Json.of(messages))
        .with("seconds", Table.number(took.seconds()))
        .with("a second", Table.number(messages / took.seconds()))
        .with("processor s a 1,000", Table.number(took.processorSeconds() * 1_000 / messages))
        .with("write units each", Table.number(took.units() / messages));
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static Took timed(BenchStack stack, Work work) throws IOException, InterruptedException {
    double units = writeUnits(stack);
    Duration processor = stack.processorTime();
    long from = System.nanoTime();
    work.run();
    stack.settle();
    double seconds = (System.nanoTime() - from) / 1e9;
    double used = stack.processorTime().minus(processor).toMillis() / 1e3;
    return new Took(seconds, used, writeUnits(stack) - units);
  }

  private static double writeUnits(BenchStack stack) throws IOException, InterruptedException {
    return stack.stats().fields().values().stream()
        .mapToDouble(
            function ->
                ((Json.Obj) function).get("write_units").orElse(Json.of(0))
                        instanceof Json.Num(BigDecimal value)
                    ? value.doubleValue()
                    : 0)
        .sum();
  }

  private static Took mails(BenchStack stack, int from, int count)
      throws IOException, InterruptedException {
    String named =
        IntStream.range(from, from + count)
            .mapToObj(i -> "\"u" + i + "\"")
            .collect(Collectors.joining(",", "{\"recipients\":[", "]}"));
    return timed(stack, () -> stack.trigger("password-reset", named));
  }

  /** As many emails as there are recipients, a thousand at a time. */
  private List<Json.Obj> growth(BenchStack stack, int once, Took first)
      throws IOException, InterruptedException {
    if (recipients <= TRIGGER) {
      return List.of();
    }
    Took last = first;
    for (int from = TRIGGER; from + TRIGGER <= recipients; from += TRIGGER) {
      last = mails(stack, from, TRIGGER);
    }
    return List.of(
        row("the same with " + recipients + " runs in the table", once, last)
            .with("of the first", Table.number(last.units() / first.units()))
            .with("≤", Table.number(FLAT))
            .with(Table.MET, Json.of(last.units() <= FLAT * first.units())));
  }

  private Took fanOut(BenchStack stack) throws IOException, InterruptedException {
    stack.call("PUT", "/v1/objects/projects/bench", "{\"name\":\"Bench\"}");
    for (int from = 0; from < recipients; from += 100) {
      String named =
          IntStream.range(from, Math.min(recipients, from + 100))
              .mapToObj(i -> "\"u" + i + "\"")
              .collect(Collectors.joining(",", "{\"recipients\":[", "]}"));
      stack.call("POST", "/v1/objects/projects/bench/subscriptions", named);
    }
    stack.settle();
    return timed(
        stack,
        () ->
            stack.trigger(
                "live",
                "{\"recipients\":[{\"collection\":\"projects\",\"id\":\"bench\"}],"
                    + "\"data\":{\"comment\":\"One for all\"}}"));
  }

  /**
   * Records the calls of one trigger on one stack, makes them on another that does nothing else.
   */
  private double bareSeconds(int count) throws IOException, InterruptedException {
    var recording = new Recording(BenchStack.temporary("recording"));
    List<SdkPojo> calls;
    try (var stack = BenchStack.start(home, List.of(recording.option()))) {
      stack.identify(count);
      mails(stack, 0, Math.min(200, count));
      long mark = recording.mark();
      mails(stack, 0, count);
      calls = recording.calls(Optional.empty(), mark);
    }
    try (var stack = BenchStack.start(home, List.of("-Dcarillon.poller.concurrency=0"));
        var clients = new BareClients(stack.aws(), "OWNER")) {
      make(clients, calls.subList(0, Math.min(500, calls.size())));
      long from = System.nanoTime();
      make(clients, calls);
      return (System.nanoTime() - from) / 1e9;
    }
  }

  private static void make(BareClients clients, List<SdkPojo> calls) throws InterruptedException {
    try (var threads = Executors.newFixedThreadPool(BARE_THREADS)) {
      List<Callable<Boolean>> all =
          calls.stream().<Callable<Boolean>>map(call -> () -> clients.make(call)).toList();
      for (var each : threads.invokeAll(all)) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
