package dev.carillon.functions.webhooks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.edge.QueueBatch;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Ports;
import dev.carillon.runtime.Priming;
import dev.carillon.storage.Stores;
import dev.carillon.storage.task.TaskCodec;
import dev.carillon.task.WebhooksTask;
import dev.carillon.webhook.WebhookAnswer;
import dev.carillon.webhook.WebhookDelivery;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * The function behind the queue {@code webhooks}: offers events to the endpoints of customers. The
 * tasks of a batch are worked on side by side, so one waits for no other's endpoint.
 */
public final class WebhooksHandler implements RequestStreamHandler {
  private final QueueBatch batch;

  /** Lambda's door. */
  public WebhooksHandler() {
    this(
        Priming.ofProcess(
            WebhooksHandler::new,
            Priming.queue(
                """
                {"type":"hook.v1",\
                "environment":"priming",\
                "endpoint":"00000000-0000-0000-0000-000000000000",\
                "trigger":"019b8d63-64e0-8150-ba86-84e244628d50",\
                "collection":"$users",\
                "recipient":"priming",\
                "change":"completed",\
                "at":"2026-01-05T09:00:00Z"}\
                """)));
  }

  public WebhooksHandler(Environment environment) {
    this(Stores.of(environment), WebhooksWiring.outside(environment));
  }

  /** The tests' door. */
  public WebhooksHandler(Ports ports, SendWebhook send) {
    var wiring = new WebhooksWiring(ports, send);
    OfferEvent offer = wiring.offerEvent();
    CallEndpoint call = wiring.callEndpoint();
    ReplayEvents replay = wiring.replayEvents();
    WriteStream stream = wiring.writeStream();
    ExportSpan export = wiring.exportSpan();
    Log log = ports.log();
    this.batch =
        new QueueBatch(
            log,
            received -> {
              switch (TaskCodec.parse(WebhooksTask.class, received.body())) {
                case WebhooksTask.Offer task -> report(log, task, offer.handle(task));
                case WebhooksTask.Call task -> report(log, task, call.handle(task));
                case WebhooksTask.Stream task ->
                    log.decision(
                        "stream.written",
                        "environment",
                        task.environment().value(),
                        "event",
                        stream.handle(task));
                case WebhooksTask.Trace task -> exported(log, task, export.handle(task));
                case WebhooksTask.TraceCall task -> exported(log, task, export.handle(task));
                case WebhooksTask.Replay task ->
                    log.decision(
                        "webhook.replayed",
                        "environment",
                        task.environment().value(),
                        "webhook",
                        task.endpoint(),
                        "events",
                        replay.handle(task));
              }
            });
  }

  @Override
  public void handleRequest(InputStream event, OutputStream out, Context context)
      throws IOException {
    batch.handle(event, out);
  }

  private static void exported(Log log, WebhooksTask task, String span) {
    log.decision("span.exported", "environment", task.environment().value(), "span", span);
  }

  private static void report(Log log, WebhooksTask task, CallOutcome outcome) {
    switch (outcome) {
      case CallOutcome.Called(var delivery, var made) ->
          log.decision(
              "webhook.called",
              "environment",
              task.environment().value(),
              "webhook",
              task.endpoint(),
              "event",
              delivery.event().id(),
              "trace_id",
              traceOf(delivery),
              "type",
              delivery.event().type().wireName(),
              "try",
              delivery.tries().size(),
              "answer",
              answer(made.answer()),
              "took_ms",
              made.tookMillis(),
              "due",
              delivery.due());
      case CallOutcome.Dropped(var delivery) ->
          log.decision(
              "webhook.dropped",
              "environment",
              task.environment().value(),
              "webhook",
              task.endpoint(),
              "event",
              delivery.event().id(),
              "trace_id",
              traceOf(delivery));
      case CallOutcome.Later() -> log.decision("webhook.later", "webhook", task.endpoint());
      case CallOutcome.Past() -> log.decision("webhook.past", "webhook", task.endpoint());
    }
  }

  private static Optional<String> traceOf(WebhookDelivery delivery) {
    return delivery.event().trace().map(it -> it.context().id());
  }

  private static String answer(WebhookAnswer answer) {
    return switch (answer) {
      case WebhookAnswer.Status(var status, var _, var _) -> Integer.toString(status);
      case WebhookAnswer.Silence(var why) -> why.wireName();
    };
  }
}
