package dev.carillon.functions.management.broadcasts;

import static dev.carillon.edge.access.Access.management;
import static dev.carillon.edge.route.Operation.byCaller;

import dev.carillon.access.ManagementScope;
import dev.carillon.audience.Audiences;
import dev.carillon.broadcast.Broadcast;
import dev.carillon.broadcast.Broadcast.Stage;
import dev.carillon.broadcast.BroadcastPlan;
import dev.carillon.broadcast.Broadcasts;
import dev.carillon.change.Changes;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.Limits;
import dev.carillon.edge.RequestValue;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.route.HttpMethod;
import dev.carillon.edge.route.Operation;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.timer.Timer;
import dev.carillon.timer.TimerScheduler;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowReader;
import dev.carillon.workflow.Workflows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Sends broadcasts, now or later, and calls off those that have not begun.
 *
 * <p>In this order: what is sent is stored as a version, the timer listed, the broadcast stored on
 * condition of its revision, the timer's wake set. Who dies before the condition has sent nothing,
 * and what is listed leads nowhere; who dies after it is made up for by the sweeper. Two who send
 * at once, or one who sends and one who calls off, do so on the same revision, so one wins.
 */
final class SendCalls {
  private static final Access SEND = management(ManagementScope.SEND);

  static final List<Operation<SendCalls>> OPERATIONS =
      List.of(
          byCaller(HttpMethod.PUT, BroadcastCalls.ONE + "/send", SEND, SendCalls::send),
          byCaller(HttpMethod.PUT, BroadcastCalls.ONE + "/cancel", SEND, SendCalls::cancel));

  private final ManagementCall.Reader calls;
  private final BroadcastCalls about;
  private final Stored stored;
  private final TimerScheduler timers;
  private final Changes changes;

  /** What is stored of a broadcast and of what it needs. */
  record Stored(Broadcasts broadcasts, Workflows workflows, Audiences audiences) {}

  SendCalls(
      ManagementCall.Reader calls,
      BroadcastCalls about,
      Stored stored,
      TimerScheduler timers,
      Changes changes) {
    this.calls = calls;
    this.about = about;
    this.stored = stored;
    this.timers = timers;
    this.changes = changes;
  }

  /** At {@code send_at}; without it when its author wants it, or now should that have passed. */
  HttpResponse send(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of());
    Instant now = call.origin().at();
    var asked =
        request.fields().only(Set.of("send_at")).optional("send_at").map(RequestValue::instant);
    asked
        .filter(at -> !at.isAfter(now) || at.isAfter(latest(now)))
        .ifPresent(
            _ -> {
              throw ErrorCode.INVALID_PARAMS.at(
                  "send_at",
                  "must be in the future, at most "
                      + Limits.BROADCAST_DAYS_AHEAD
                      + " days from now");
            });
    Broadcast draft = about.found(call);
    if (!(draft.stage() instanceof Stage.Draft)) {
      throw ErrorCode.BROADCAST_NOT_DRAFT.refused();
    }
    var content = new BroadcastContent(draft.content());
    Instant at =
        asked.orElseGet(
            () -> content.scheduledAt().filter(wanted -> wanted.isAfter(now)).orElse(now));
    Workflow workflow = workflow(call, draft, content);
    stored.workflows().commit(call.id(), workflow);
    var plan =
        new BroadcastPlan(draft.sendings() + 1, at, workflow.version(), audience(call, content));
    Timer timer = Timer.ofBroadcast(call.id(), draft.key(), plan);
    Broadcast scheduled = draft.scheduled(plan, now);
    changes.record(
        call.id(),
        call.origin().change("scheduled", "broadcast/" + draft.key(), "", at.toString()));
    timers.listBeforeStoring(timer);
    if (!stored.broadcasts().save(scheduled)) {
      throw ErrorCode.CONTENT_CHANGED.refused();
    }
    timers.wakeAfterStoring(List.of(timer), now);
    return about.wrapped(call, scheduled);
  }

  private static Instant latest(Instant now) {
    return now.plus(Duration.ofDays(Limits.BROADCAST_DAYS_AHEAD));
  }

  private Workflow workflow(ManagementCall call, Broadcast draft, BroadcastContent content) {
    BroadcastCalls.refuse(about.problems(call, draft));
    return switch (WorkflowReader.read(draft.workflow(), content.workflow())) {
      case WorkflowReader.Read.Ok(var workflow) -> workflow;
      case WorkflowReader.Read.Refused _ ->
          throw new IllegalStateException(draft.key() + " was checked, and cannot be read");
    };
  }

  private String audience(ManagementCall call, BroadcastContent content) {
    return content
        .audience()
        .filter(key -> stored.audiences().findNow(call.id(), key).isPresent())
        .orElseThrow(
            () ->
                ErrorCode.INVALID_PARAMS.at(
                    "target_audience_key", "must be the key of an audience that is committed"));
  }

  /** Back to a draft; what is being sent or was cannot be called off. */
  HttpResponse cancel(HttpRequest request, Caller caller) {
    var call = calls.readWhole(request, caller, Set.of());
    Broadcast before = about.found(call);
    if (!(before.stage() instanceof Stage.Scheduled(var plan))) {
      throw ErrorCode.NOT_WAITING.refused();
    }
    changes.record(
        call.id(),
        call.origin().change("cancelled", "broadcast/" + before.key(), plan.at().toString(), ""));
    Broadcast draft = before.at(new Stage.Draft(), call.origin().at());
    if (!stored.broadcasts().save(draft)) {
      throw ErrorCode.NOT_WAITING.refused();
    }
    timers.unlist(Timer.ofBroadcast(call.id(), before.key(), plan));
    return about.wrapped(call, draft);
  }
}
