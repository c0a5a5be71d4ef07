package dev.carillon.functions.webhooks;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.message.Messages;
import dev.carillon.run.Runs;
import dev.carillon.task.WebhooksTask;
import dev.carillon.task.WebhooksTask.Subject;
import dev.carillon.webhook.WebhookDeliveries;
import dev.carillon.webhook.stream.Span;
import java.util.List;
import java.util.Optional;

/** Reads what happened and makes of it the spans that it ends. */
final class MakeSpans {
  private final Messages messages;
  private final Runs runs;
  private final WebhookDeliveries deliveries;

  MakeSpans(Messages messages, Runs runs, WebhookDeliveries deliveries) {
    this.messages = messages;
    this.runs = runs;
    this.deliveries = deliveries;
  }

  /**
   * The spans; empty while it is not stored that it happened. Of what authors did there are none.
   */
  Optional<List<Span>> of(EnvironmentId environment, Subject of) {
    return switch (of) {
      case Subject.OfMessage(var id, var index) ->
          messages
              .find(environment, id)
              .filter(message -> index < message.events().size())
              .map(message -> List.of(Span.ofMessage(message, index)));
      case Subject.OfRun run ->
          runs.find(environment, run.run())
              .filter(stored -> MakeEvent.isSo(stored, run.change()))
              .map(stored -> Span.ofRun(stored, run.change()));
      case Subject.OfEmail _,
          Subject.OfCommit _,
          Subject.OfSave _,
          Subject.OfSourceAction _,
          Subject.OfActionCommit _ ->
          Optional.of(List.of());
    };
  }

  /** The span of a call of an endpoint; empty while the log of the endpoint does not have it. */
  Optional<List<Span>> of(WebhooksTask.TraceCall of) {
    return deliveries
        .find(of.environment(), of.endpoint(), of.event())
        .flatMap(
            delivery ->
                delivery.tries().stream()
                    .filter(it -> it.at().equals(of.at()))
                    .findFirst()
                    .map(made -> Span.ofCall(delivery, made).stream().toList()));
  }
}
