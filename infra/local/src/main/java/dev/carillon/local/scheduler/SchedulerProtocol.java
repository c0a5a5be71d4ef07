package dev.carillon.local.scheduler;

import dev.carillon.json.Json;
import dev.carillon.local.iam.AccessRequest;
import dev.carillon.local.wire.AwsError;
import dev.carillon.local.wire.AwsRequest;
import dev.carillon.local.wire.AwsResponse;
import dev.carillon.local.wire.AwsService;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The REST protocol of EventBridge Scheduler over {@link EventBridgeScheduler}. */
public final class SchedulerProtocol {
  private static final int DEFAULT_PAGE = 100;

  private final EventBridgeScheduler schedules;

  public SchedulerProtocol(EventBridgeScheduler schedules) {
    this.schedules = schedules;
  }

  /** The operation that method and path name; {@code Unknown} when they name none. */
  public static String operation(AwsRequest request) {
    var path = request.segments();
    var collection = path.isEmpty() ? "" : path.getFirst();
    return switch (collection) {
      case "schedules" -> verb(request, path.size()) + (path.size() > 1 ? "Schedule" : "Schedules");
      case "schedule-groups" ->
          verb(request, path.size()) + (path.size() > 1 ? "ScheduleGroup" : "ScheduleGroups");
      default -> "Unknown";
    };
  }

  private static String verb(AwsRequest request, int depth) {
    return switch (request.method()) {
      case "POST" -> "Create";
      case "PUT" -> "Update";
      case "DELETE" -> "Delete";
      case "GET" -> depth > 1 ? "Get" : "List";
      default -> "Unknown";
    };
  }

  /** What the call needs of its caller's policies. */
  public List<AccessRequest.Need> needs(AwsRequest request) {
    return SchedulerActions.of(request);
  }

  /**
   * Carries the call out.
   *
   * @throws AwsError as Scheduler would refuse it
   */
  public AwsResponse answer(AwsRequest request) {
    var name = request.segments().size() > 1 ? request.segments().get(1) : "";
    return AwsService.SCHEDULER.ok(
        switch (operation(request)) {
          case "CreateSchedule" -> create(name, request.json());
          case "UpdateSchedule" -> update(name, request.json());
          case "GetSchedule" -> get(group(request), name);
          case "DeleteSchedule" -> delete(group(request), name);
          case "ListSchedules" -> list(request);
          case "CreateScheduleGroup" -> createGroup(name);
          case "GetScheduleGroup" -> {
            existing(name);
            yield Json.object().with("Name", name).with("State", "ACTIVE");
          }
          case "DeleteScheduleGroup" -> {
            existing(name);
            schedules.deleteGroup(name);
            yield Json.object();
          }
          case "ListScheduleGroups" ->
              Json.object()
                  .with(
                      "ScheduleGroups",
                      Json.array(
                          schedules.groups().stream()
                              .map(one -> Json.object().with("Name", one).with("State", "ACTIVE"))
                              .toList()));
          default ->
              throw new AwsError(
                  404,
                  "UnknownOperationException",
                  "The local stack has no such call of Scheduler.");
        });
  }

  private Json.Obj create(String name, Json.Obj body) {
    ScheduleChecks.name("name", name);
    var group = group(body);
    existing(group);
    ScheduleChecks.check(body);
    var token = body.text("ClientToken").orElse("");
    // Looking and putting in one step: of two callers at once, one must see the other's.
    synchronized (schedules) {
      var before = schedules.find(group, name);
      if (before.isPresent()) {
        if (!token.isEmpty() && before.get().token().equals(token)) {
          return Json.object().with("ScheduleArn", before.get().arn());
        }
        throw new AwsError(409, "ConflictException", "Schedule " + name + " already exists.");
      }
      return Json.object().with("ScheduleArn", schedules.put(group, name, body, token).arn());
    }
  }

  private Json.Obj update(String name, Json.Obj body) {
    var group = group(body);
    ScheduleChecks.check(body);
    synchronized (schedules) {
      var before = existing(group, name);
      return Json.object()
          .with("ScheduleArn", schedules.put(group, name, body, before.token()).arn());
    }
  }

