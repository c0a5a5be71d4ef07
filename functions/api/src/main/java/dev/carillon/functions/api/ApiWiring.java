package dev.carillon.functions.api;

import dev.carillon.edge.access.Authentication;
import dev.carillon.edge.route.Router;
import dev.carillon.runtime.Ports;
import dev.carillon.schedule.Planning;
import dev.carillon.signal.TellEvents;
import dev.carillon.timer.ScheduleTimers;

/** Builds the function's resources from its ports. */
final class ApiWiring {
  private final Ports ports;

  ApiWiring(Ports ports) {
    this.ports = ports;
  }

  Router router() {
    return Router.of(
        ApiRoutes.ALL, this, new Authentication(ports.apiKeys(), ports.clock()), ports.log());
  }

  UserCalls users() {
    return new UserCalls(ports.recipients(), ports.channels(), tell(), ports.clock());
  }

  MessageCalls messages() {
    return new MessageCalls(ports.messages(), ports.runs(), ports.channels(), ports.recipients());
  }

  StatusCalls statuses() {
    return new StatusCalls(mark(), ports.messages(), ports.channels());
  }

  RunCalls runs() {
    return new RunCalls(ports.runs());
  }

  WorkflowCalls workflows() {
    return new WorkflowCalls(ports.workflows());
  }

  ScheduleLists scheduleLists() {
    return new ScheduleLists(ports.schedules(), ports.recipients());
  }

  ScheduleCalls schedules() {
    return new ScheduleCalls(
        keepSchedules(),
        new IdentifyRecipients(ports.recipients(), ports.channels(), tell(), ports.clock()),
        ports.workflows(),
        ports.recipients(),
        ports.clock());
  }

  ExplainCalls explain() {
    return new ExplainCalls(
        ports.runs(),
        ports.messages(),
        findWaiting(),
        ports.channels(),
        new WhyNoRun(ports.recipients(), ports.workflows(), ports.triggers(), ports.rosters()));
  }

  AuditCalls audit() {
    return new AuditCalls(
        ports.triggers(),
        new AuditTrigger(
            ports.triggers(),
            ports.rosters(),
            ports.runs(),
            ports.messages(),
            ports.dues(),
            ports.clock()));
  }

  WaitingCalls waiting() {
    return new WaitingCalls(
        findWaiting(),
        new EndWaiting(
            ports.runs(),
            ports.triggers(),
            ports.batches(),
            ports.dues(),
            ports.tasks(),
            ports.clock()),
        new EndHolding(
            mark(), ports.messages(), ports.runs(), ports.dues(), ports.tasks(), ports.clock()),
        ports.schedules(),
        keepSchedules(),
        ports.clock(),
        ports.log());
  }

  private FindWaiting findWaiting() {
    return new FindWaiting(
        ports.dues(), ports.runs(), ports.messages(), ports.schedules(), ports.batches());
  }

  private KeepSchedules keepSchedules() {
    return new KeepSchedules(
        ports.schedules(),
        new Planning(ports.recipients(), ports.environments()),
        new ScheduleTimers(ports.dues(), ports.minuteSchedules(), ports.tasks()),
        ports.clock(),
        ports.log());
  }

  private MarkMessage mark() {
    return new MarkMessage(ports.messages(), tell(), ports.clock(), ports.log());
  }

  private TellEvents tell() {
    return new TellEvents(ports.listeners(), ports.tasks());
  }
}
