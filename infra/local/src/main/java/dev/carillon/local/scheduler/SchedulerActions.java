package dev.carillon.local.scheduler;

import dev.carillon.local.iam.AccessRequest.Need;
import dev.carillon.local.template.AccountRegion;
import dev.carillon.local.wire.AwsRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * What a call of Scheduler needs of its caller's policies: the action of its name, and who gives a
 * schedule a role must be allowed to pass it.
 */
final class SchedulerActions {
  private SchedulerActions() {}

  static List<Need> of(AwsRequest request) {
    var operation = SchedulerProtocol.operation(request);
    var action = "scheduler:" + operation;
    var name = request.segments().size() > 1 ? request.segments().get(1) : "*";
    return switch (operation) {
      case "CreateSchedule", "UpdateSchedule" -> {
        var body = request.json();
        var needs = new ArrayList<Need>();
        needs.add(Need.of(action, schedule(body.text("GroupName").orElse("default"), name)));
        body.object("Target")
            .text("RoleArn")
            .ifPresent(
                role ->
                    needs.add(
                        Need.of("iam:PassRole", role)
                            .with("iam:PassedToService", EventBridgeScheduler.PRINCIPAL.name())));
        yield needs;
      }
      case "GetSchedule", "DeleteSchedule" ->
          List.of(
              Need.of(
                  action, schedule(request.query().getOrDefault("groupName", "default"), name)));
      case "ListSchedules" ->
          List.of(
              Need.of(action, schedule(request.query().getOrDefault("ScheduleGroup", "*"), "*")));
      default ->
          List.of(Need.of(action, AccountRegion.LOCAL.arn("scheduler", "schedule-group/" + name)));
    };
  }

  private static String schedule(String group, String name) {
    return AccountRegion.LOCAL.arn("scheduler", "schedule/" + group + "/" + name);
  }
}
