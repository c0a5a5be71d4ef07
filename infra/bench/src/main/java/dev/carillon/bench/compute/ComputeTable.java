package dev.carillon.bench.compute;

import dev.carillon.bench.report.Table;
import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** How long deciding a step and rendering an email take: the median and what it should be. */
public final class ComputeTable {
  /**
   * A benchmark and its target.
   *
   * @param micros what its median should be at most
   */
  private record Target(String name, Class<?> benchmark, double micros) {}

  private static final List<Target> TARGETS =
      List.of(
          new Target("step decision", DecisionBenchmark.class, 50),
          new Target("render of an email", RenderBenchmark.class, 300));

  private ComputeTable() {}

  /** Takes about a minute, or a few seconds when it is only tried. */
  public static Table measure(boolean small) {
    var rows = new ArrayList<Json.Obj>();
    for (Target target : TARGETS) {
      rows.addAll(rows(target, small ? 1 : 5));
    }
    return new Table("compute", "What is computed, in microseconds", List.of(), rows);
  }

  private static List<Json.Obj> rows(Target target, int iterations) {
    var options =
        new OptionsBuilder()
            .include(target.benchmark().getName())
            .mode(Mode.SampleTime)
            .forks(iterations == 1 ? 1 : 2)
            .warmupIterations(iterations)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(iterations)
            .measurementTime(TimeValue.seconds(2))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    var rows = new ArrayList<Json.Obj>();
    try {
      for (RunResult run : new Runner(options).run()) {
        Result<?> result = run.getPrimaryResult();
        double median = result.getStatistics().getPercentile(50);
        rows.add(
            Json.object()
                .with("what", target.name())
                .with("p50 µs", Table.number(median))
                .with("p99 µs", Table.number(result.getStatistics().getPercentile(99)))
                .with("p50 at most", Table.number(target.micros()))
                .with(Table.MET, Json.of(median <= target.micros())));
      }
    } catch (RunnerException e) {
      throw new IllegalStateException(e);
    }
    return rows;
  }
}
