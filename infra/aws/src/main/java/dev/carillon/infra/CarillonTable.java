package dev.carillon.infra;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Billing;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexPropsV2;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.ProjectionType;
import software.amazon.awscdk.services.dynamodb.TableEncryptionV2;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.constructs.Construct;

/** The one table, and who may read and write it. It outlives the stack. */
final class CarillonTable extends Construct {
  /** An index is sparse: it holds the items that carry its two key attributes. */
  enum Index {
    /** Recipient to runs, newest first. */
    RUNS("runs", "a_pk", "a_sk"),
    /** The items of one user's in-app channel, by state and time. */
    FEED("feed", "b_pk", "b_sk");

    final String indexName;
    private final String partitionKey;
    private final String sortKey;

    Index(String indexName, String partitionKey, String sortKey) {
      this.indexName = indexName;
      this.partitionKey = partitionKey;
      this.sortKey = sortKey;
    }

    private GlobalSecondaryIndexPropsV2.Builder keys() {
      return GlobalSecondaryIndexPropsV2.builder()
          .indexName(indexName)
          .partitionKey(text(partitionKey))
          .sortKey(text(sortKey));
    }
  }

  private final TableV2 table;

  CarillonTable(Construct scope, String id) {
    super(scope, id);
    table =
        TableV2.Builder.create(this, "Table")
            .partitionKey(text("pk"))
            .sortKey(text("sk"))
            .billing(Billing.onDemand())
            .encryption(TableEncryptionV2.dynamoOwnedKey())
            .timeToLiveAttribute("ttl")
            .pointInTimeRecoverySpecification(
                PointInTimeRecoverySpecification.builder().pointInTimeRecoveryEnabled(true).build())
            .deletionProtection(true)
            .removalPolicy(RemovalPolicy.RETAIN)
            .globalSecondaryIndexes(
                List.of(
                    Index.RUNS.keys().projectionType(ProjectionType.KEYS_ONLY).build(),
                    // Message id, tenant, workflow, categories, flat trigger data, time: what a
                    // feed filters by and counts without opening the message.
                    Index.FEED
                        .keys()
                        .projectionType(ProjectionType.INCLUDE)
                        .nonKeyAttributes(List.of("mid", "tn", "wf", "ct", "td", "at"))
                        .build()))
            .build();
  }

  String name() {
    return table.getTableName();
  }

  /** A count of the table's: {@code ReadThrottleEvents}, say. */
  IMetric counted(String metric) {
    return table.metric(
        metric, MetricOptions.builder().statistic("Sum").period(Duration.minutes(5)).build());
  }

  void watchedBy(OperationalAlarms alarms) {
    for (var kind : List.of("Read", "Write")) {
      alarms.when(
          this,
          kind + "Throttles",
          "The table throttles: tasks and callers try again, but something is hot.",
          counted(kind + "ThrottleEvents"),
          ComparisonOperator.GREATER_THAN_THRESHOLD,
          0);
    }
  }

  /** Tells the function the table's name; what it may do there follows. */
  TableAccess usedBy(DeployedFunction function) {
    function.set("TABLE_NAME", name());
    return new TableAccess(function, table.getTableArn());
  }

  private static Attribute text(String name) {
    return Attribute.builder().name(name).type(AttributeType.STRING).build();
  }
}
