package dev.carillon.bench.load;

import dev.carillon.bench.report.Sample;
import dev.carillon.bench.report.Table;
import dev.carillon.bench.stack.BenchStack;
import dev.carillon.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** How late waits end, and how soon the API answers when more comes than can be delivered. */
public final class LatenessTable {
  private static final double LATE_AT_MOST_SECONDS = 2;
  private static final int P99_AT_MOST_OF_P50 = 5;

  /** The same waits each time. */
  private static final long SEED = 20_260_105;

  private final Path home;
  private final int waits;
  private final int triggers;
  private final Duration load;

  public LatenessTable(Path home, boolean small) {
    this.home = home;
    waits = small ? 30 : 300;
    triggers = small ? 40 : 300;
    load = Duration.ofSeconds(small ? 3 : 15);
  }

  public Table measure() throws IOException, InterruptedException {
    var rows = new ArrayList<Json.Obj>();
    try (var stack = BenchStack.start(home, List.of())) {
      stack.identify(50);
      stack.trigger("password-reset", "{\"recipients\":[\"u1\"]}");
      stack.settle();
      // As AWS does: a schedule goes off anywhere within its minute.
      stack.call("POST", "/_local/scheduler", "{\"spread\":true}");
      rows.add(
          waited(stack, "waits of 2 s to 14 min", Duration.ofSeconds(2), Duration.ofMinutes(14)));
      rows.add(
          waited(stack, "waits of 16 min to 2 days", Duration.ofMinutes(16), Duration.ofDays(2)));
    }
    try (var stack = BenchStack.start(home, List.of())) {
      stack.identify(50);
      rows.add(loaded(stack));
    }
    return new Table(
        "lateness",
        "Lateness of waits and latency under load, in milliseconds",
        List.of(
            "Waits: from the instant that was asked for to the mail's acceptance, by the stack's"
                + " clock, which is moved on while nothing is at work; schedules go off anywhere"
                + " within their minute.",
            "Load: triggers for one recipient come at twice the rate at which they are delivered;"
                + " from when each is due to its answer. Times are this machine's and"
                + " provisional."),
        rows);
  }

  private Json.Obj waited(BenchStack stack, String what, Duration least, Duration most)
      throws IOException, InterruptedException {
    var random = new Random(SEED);
    for (int i = 0; i < waits; i++) {
      // Short ones as often as long ones.
      double share = random.nextDouble();
      double seconds =
          least.toSeconds() * Math.pow((double) most.toSeconds() / least.toSeconds(), share);
      Instant due = stack.now().plusMillis(Math.round(seconds * 1_000));
      stack.trigger(
          "wait-until",
          "{\"recipients\":[\"u%d\"],\"data\":{\"due\":\"%s\"}}".formatted(i % 50, due));
    }
    stack.advance(most.plus(Duration.ofMinutes(3)));
    stack.settle();
    var late = new ArrayList<Double>();
    for (Json.Obj mail : stack.outbox()) {
      if (mail.text("subject").orElse("").startsWith("2")) {
        Instant due = Instant.parse(mail.text("subject").orElseThrow());
        Instant sent = Instant.parse(mail.text("at").orElseThrow());
        late.add(Duration.between(due, sent).toNanos() / 1e6);
      }
    }
    stack.call("DELETE", "/_local/outbox", "");
    if (late.size() != waits) {
      throw new IllegalStateException("Of " + waits + " waits " + late.size() + " ended");
    }
    var sample = Sample.of(late);
    return Json.object()
        .with("what", what)
        .with("count", Json.of(sample.size()))
        .with("p50", Table.number(sample.at(50)))
        .with("p99", Table.number(sample.at(99)))
        .with("max", Table.number(sample.at(100)))
        .with("p99 ≤", Table.number(LATE_AT_MOST_SECONDS * 1_000))
        .with(Table.MET, Json.of(sample.at(99) <= LATE_AT_MOST_SECONDS * 1_000));
  }

  private Json.Obj loaded(BenchStack stack) throws IOException, InterruptedException {
    send(stack, triggers / 4, 0);
    stack.settle();
    long from = System.nanoTime();
    send(stack, triggers, 0);
    stack.settle();
    double sustained = triggers / ((System.nanoTime() - from) / 1e9);
    double rate = 2 * sustained;
    List<Answer> answers = send(stack, (int) Math.round(rate * load.toSeconds()), rate);
    stack.settle();
    var sample = Sample.of(answers.stream().map(Answer::millis).toList());
    long failed = answers.stream().filter(answer -> answer.status() >= 500).count();
    return Json.object()
        .with("what", "triggers at %.0f a second, twice what is delivered".formatted(rate))
        .with("count", Json.of(sample.size()))
        .with("p50", Table.number(sample.at(50)))
        .with("p99", Table.number(sample.at(99)))
        .with("max", Table.number(sample.at(100)))
        .with("p99 ≤", Table.number(P99_AT_MOST_OF_P50 * sample.at(50)))
        .with("5xx", Json.of(failed))
        .with(
            Table.MET, Json.of(failed == 0 && sample.at(99) <= P99_AT_MOST_OF_P50 * sample.at(50)));
  }

  private record Answer(int status, double millis) {}

  /**
   * Sends triggers of one recipient.
   *
   * @param rate a second; 0 for one after the other on four lines
   */
  private static List<Answer> send(BenchStack stack, int count, double rate)
      throws InterruptedException {
    var answers = Collections.synchronizedList(new ArrayList<Answer>());
    long start = System.nanoTime();
    try (var threads =
        rate > 0 ? Executors.newVirtualThreadPerTaskExecutor() : Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < count; i++) {
        int number = i;
        long due = rate > 0 ? start + Math.round(i / rate * 1e9) : 0;
        threads.submit(
            () -> {
              while (rate > 0 && System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
              }
              long from = rate > 0 ? due : System.nanoTime();
              var answer =
                  stack.send(
                      "POST",
                      "/v1/workflows/password-reset/trigger",
                      "{\"recipients\":[\"u" + number % 50 + "\"]}",
                      "sk_local");
              answers.add(new Answer(answer.statusCode(), (System.nanoTime() - from) / 1e6));
              return null;
            });
      }
    }
    if (answers.size() != count) {
      throw new IllegalStateException("Of " + count + " calls " + answers.size() + " answered");
    }
    return answers;
  }
}
