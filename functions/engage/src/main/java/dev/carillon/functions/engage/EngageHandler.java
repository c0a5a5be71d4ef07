package dev.carillon.functions.engage;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.edge.QueueBatch;
import dev.carillon.event.ChangeMessage;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Ports;
import dev.carillon.runtime.Priming;
import dev.carillon.storage.Stores;
import dev.carillon.tracking.Tracked;
import dev.carillon.tracking.TrackedLink;
import dev.carillon.tracking.TrackedMail;
import dev.carillon.tracking.TrackingEvent;
import dev.carillon.tracking.TrackingEventDocument;
import dev.carillon.tracking.visitor.Visitor;
import dev.carillon.trigger.TraceContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The function behind the queue {@code engage}: clicks and opens that the redirect took in. */
public final class EngageHandler implements RequestStreamHandler {
  private final QueueBatch batch;

  /** Lambda's door. */
  public EngageHandler() {
    this(
        Priming.ofProcess(
            EngageHandler::new,
            Priming.queue(
                """
                {"v":1,\
                "id":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",\
                "environment":"priming",\
                "message":"37pcsdaWZgZounTGP8TSxTMWo8w",\
                "at":"2026-01-05T09:02:00Z",\
                "link":{"kind":"link",\
                "index":0,\
                "url":"https://example.com/a"},\
                "user_agent":"priming",\
                "ip":"127.0.0.1"}\
                """)));
  }

  public EngageHandler(Environment environment) {
    this(Stores.of(environment));
  }

  /** The tests' door. */
  public EngageHandler(Ports ports) {
    var engagement =
        new RecordEngagement(
            new ChangeMessage(ports.messages(), Ports.events(ports)), ports.trackingEvents());
    Log log = ports.log();
    this.batch =
        new QueueBatch(
            log,
            received -> {
              TrackingEvent event = TrackingEventDocument.read(received.body());
              var recorded = engagement.handle(event);
              log.decision(
                  "tracking.recorded",
                  "environment",
                  event.subject().environment().value(),
                  "message",
                  event.subject().message(),
                  "event",
                  event.id(),
                  "of",
                  of(event.subject()),
                  "machine",
                  event.visitor() instanceof Visitor.Automaton,
                  "trace_id",
                  recorded.trace().map(TraceContext::id),
                  "result",
                  recorded.result());
            });
  }

  private static String of(Tracked subject) {
    return switch (subject) {
      case TrackedMail _ -> "open";
      case TrackedLink _ -> "click";
    };
  }

  @Override
  public void handleRequest(InputStream event, OutputStream out, Context context)
      throws IOException {
    batch.handle(event, out);
  }
}
