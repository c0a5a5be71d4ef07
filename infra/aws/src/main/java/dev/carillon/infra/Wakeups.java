package dev.carillon.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.scheduler.ScheduleGroup;
import software.constructs.Construct;

/**
 * What wakes waiting runs: a group of one-time schedules, made while the system runs, and the sweep
 * that finds each minute what they missed. Both may send to the wake queue and nowhere else.
 */
final class Wakeups extends Construct {
  private final TaskSource wake;
  private final ScheduleGroup group;
  private final Role role;

  Wakeups(Construct scope, String id, TaskSource wake) {
    super(scope, id);
    this.wake = wake;
    // Its schedules aim at a queue that goes with the stack; the waits themselves are in the table.
    group =
        ScheduleGroup.Builder.create(this, "Group").removalPolicy(RemovalPolicy.DESTROY).build();
    role =
        Role.Builder.create(this, "Role")
            .assumedBy(
                new PrincipalWithConditions(
                    new ServicePrincipal("scheduler.amazonaws.com"),
                    Map.of(
                        "StringEquals",
                        Map.of(
                            "aws:SourceAccount",
                            Stack.of(this).getAccount(),
                            "aws:SourceArn",
                            group.getScheduleGroupArn()))))
            .build();
    role.addToPrincipalPolicy(
        PolicyStatement.Builder.create()
            .actions(List.of("sqs:SendMessage"))
            .resources(List.of(wake.arn()))
            .build());
    var sweep =
        CfnSchedule.Builder.create(this, "Sweep")
            .description("Finds waits whose wake-up was lost.")
            .groupName(group.getScheduleGroupName())
            .scheduleExpression("rate(1 minute)")
            .flexibleTimeWindow(
                CfnSchedule.FlexibleTimeWindowProperty.builder().mode("OFF").build())
            .target(
                CfnSchedule.TargetProperty.builder()
                    .arn(wake.arn())
                    .roleArn(role.getRoleArn())
                    .input("{\"type\":\"sweep.v1\"}")
                    // The next minute brings another; a pile of old sweeps helps nobody.
                    .retryPolicy(
                        CfnSchedule.RetryPolicyProperty.builder()
                            .maximumEventAgeInSeconds(60)
                            .maximumRetryAttempts(2)
                            .build())
                    .build())
            .build();
    sweep.getNode().addDependency(role);
  }

  /** Lets the function make one-time schedules, and tells it where and for which target. */
  void armedBy(DeployedFunction function) {
    function.set("SCHEDULE_GROUP", group.getScheduleGroupName());
    function.set("SCHEDULE_ROLE_ARN", role.getRoleArn());
    function.set("WAKE_QUEUE_ARN", wake.arn());
    function.allow(
        List.of("scheduler:CreateSchedule"), Wildcard.dueSchedulesIn(group.getScheduleGroupName()));
    function.allow(
        PolicyStatement.Builder.create()
            .actions(List.of("iam:PassRole"))
            .resources(List.of(role.getRoleArn()))
            .conditions(
                Map.of("StringEquals", Map.of("iam:PassedToService", "scheduler.amazonaws.com")))
            .build());
  }
}
