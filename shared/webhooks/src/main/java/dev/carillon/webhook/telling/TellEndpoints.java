package dev.carillon.webhook.telling;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.EventSubscriber;
import dev.carillon.event.Happening;
import dev.carillon.recipient.RecipientId;
import dev.carillon.task.Tasks;
import dev.carillon.task.WebhooksTask;
import dev.carillon.webhook.WebhookEndpoints;
import dev.carillon.webhook.WebhookEventType;
import dev.carillon.webhook.WebhookSubject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The endpoints that hear of what happened: a task for each event and endpoint. What nobody could
 * hear of costs nothing; else who hears of what is read, and remembered for a few seconds.
 */
public final class TellEndpoints implements EventSubscriber {
  private final WebhookEndpoints endpoints;
  private final InstantSource clock;

  public TellEndpoints(WebhookEndpoints endpoints, InstantSource clock) {
    this.endpoints = endpoints;
    this.clock = clock;
  }

  @Override
  public List<Tasks.Sending> tasksFor(
      EnvironmentId environment, RecipientId recipient, List<Happening> happenings) {
    List<Offers.Told> told = happenings.stream().flatMap(it -> told(it.of())).toList();
    if (told.isEmpty()) {
      return List.of();
    }
    return Offers.to(endpoints.hearing(environment), environment, told, clock.instant());
  }

  /** Nothing for what endpoints hear nothing of. */
  private static Stream<Offers.Told> told(Happening.Of of) {
    return switch (of) {
      case Happening.Of.Message message -> Stream.concat(ofTimeline(message), ofEmail(message));
      case Happening.Of.Run(var subject, var workflow, var tenant) ->
          Stream.of(
              new Offers.Told(
                  WebhookEventType.of(subject.change()),
                  new WebhookSubject(Optional.of(workflow), Optional.empty(), tenant),
                  subject));
      case Happening.Of.Recipient() -> Stream.empty();
    };
  }

  private static Stream<Offers.Told> ofTimeline(Happening.Of.Message message) {
    return WebhookEventType.ofMessageEvent(message.type()).stream()
        .map(it -> new Offers.Told(it, subject(message), message.subject()));
  }

  private static Stream<Offers.Told> ofEmail(Happening.Of.Message message) {
    var subject =
        new WebhooksTask.Subject.OfEmail(message.subject().message(), message.subject().index());
    return message.tracked()
        ? WebhookEventType.ofTrackedMail(message.type()).stream()
            .map(it -> new Offers.Told(it, subject(message), subject))
        : Stream.empty();
  }

  private static WebhookSubject subject(Happening.Of.Message message) {
    return new WebhookSubject(
        Optional.of(message.workflow()), Optional.of(message.channel()), message.tenant());
  }
}
