package dev.carillon.infra;

import dev.carillon.infra.settings.Installation;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.lambda.Function;
import software.constructs.Construct;

/** One page for who is called at night: what is stuck, what fails, what is slow, what it uses. */
final class OperationalDashboard extends Construct {
  private static final MetricOptions SUM =
      MetricOptions.builder().statistic("Sum").period(Duration.minutes(5)).build();
  private static final MetricOptions SLOWEST =
      MetricOptions.builder().statistic("p99").period(Duration.minutes(5)).build();

  OperationalDashboard(
      Construct scope,
      Installation installation,
      List<QueueFunction> queues,
      List<DeployedFunction> functions,
      TableInUse table,
      OutgoingMail mail) {
    super(scope, "Dashboard");
    var lambdas = functions.stream().map(DeployedFunction::function).toList();
    Dashboard.Builder.create(this, "Page")
        .dashboardName(installation.name())
        .widgets(
            List.of(
                List.of(
                    graph("Dead letters", queues.stream().map(it -> it.tasks().buried()).toList()),
                    graph(
                        "Age of the oldest task, s",
                        queues.stream().map(it -> it.tasks().age()).toList())),
                List.of(
                    graph("Errors", lambdas.stream().map(it -> it.metricErrors(SUM)).toList()),
                    graph(
                        "Throttles", lambdas.stream().map(it -> it.metricThrottles(SUM)).toList())),
                List.of(
                    graph(
                        "Duration, p99, ms",
                        lambdas.stream().map(it -> it.metricDuration(SLOWEST)).toList()),
                    graph(
                        "Invocations",
                        lambdas.stream().map(it -> it.metricInvocations(SUM)).toList())),
                List.of(
                    graph(
                        "Table",
                        List.of(
                            table.counted("ConsumedReadCapacityUnits"),
                            table.counted("ConsumedWriteCapacityUnits"),
                            table.counted("ReadThrottleEvents"),
                            table.counted("WriteThrottleEvents"))),
                    graph(
                        "Reputation of mail",
                        List.of(mail.reputation("BounceRate"), mail.reputation("ComplaintRate"))))))
        .build();
  }

  /** Of the whole account: others that take its concurrency slow our functions too. */
  static void throttlesWatchedBy(OperationalAlarms alarms, Construct scope) {
    alarms.when(
        scope,
        "Throttles",
        "Lambda throttles functions of this account: its concurrency is used up.",
        Function.metricAllThrottles(SUM),
        ComparisonOperator.GREATER_THAN_THRESHOLD,
        0);
  }

  private static IWidget graph(String title, List<? extends IMetric> metrics) {
    return GraphWidget.Builder.create().title(title).width(12).left(List.copyOf(metrics)).build();
  }
}
