package dev.carillon.infra;

import java.util.Optional;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** Alarms, and whom they tell. */
record OperationalAlarms(Optional<String> topicArn) {

  /** Rings after one period; no data is no trouble, since idle queues and functions report none. */
  void when(
      Construct scope,
      String id,
      String description,
      IMetric metric,
      ComparisonOperator comparison,
      double threshold) {
    told(
        Alarm.Builder.create(scope, id)
            .alarmDescription(description)
            .metric(metric)
            .comparisonOperator(comparison)
            .threshold(threshold)
            .evaluationPeriods(1)
            .treatMissingData(TreatMissingData.NOT_BREACHING)
            .build());
  }

  /** Rings when what should happen all the time did not in one period: no data is the trouble. */
  void whenNothing(Construct scope, String id, String description, IMetric metric) {
    told(
        Alarm.Builder.create(scope, id)
            .alarmDescription(description)
            .metric(metric)
            .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
            .threshold(1)
            .evaluationPeriods(1)
            .treatMissingData(TreatMissingData.BREACHING)
            .build());
  }

  private void told(Alarm alarm) {
    topicArn.ifPresent(
        arn -> alarm.addAlarmAction(new SnsAction(Topic.fromTopicArn(alarm, "Topic", arn))));
  }
}
