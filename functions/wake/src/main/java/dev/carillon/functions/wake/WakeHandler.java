package dev.carillon.functions.wake;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.edge.QueueBatch;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Ports;
import dev.carillon.runtime.Priming;
import dev.carillon.storage.Stores;
import dev.carillon.storage.task.TaskCodec;
import dev.carillon.task.WakeTask;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The function behind the queue {@code wake}: drains of due minutes, and the sweep every minute.
 */
public final class WakeHandler implements RequestStreamHandler {
  private final QueueBatch batch;

  /** Lambda's door. */
  public WakeHandler() {
    this(
        Priming.ofProcess(
            WakeHandler::new,
            Priming.queue(
                """
                {"type":"sweep.v1"}\
                """)));
  }

  public WakeHandler(Environment environment) {
    this(Stores.of(environment));
  }

  /** The tests' door. */
  public WakeHandler(Ports ports) {
    var wiring = new WakeWiring(ports);
    Log log = ports.log();
    DrainMinute drain = wiring.drainMinute();
    SweepOverdue sweep = wiring.sweepOverdue();
    NoteEarlierWaits note = wiring.noteEarlierWaits();
    this.batch =
        new QueueBatch(
            log,
            received -> {
              switch (TaskCodec.parse(WakeTask.class, received.body())) {
                case WakeTask.Drain task -> drain.handle(task);
                case WakeTask.Sweep() -> {
                  sweep.handle();
                  note.handle(ports.clock().instant());
                }
              }
            });
  }

  @Override
  public void handleRequest(InputStream event, OutputStream out, Context context)
      throws IOException {
    batch.handle(event, out);
  }
}
