package dev.carillon.functions.fanout;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.edge.QueueBatch;
import dev.carillon.functions.fanout.audience.SettleMembers;
import dev.carillon.functions.fanout.broadcast.ReachAudience;
import dev.carillon.functions.fanout.broadcast.SendBroadcast;
import dev.carillon.functions.fanout.erase.EraseRecipient;
import dev.carillon.functions.fanout.source.CarryOutEvent;
import dev.carillon.functions.fanout.source.TakeFromBus;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Ports;
import dev.carillon.runtime.Priming;
import dev.carillon.storage.Stores;
import dev.carillon.storage.task.TaskCodec;
import dev.carillon.task.FanoutTask;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The function behind the queue {@code fanout}. */
public final class FanoutHandler implements RequestStreamHandler {
  private final QueueBatch batch;

  /** Lambda's door. */
  public FanoutHandler() {
    this(
        Priming.ofProcess(
            FanoutHandler::new,
            Priming.queue(
                """
                {"type":"fanout.v1",\
                "environment":"priming",\
                "trigger":"019b8d63-64e0-8150-ba86-84e244628d50",\
                "from":0}\
                """)));
  }

  public FanoutHandler(Environment environment) {
    this(Stores.of(environment));
  }

  /** The tests' door. */
  public FanoutHandler(Ports ports) {
    var wiring = new FanoutWiring(ports);
    Log log = ports.log();
    StartRuns start = wiring.startRuns();
    WakeCancelled wake = wiring.wakeCancelled();
    FireSchedule fire = wiring.fireSchedule();
    EraseRecipient erase = wiring.eraseRecipient();
    RunBulkOperation bulk = wiring.runBulkOperation();
    RunMarking marking = wiring.runMarking();
    CarryOutEvent carryOut = wiring.carryOutEvent();
    ReachAudience reach = wiring.reachAudience();
    SendBroadcast send = wiring.sendBroadcast(reach);
    TakeFromBus fromBus = wiring.takeFromBus(carryOut);
    SettleMembers settle = wiring.settleMembers();
    this.batch =
        new QueueBatch(
            log,
            received -> {
              switch (TaskCodec.parse(FanoutTask.class, received.body())) {
                case FanoutTask.Start task -> start.handle(task);
                case FanoutTask.Cancel task -> wake.handle(task);
                case FanoutTask.CancelUnder task -> wake.handle(task);
                case FanoutTask.Fire task -> fire.handle(task);
                case FanoutTask.Erase task -> erase.handle(task);
                case FanoutTask.MarkAll task -> marking.handle(task);
                case FanoutTask.Bulk task -> bulk.handle(task);
                case FanoutTask.OfSource task -> carryOut.handle(task);
                case FanoutTask.FromBus task -> fromBus.handle(task);
                case FanoutTask.Settle task -> settle.handle(task);
                case FanoutTask.SettleAll task -> settle.handle(task);
                case FanoutTask.Entered task -> settle.handle(task);
                case FanoutTask.SendOut task -> send.handle(task);
                case FanoutTask.ReachMembers task -> reach.handle(task);
              }
            });
  }

  @Override
  public void handleRequest(InputStream event, OutputStream out, Context context)
      throws IOException {
    batch.handle(event, out);
  }
}
