package dev.carillon.functions.api.schedules;

import static dev.carillon.edge.access.Access.SECRET_KEY;

import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.route.Operation;
import dev.carillon.edge.view.AnswerRoom;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.api.recipients.IdentifyRecipients;
import dev.carillon.id.Digest;
import dev.carillon.json.text.JsonText;
import dev.carillon.recipient.Recipients;
import dev.carillon.schedule.Schedule;
import dev.carillon.workflow.Workflows;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * Calls that make, change and delete schedules. Each is answered with the schedules it was about;
 * ids that no schedule has are left out.
 */
final class ScheduleCalls {
  static final List<Operation<ScheduleCalls>> OPERATIONS =
      List.of(
          Operation.post("/v1/schedules", SECRET_KEY, ScheduleCalls::make),
          Operation.put("/v1/schedules", SECRET_KEY, ScheduleCalls::change),
          Operation.delete("/v1/schedules", SECRET_KEY, ScheduleCalls::delete));

  private final KeepSchedules keep;
  private final IdentifyRecipients identify;
  private final Workflows workflows;
  private final Recipients recipients;
  private final InstantSource clock;

  ScheduleCalls(
      KeepSchedules keep,
      IdentifyRecipients identify,
      Workflows workflows,
      Recipients recipients,
      InstantSource clock) {
    this.keep = keep;
    this.identify = identify;
    this.workflows = workflows;
    this.recipients = recipients;
    this.clock = clock;
  }

  HttpResponse make(HttpRequest request, EnvironmentId environment) {
    var body = ScheduleRequest.of(request.fields(), identify.reader(environment));
    if (workflows.live(environment, body.workflow()).filter(it -> !it.archived()).isEmpty()) {
      throw ErrorCode.WORKFLOW_MISSING.at("workflow", "There is no workflow with this key.");
    }
    String cause = cause(request, environment);
    identify.identify(environment, body.recipients(), body.actor(), body.tenant(), cause);
    return answer(environment, keep.make(body.schedules(environment, cause, clock.instant())));
  }

  HttpResponse change(HttpRequest request, EnvironmentId environment) {
    var body = ScheduleChange.of(request.fields(), identify.reader(environment));
    List<Schedule> found = keep.find(environment, body.ids());
    // What cannot be done to one of them is done to none.
    found.forEach(body::applied);
    identify.identify(
        environment, List.of(), body.actor().put(), body.tenant().put(), request.id());
    var changed = keep.change(found, body::applied);
    if (changed.contended()) {
      throw ErrorCode.RATE_LIMITED.refused();
    }
    return answer(environment, changed.now());
  }

  HttpResponse delete(HttpRequest request, EnvironmentId environment) {
    var body = request.fields().only(Set.of("schedule_ids"));
    List<Schedule> found =
        keep.find(environment, ScheduleFields.ids(body.required("schedule_ids")));
    keep.delete(found);
    return answer(environment, found);
  }

  /** The same for a call and its repetition under the same key. */
  private static String cause(HttpRequest request, EnvironmentId environment) {
    return request
        .idempotencyKey()
        .map(
            key ->
                Digest.of(
                        "schedules",
                        environment.value(),
                        key,
                        JsonText.write(request.fields().json()))
                    .hex())
        .orElse(request.id());
  }

  private HttpResponse answer(EnvironmentId environment, List<Schedule> schedules) {
    var view = new ScheduleView(recipients, environment);
    return HttpResponse.ok(AnswerRoom.all(schedules, view::of, view::brief));
  }
}
