package dev.carillon.functions.api;

import dev.carillon.edge.Authentication;
import dev.carillon.edge.Routes;
import dev.carillon.edge.Routes.Access;
import dev.carillon.message.Engagement;
import dev.carillon.runtime.Ports;
import dev.carillon.schedule.Planning;
import dev.carillon.signal.TellEvents;
import dev.carillon.timer.ScheduleTimers;

/** Builds the function's parts from its ports. */
final class ApiWiring {
  private final Ports ports;

  ApiWiring(Ports ports) {
    this.ports = ports;
  }

  /**
   * Who answers what. Public keys may do what concerns one user: these calls alone are for browsers
   * and apps.
   */
  Routes routes() {
    var channels = ports.channels();
    var messages = ports.messages();
    var clock = ports.clock();
    var tell = new TellEvents(ports.listeners(), ports.tasks());
    var users = new UserCalls(ports.recipients(), channels, tell, clock);
    var reading = new MessageCalls(messages, ports.runs(), channels, ports.recipients());
    var mark = new MarkMessage(messages, tell, clock, ports.log());
    var marking = new StatusCalls(mark, messages, channels);
    var running = new RunCalls(ports.runs());
    var keep = keepSchedules();
    var scheduling = scheduleCalls(keep);
    var schedules = new ScheduleLists(ports.schedules(), ports.recipients());
    var workflows = new WorkflowCalls(ports.workflows());
    var find =
        new FindWaiting(ports.dues(), ports.runs(), messages, ports.schedules(), ports.batches());
    var waiting = waitingCalls(find, mark, keep);
    var auditing =
        new AuditCalls(
            ports.triggers(),
            new AuditTrigger(
                ports.triggers(), ports.rosters(), ports.runs(), messages, ports.dues(), clock));
    var explaining =
        new ExplainCalls(
            ports.runs(),
            messages,
            find,
            channels,
            new WhyNoRun(ports.recipients(), ports.workflows(), ports.triggers(), ports.rosters()));
    return new Routes(new Authentication(ports.apiKeys(), clock), ports.log())
        .on("GET /v1/users/{id}", Access.ANY_KEY, users::show)
        .on("PUT /v1/users/{id}", Access.ANY_KEY, users::identify)
        .on("GET /v1/messages", Access.SECRET_KEY, reading::list)
        .on("GET /v1/messages/{id}", Access.SECRET_KEY, reading::show)
        .on("GET /v1/messages/{id}/activities", Access.SECRET_KEY, reading::activities)
        .on("GET /v1/messages/{id}/content", Access.SECRET_KEY, reading::content)
        .on("GET /v1/messages/{id}/delivery_logs", Access.SECRET_KEY, reading::deliveryLogs)
        .on("GET /v1/messages/{id}/events", Access.SECRET_KEY, reading::events)
        .on("PUT /v1/messages/{id}/seen", Access.ANY_KEY, marking.did(Engagement.SEEN))
        .on("PUT /v1/messages/{id}/read", Access.ANY_KEY, marking.did(Engagement.READ))
        .on("PUT /v1/messages/{id}/archived", Access.ANY_KEY, marking.did(Engagement.ARCHIVED))
        .on("PUT /v1/messages/{id}/interacted", Access.ANY_KEY, marking::interacted)
        .on("DELETE /v1/messages/{id}/seen", Access.ANY_KEY, marking.undid(Engagement.SEEN))
        .on("DELETE /v1/messages/{id}/read", Access.ANY_KEY, marking.undid(Engagement.READ))
        .on("DELETE /v1/messages/{id}/archived", Access.ANY_KEY, marking.undid(Engagement.ARCHIVED))
        .on("GET /v1/schedules", Access.SECRET_KEY, schedules::ofWorkflow)
        .on("POST /v1/schedules", Access.SECRET_KEY, scheduling::make)
        .on("PUT /v1/schedules", Access.SECRET_KEY, scheduling::change)
        .on("DELETE /v1/schedules", Access.SECRET_KEY, scheduling::delete)
        .on("GET /v1/users/{id}/schedules", Access.SECRET_KEY, schedules::ofUser)
        .on("GET /v1/objects/{collection}/{id}/schedules", Access.SECRET_KEY, schedules::ofObject)
        .on("PUT /v1/workflows/{key}/activate", Access.SECRET_KEY, workflows::activate)
        .on("GET /v1/workflow_recipient_runs", Access.SECRET_KEY, running::list)
        .on("GET /v1/workflow_recipient_runs/{id}", Access.SECRET_KEY, running::show)
        .on("GET /v1/explain", Access.SECRET_KEY, explaining::explain)
        .on("GET /v1/audit", Access.SECRET_KEY, auditing::audit)
        .on("GET /v1/waiting", Access.SECRET_KEY, waiting::list)
        .on("POST /v1/waiting/{id}/cancel", Access.SECRET_KEY, waiting::cancel)
        .on("POST /v1/waiting/{id}/send_now", Access.SECRET_KEY, waiting::sendNow)
        .on("POST /v1/waiting/{id}/flush", Access.SECRET_KEY, waiting::flush);
  }

  private WaitingCalls waitingCalls(FindWaiting find, MarkMessage mark, KeepSchedules keep) {
    return new WaitingCalls(
        find,
        new EndWaiting(
            ports.runs(),
            ports.triggers(),
            ports.batches(),
            ports.dues(),
            ports.tasks(),
            ports.clock()),
        new EndHolding(
            mark, ports.messages(), ports.runs(), ports.dues(), ports.tasks(), ports.clock()),
        ports.schedules(),
        keep,
        ports.clock(),
        ports.log());
  }

  private KeepSchedules keepSchedules() {
    return new KeepSchedules(
        ports.schedules(),
        new Planning(ports.recipients(), ports.environments()),
        new ScheduleTimers(ports.dues(), ports.minuteSchedules(), ports.tasks()),
        ports.clock(),
        ports.log());
  }

  private ScheduleCalls scheduleCalls(KeepSchedules keep) {
    var clock = ports.clock();
    var recipients = ports.recipients();
    return new ScheduleCalls(
        keep,
        new IdentifyRecipients(
            recipients, ports.channels(), new TellEvents(ports.listeners(), ports.tasks()), clock),
        ports.workflows(),
        recipients,
        clock);
  }
}
