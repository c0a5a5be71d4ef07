package dev.carillon.functions.fanout;

import dev.carillon.runtime.Ports;
import dev.carillon.schedule.Planning;
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
    return new EraseRecipient(
        EraseLinks.on(ports), EraseMessages.on(ports), ports.tasks(), ports.log());
  }

  RunMarking runMarking() {
    return RunMarking.on(ports);
  }

  RunBulkOperation runBulkOperation() {
    var rows =
        new DoBulkRow(
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
    return new RunBulkOperation(
        ports.bulkOperations(), rows, ports.tasks(), ports.clock(), ports.log());
  }
}