  private Json.Obj get(String group, String name) {
    var schedule = existing(group, name);
    return summary(schedule)
        .merged(schedule.settings().without("ClientToken"))
        .with("GroupName", group)
        .with(
            "ActionAfterCompletion",
            schedule.settings().text("ActionAfterCompletion").orElse("NONE"))
        .with(
            "ScheduleExpressionTimezone",
            schedule.settings().text("ScheduleExpressionTimezone").orElse("UTC"));
  }

  private static Json.Obj summary(EventBridgeSchedule schedule) {
    return Json.object()
        .with("Arn", schedule.arn())
        .with("Name", schedule.name())
        .with("GroupName", schedule.group())
        .with("State", schedule.enabled() ? "ENABLED" : "DISABLED")
        .with("CreationDate", seconds(schedule.createdAt()))
        .with("LastModificationDate", seconds(schedule.changedAt()));
  }

  private static Json.Num seconds(Instant instant) {
    return new Json.Num(BigDecimal.valueOf(instant.toEpochMilli(), 3));
  }

  private Json.Obj delete(String group, String name) {
    existing(group, name);
    schedules.delete(group, name);
    return Json.object();
  }

  /** In pages by group and name; the next page begins behind the last of this one. */
  private Json.Obj list(AwsRequest request) {
    var query = request.query();
    var prefix = query.getOrDefault("NamePrefix", "");
    var after = query.getOrDefault("NextToken", "");
    var size = pageSize(query.getOrDefault("MaxResults", "" + DEFAULT_PAGE));
    var matching =
        schedules.list(Optional.ofNullable(query.get("ScheduleGroup"))).stream()
            .filter(schedule -> schedule.name().startsWith(prefix))
            .filter(
                schedule ->
                    !query.containsKey("State")
                        || query.get("State").equals(schedule.enabled() ? "ENABLED" : "DISABLED"))
            .filter(schedule -> place(schedule).compareTo(after) > 0)
            .sorted(Comparator.comparing(SchedulerProtocol::place))
            .limit(size + 1L)
            .toList();
    var page = matching.subList(0, Math.min(size, matching.size()));
    var answer = Json.object().with("Schedules", Json.array(items(page)));
    return matching.size() > size ? answer.with("NextToken", place(page.getLast())) : answer;
  }

  private static List<Json.Obj> items(List<EventBridgeSchedule> page) {
    return page.stream()
        .map(
            schedule ->
                summary(schedule)
                    .with("Target", Json.object().with("Arn", schedule.target().arn())))
        .toList();
  }

  private static int pageSize(String given) {
    try {
      var size = Integer.parseInt(given);
      if (size >= 1 && size <= DEFAULT_PAGE) {
        return size;
      }
    } catch (NumberFormatException _) {
      // As for any other value out of range.
    }
    throw ScheduleChecks.invalid("MaxResults must be between 1 and 100.");
  }

  private static String place(EventBridgeSchedule schedule) {
    return schedule.group() + "/" + schedule.name();
  }

  private Json.Obj createGroup(String name) {
    ScheduleChecks.name("name", name);
    if (!schedules.group(name)) {
      throw new AwsError(409, "ConflictException", "Schedule group " + name + " already exists.");
    }
    return Json.object()
        .with("ScheduleGroupArn", "arn:aws:scheduler:local:000000000000:schedule-group/" + name);
  }

  private void existing(String group) {
    if (!schedules.hasGroup(group)) {
      throw new AwsError(
          404, "ResourceNotFoundException", "Schedule group " + group + " does not exist.");
    }
  }

  private EventBridgeSchedule existing(String group, String name) {
    return schedules
        .find(group, name)
        .orElseThrow(
            () ->
                new AwsError(
                    404, "ResourceNotFoundException", "Schedule " + name + " does not exist."));
  }

  private static String group(Json.Obj body) {
    return body.text("GroupName").orElse("default");
  }

  private static String group(AwsRequest request) {
    return request.query().getOrDefault("groupName", "default");
  }
}
