package dev.carillon.functions.callbacks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.edge.QueueBatch;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Ports;
import dev.carillon.storage.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The function behind the queue {@code callbacks}: what providers say became of messages. */
public final class CallbacksHandler implements RequestStreamHandler {
  private final QueueBatch batch;

  /** Lambda's door. */
  public CallbacksHandler() {
    this(Environment.ofProcess());
  }

  public CallbacksHandler(Environment environment) {
    this(Stores.of(environment));
  }

  /** The tests' door. */
  public CallbacksHandler(Ports ports) {
    var wiring = new CallbacksWiring(ports);
    Log log = ports.log();
    RecordStatus recordStatus = wiring.recordStatus();
    this.batch =
        new QueueBatch(
            log,
            received -> {
              var event = SesEvent.of(received.text());
              if (event.isEmpty()) {
                log.decision("callback.foreign", "queue_message", received.messageId());
                return;
              }
              log.decision(
                  "callback.recorded",
                  "environment",
                  event.get().environment().value(),
                  "message",
                  event.get().message(),
                  "type",
                  event.get().type(),
                  "result",
                  recordStatus.handle(event.get()));
            });
  }

  @Override
  public void handleRequest(InputStream event, OutputStream out, Context context)
      throws IOException {
    batch.handle(event, out);
  }
}
