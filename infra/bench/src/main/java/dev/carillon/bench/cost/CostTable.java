package dev.carillon.bench.cost;

import dev.carillon.bench.report.Table;
import dev.carillon.bench.stack.BenchStack;
import dev.carillon.json.Json;
import dev.carillon.local.template.AccountRegion;
import dev.carillon.local.template.StackTemplate;
import dev.carillon.local.template.StackTemplateReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What notifications use of AWS and cost. Counts are exact; Lambda's time is this machine's, with
 * one batch of each queue at work at a time, as an environment in Lambda has its processor for
 * itself.
 */
public final class CostTable {
  private final Path home;
  private final Map<String, Integer> memory;
  private final Scenarios scenarios;
  private final int recipients;

  public CostTable(Path home, boolean small) {
    this.home = home;
    recipients = small ? 250 : 1_000;
    scenarios = new Scenarios(recipients, small ? 20 : 100);
    memory =
        StackTemplateReader.read(BenchStack.assembly(home), AccountRegion.LOCAL)
            .functions()
            .stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    StackTemplate.Function::verb, StackTemplate.Function::memoryMegabytes));
  }

  public Table measure() throws IOException, InterruptedException {
    var rows = new ArrayList<Json.Obj>();
    try (var stack = BenchStack.start(home, List.of("-Dcarillon.poller.concurrency=1"))) {
      stack.identify(recipients);
      // Whatever is loaded once has been: else few would pay for it what many share.
      for (String workflow : List.of("new-comment", "password-reset", "ten-in-one")) {
        stack.trigger(workflow, "{\"recipients\":[\"u1\"],\"data\":{\"comment\":\"c\"}}");
      }
      stack.advance(Duration.ofMinutes(6));
      for (Scenario scenario : scenarios.all()) {
        rows.add(row(scenario, counted(stack, scenario)));
      }
    }
    return new Table(
        "cost",
        "What one costs, counted on the local stack",
        List.of(
            "Counts are exact. Lambda's milliseconds are this machine's and provisional; the sweep"
                + " of each minute is a price by the month and not among them.",
            "Many mails share receives, deletes and reads by batches, the fuller the quicker they"
                + " come: a machine that does other things, or few mails, count a little more of"
                + " these.",
            "Dollars are AWS's list prices in us-east-1 without a free tier and without what the"
                + " provider takes."),
        rows);
  }

  private Usage counted(BenchStack stack, Scenario scenario)
      throws IOException, InterruptedException {
    if (scenario.before().isPresent()) {
      scenario.before().get().on(stack);
      stack.settle();
    }
    Json.Obj before = stack.stats();
    scenario.work().on(stack);
    stack.settle();
    return Usage.between(before, stack.stats(), counting(scenario), scenario.apiRequests());
  }

  private Map<String, Integer> counting(Scenario scenario) {
    return memory.entrySet().stream()
        .filter(it -> scenario.functions().isEmpty() || scenario.functions().contains(it.getKey()))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Json.Obj row(Scenario scenario, Usage usage) {
    double times = scenario.times();
    var budget = scenario.budget();
    double writes = usage.writeUnits() / times;
    double reads = usage.readUnits() / times;
    double requests = usage.queueRequests() / times;
    return Json.object()
        .with("what", scenario.name())
        .with("per", scenario.per())
        .with("write units", Table.number(writes))
        .with("write ≤", Table.number(budget.writeUnits()))
        .with("read units", Table.number(reads))
        .with("read ≤", Table.number(budget.readUnits()))
        .with("SQS", Table.number(requests))
        .with("SQS ≤", Table.number(budget.queueRequests()))
        .with("Scheduler", Table.number(usage.schedulerCalls() / times))
        .with("invocations", Table.number(usage.invocations() / times))
        .with("Lambda ms", Table.number(usage.billedMillis() / times))
        .with("$ a million", Table.number(Prices.dollars(usage) / times * 1_000_000))
        .with(
            Table.MET,
            Json.of(
                keeps(writes, budget.writeUnits())
                    && keeps(reads, budget.readUnits())
                    && keeps(requests, budget.queueRequests())));
  }

  /** To the tenth: what a trigger itself takes is shared by all that it reaches. */
  private static boolean keeps(double used, double budget) {
    return Math.round(used * 10) <= Math.round(budget * 10);
  }
}
