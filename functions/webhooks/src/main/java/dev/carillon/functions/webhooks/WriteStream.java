package dev.carillon.functions.webhooks;

import dev.carillon.json.text.JsonText;
import dev.carillon.outbound.OutboundRequest;
import dev.carillon.outbound.OutboundResult;
import dev.carillon.task.WebhooksTask;
import dev.carillon.webhook.stream.StreamedEvent;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes an event into the deployment's stream. Nothing is noted before or after: the task is all
 * there is of it, and comes again until the stream takes the event, then goes to the dead letters,
 * as the stream is the deployment's own. So an event comes at least once, always under one id.
 */
final class WriteStream {
  private final Supplier<Optional<String>> destination;
  private final MakeEvent make;
  private final SendWebhook send;
  private final LookAgain again;

  WriteStream(
      Supplier<Optional<String>> destination, MakeEvent make, SendWebhook send, LookAgain again) {
    this.destination = destination;
    this.make = make;
    this.send = send;
    this.again = again;
  }

  /**
   * @return the event's id, or why none was written
   * @throws IllegalStateException when the stream did not take it
   */
  String handle(WebhooksTask.Stream task) {
    Optional<String> to = destination.get();
    if (to.isEmpty()) {
      return "none wanted any more";
    }
    Optional<StreamedEvent> made = make.streamed(task.environment(), task.of());
    return made.isPresent() ? written(to.get(), made.get()) : later(task);
  }

  private String written(String to, StreamedEvent event) {
    OutboundResult result =
        send.send(
            new OutboundRequest(
                "POST",
                to,
                Map.of(
                    "content-type",
                    "application/json; charset=utf-8",
                    "webhook-id",
                    event.id(),
                    "x-knock-event",
                    event.type(),
                    "x-knock-environment-id",
                    event.environment().value()),
                JsonText.bytes(event.payload())));
    if (result instanceof OutboundResult.Answered answered
        && answered.status() >= 200
        && answered.status() <= 299) {
      return event.id();
    }
    throw new IllegalStateException("The stream did not take " + event.id() + ": " + result);
  }

  private String later(WebhooksTask.Stream task) {
    return again.later(task, task.at()) ? "later" : "never stored";
  }
}
