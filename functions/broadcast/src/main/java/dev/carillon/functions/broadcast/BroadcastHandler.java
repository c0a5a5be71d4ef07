package dev.carillon.functions.broadcast;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.edge.QueueBatch;
import dev.carillon.functions.broadcast.AnnounceFeed.Outcome;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Ports;
import dev.carillon.runtime.Priming;
import dev.carillon.storage.Stores;
import dev.carillon.storage.task.TaskCodec;
import dev.carillon.task.BroadcastTask;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The function behind the queue {@code broadcast}: tells clients of feeds what is new. */
public final class BroadcastHandler implements RequestStreamHandler {
  private final QueueBatch batch;
  private final Log log;

  /** As Lambda makes it. */
  public BroadcastHandler() {
    this(
        Priming.ofProcess(
            BroadcastHandler::new,
            Priming.queue(
                """
                {"type":"announce.v1",\
                "environment":"priming",\
                "channel":"00000000-0000-0000-0000-000000000000",\
                "user":"priming",\
                "changed":"2026-01-05T09:00:59Z",\
                "message":"37pcsdaWZgZounTGP8TSxTMWo8w"}\
                """)));
  }

  public BroadcastHandler(Environment environment) {
    this(Stores.of(environment));
  }

  /** On these ports, as tests make it. */
  public BroadcastHandler(Ports ports) {
    log = ports.log();
    var announcing =
        new AnnounceFeed(
            ports.connections(),
            new TellConnections(
                ports.connections(), ports.apiKeys(), ports.feeds(), ports.pushToConnection()),
            ports.clock());
    batch =
        new QueueBatch(
            log,
            received -> {
              switch (TaskCodec.parse(BroadcastTask.class, received.body())) {
                case BroadcastTask.Announce task -> report(task, announcing.announce(task));
                case BroadcastTask.Greet task -> report(task, announcing.greet(task));
              }
            });
  }

  @Override
  public void handleRequest(InputStream event, OutputStream out, Context context)
      throws IOException {
    batch.handle(event, out);
  }

  private void report(BroadcastTask task, Outcome outcome) {
    String environment = task.feed().environment().value();
    switch (outcome) {
      case Outcome.Told(var told, var gone) ->
          log.decision("broadcast.told", "environment", environment, "told", told, "gone", gone);
      case Outcome.Covered() -> log.decision("broadcast.covered", "environment", environment);
      case Outcome.Unwatched() -> log.decision("broadcast.unwatched", "environment", environment);
    }
  }
}
