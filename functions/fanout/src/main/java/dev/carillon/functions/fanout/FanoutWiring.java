package dev.carillon.functions.fanout;

import dev.carillon.accept.TriggerWorkflow;
import dev.carillon.event.PutMembers;
import dev.carillon.functions.fanout.audience.SettleMembers;
import dev.carillon.functions.fanout.broadcast.ReachAudience;
import dev.carillon.functions.fanout.broadcast.SendBroadcast;
import dev.carillon.functions.fanout.erase.EraseRecipient;
import dev.carillon.functions.fanout.source.CarryOutEvent;
import dev.carillon.functions.fanout.source.ChangeMembers;
import dev.carillon.functions.fanout.source.TakeFromBus;
import dev.carillon.runtime.Ports;
import dev.carillon.schedule.Planning;
import dev.carillon.schema.Schemas;
import dev.carillon.timer.TimerScheduler;

/** Builds the function's parts from its ports. */
final class FanoutWiring {
  private final Ports ports;

  FanoutWiring(Ports ports) {
    this.ports = ports;
  }

  StartRuns startRuns() {
    var triggers = ports.triggers();
    var tasks = ports.tasks();
    var subscribers =
        new ReachSubscribers(
            triggers, ports.subscriptions(), ports.fanoutPages(), tasks, ports.log());
    return new StartRuns(
        triggers,
        ports.recipients(),
        subscribers,
        tasks,
        Ports.events(ports),
        ports.clock(),
        ports.log());
  }

  FireSchedule fireSchedule() {
    return new FireSchedule(
        ports.schedules(),
        new Planning(ports.recipients(), ports.environments()),
        new TriggerOccurrence(ports.workflows(), ports.triggers(), ports.tasks()),
        new TimerScheduler(ports.timers(), ports.minuteSchedules(), ports.tasks()),
        ports.clock(),
        ports.log());
  }

  WakeCancelled wakeCancelled() {
    return new WakeCancelled(
        ports.triggers(),
        ports.runs(),
        new LeaveBatch(ports.triggers(), ports.runs(), ports.batches(), ports.clock()),
        ports.tasks(),
        ports.log());
  }

  EraseRecipient eraseRecipient() {
    return EraseRecipient.on(ports);
  }

  SettleMembers settleMembers() {
    return SettleMembers.on(ports);
  }

  RunMarking runMarking() {
    return RunMarking.on(ports);
  }

  RunBulkOperation runBulkOperation() {
    return new RunBulkOperation(
        ports.bulkOperations(), rows(), ports.tasks(), ports.clock(), ports.log());
  }

  private DoBulkRow rows() {
    return new DoBulkRow(
        ports.recipients(),
        ports.subscriptions(),
        Ports.events(ports),
        new PlanSchedule(
            ports.schedules(),
            new Planning(ports.recipients(), ports.environments()),
            new TimerScheduler(ports.timers(), ports.minuteSchedules(), ports.tasks()),
            ports.clock()),
        ports.tasks(),
        ports.clock());
  }

  CarryOutEvent carryOutEvent() {
    return new CarryOutEvent(
        ports.sources(),
        ports.sourceEvents(),
        rows(),
        new ChangeMembers(
            ports.audiences(),
            new PutMembers(
                ports.audiences(), ports.workflows(), Ports.events(ports), ports.tasks()),
            ports.clock()),
        new TriggerWorkflow(
            ports.workflows(),
            ports.recipients(),
            ports.triggers(),
            ports.tasks(),
            new Schemas(),
            ports.clock()),
        ports.channels(),
        Ports.events(ports),
        ports.clock(),
        ports.log());
  }

  ReachAudience reachAudience() {
    return ReachAudience.on(ports);
  }

  SendBroadcast sendBroadcast(ReachAudience reach) {
    return SendBroadcast.on(ports, reach);
  }

  TakeFromBus takeFromBus(CarryOutEvent carryOut) {
    return new TakeFromBus(
        ports.sources(), ports.sourceEvents(), carryOut, ports.clock(), ports.log());
  }
}
