package dev.carillon.functions.api.schedules;

import static dev.carillon.edge.access.Access.SECRET_KEY;

import dev.carillon.edge.Cursors;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.Pages;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.Schedules;
import dev.carillon.workflow.WorkflowKey;
import java.util.List;
import java.util.function.Function;

/** Calls that list schedules, newest first. */
final class ScheduleLists {
  static final List<Operation<ScheduleLists>> OPERATIONS =
      List.of(
          Operation.get("/v1/schedules", SECRET_KEY, ScheduleLists::ofWorkflow),
          Operation.get("/v1/users/{id}/schedules", SECRET_KEY, ScheduleLists::ofUser),
          Operation.get(
              "/v1/objects/{collection}/{id}/schedules", SECRET_KEY, ScheduleLists::ofObject));

  private final Schedules schedules;
  private final Recipients recipients;

  ScheduleLists(Schedules schedules, Recipients recipients) {
    this.schedules = schedules;
    this.recipients = recipients;
  }

  HttpResponse ofWorkflow(HttpRequest request, EnvironmentId environment) {
    var filters = ScheduleFilters.ofWorkflow(request.query());
    String key =
        filters
            .workflow()
            .orElseThrow(() -> ErrorCode.INVALID_PARAMS.at("workflow", "is required"));
    if (!WorkflowKey.isValid(key)) {
      throw ErrorCode.INVALID_PARAMS.at("workflow", "must be the key of a workflow");
    }
    return answer(
        request,
        environment,
        request.cursors(environment, "schedules", key),
        page -> schedules.ofWorkflow(environment, new WorkflowKey(key), filters::wants, page));
  }

  HttpResponse ofUser(HttpRequest request, EnvironmentId environment) {
    return ofRecipient(request, environment, RecipientId.user(request.pathId("id")));
  }

  HttpResponse ofObject(HttpRequest request, EnvironmentId environment) {
    String collection = request.pathId("collection");
    return ofRecipient(request, environment, new RecipientId(collection, request.pathId("id")));
  }

  private HttpResponse ofRecipient(
      HttpRequest request, EnvironmentId environment, RecipientId recipient) {
    var filters = ScheduleFilters.ofRecipient(request.query());
    return answer(
        request,
        environment,
        request.cursors(environment, "schedules", recipient.collection(), recipient.id()),
        page -> schedules.ofRecipient(environment, recipient, filters::wants, page));
  }

  private HttpResponse answer(
      HttpRequest request,
      EnvironmentId environment,
      Cursors cursors,
      Function<PageRequest, Page<Schedule>> list) {
    var paging = cursors.paging(request.query());
    return Pages.entries(
        cursors,
        paging,
        Pages.filled(paging, list),
        Schedule::position,
        new ScheduleView(recipients, environment)::of);
  }
}
