package dev.carillon.bench;

import java.util.Locale;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks in about a minute and prints the median of each and what it should be at
 * most. Ends with 1 when one is above that.
 */
public final class Benchmarks {
  /**
   * A benchmark and its target.
   *
   * @param micros what its median should be at most
   */
  private record Target(String name, Class<?> benchmark, double micros) {}

  private static final Target DECISION = new Target("step decision", DecisionBenchmark.class, 50);
  private static final Target RENDERING =
      new Target("render of an email", RenderBenchmark.class, 300);

  private Benchmarks() {}

  public static void main(String[] arguments) throws RunnerException {
    boolean met = measure(DECISION) & measure(RENDERING);
    System.exit(met ? 0 : 1);
  }

  private static boolean measure(Target target) throws RunnerException {
    var options =
        new OptionsBuilder()
            .include(target.benchmark().getName())
            .mode(Mode.SampleTime)
            .forks(2)
            .warmupIterations(5)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(5)
            .measurementTime(TimeValue.seconds(2))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    boolean met = true;
    for (RunResult run : new Runner(options).run()) {
      Result<?> result = run.getPrimaryResult();
      double median = result.getStatistics().getPercentile(50);
      met &= median <= target.micros();
      System.out.printf(
          Locale.ROOT,
          "%-20s median %6.1f µs, 99 of 100 within %6.1f µs (target: median of at most %.0f µs)%n",
          target.name(),
          median,
          result.getStatistics().getPercentile(99),
          target.micros());
    }
    return met;
  }
}
