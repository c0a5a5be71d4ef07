package dev.carillon.local.engine;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.local.scheduler.ScheduleTarget;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process for {@link KillTest} to kill: starts engines on the folder it is given and says where
 * they answer.
 */
final class KilledStack {
  static final String TABLE =
      """
      {"TableName":"carillon","BillingMode":"PAY_PER_REQUEST",
       "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
       "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}]}
      """;

  private KilledStack() {}

  /** The engines with all that the test needs. */
  static Bench open(Path data) {
    var bench = new Bench(Optional.of(data));
    bench.queue("steps");
    bench.engines.tables().create((Json.Obj) JsonText.parse(TABLE), Optional.empty());
    return bench;
  }

  public static void main(String[] args) throws InterruptedException {
    try (var bench = open(Path.of(args[0]))) {
      bench
          .engines
          .schedules()
          .define(
              "due",
              "later",
              "at(2030-01-01T00:00:00)",
              "UTC",
              new ScheduleTarget(Bench.arn("steps"), "{}", Optional.empty(), Optional.empty()));
      bench.engines.secrets().create("a", "1");
      bench.clock.moveTo(Bench.START.plusSeconds(60));
      System.out.println("ready " + bench.engines.endpoint());
      Thread.currentThread().join();
    }
  }
}
