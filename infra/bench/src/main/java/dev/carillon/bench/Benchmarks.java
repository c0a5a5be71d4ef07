package dev.carillon.bench;

import dev.carillon.bench.cold.ClickTable;
import dev.carillon.bench.cold.ColdTable;
import dev.carillon.bench.compute.ComputeTable;
import dev.carillon.bench.cost.CostTable;
import dev.carillon.bench.load.FanoutTable;
import dev.carillon.bench.load.LatenessTable;
import dev.carillon.bench.load.ThroughputTable;
import dev.carillon.bench.report.Table;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures on local stacks of its own, prints tables and writes them as JSON. Reads the property
 * {@code carillon.home}, the checkout's root. Ends with 1 when a budget is missed, with 2 when it
 * was asked for something that there is not.
 */
public final class Benchmarks {
  private Benchmarks() {}

  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(System.getProperty("carillon.home", "")).toAbsolutePath();
    BenchOptions options;
    try {
      options =
          BenchOptions.parse(List.of(arguments), home.resolve("infra/bench/target/bench.json"));
    } catch (BenchOptions.Refused e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    var tables = new ArrayList<Table>();
    PrintStream terminal = System.out;
    // Functions that run in processes of their own log to standard output.
    Path log = options.json().resolveSibling("bench.log");
    Files.createDirectories(log.toAbsolutePath().getParent());
    System.setOut(new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8));
    for (String name : options.tables()) {
      Table table = measured(name, home, options);
      terminal.println(table.text());
      tables.add(table);
    }
    write(options.json(), tables);
    terminal.println("as JSON: " + options.json());
    System.exit(tables.stream().allMatch(Table::met) ? 0 : 1);
  }

  private static Table measured(String name, Path home, BenchOptions options) throws Exception {
    return switch (name) {
      case "cost" -> new CostTable(home, options.small()).measure();
      case "cold" ->
          new ColdTable(home, options.small() ? 1 : options.rounds(), options.functions())
              .measure();
      case "click" ->
          new ClickTable(
                  home, options.small() ? 1 : options.rounds(), options.small() ? 200 : 5_000)
              .measure();
      case "throughput" ->
          new ThroughputTable(home, options.small() ? 100 : options.recipients()).measure();
      case "fanout" ->
          new FanoutTable(home, options.small() ? 1_000 : options.recipients(), options.isolated())
              .measure();
      case "lateness" -> new LatenessTable(home, options.small()).measure();
      case "compute" -> ComputeTable.measure(options.small());
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static void write(Path file, List<Table> tables) throws IOException {
    Json.Obj all =
        Json.object()
            .with("processors", Json.of(Runtime.getRuntime().availableProcessors()))
            .with("jvm", Runtime.version().toString())
            .with("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    for (Table table : tables) {
      all = all.with(table.name(), table.json());
    }
    Files.write(file, JsonText.bytes(all));
  }
}
