package dev.carillon.webhook;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.EventSubscriber;
import dev.carillon.event.Happening;
import dev.carillon.recipient.RecipientId;
import dev.carillon.task.Tasks;
import dev.carillon.task.WebhooksTask;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  private record Told(WebhookEventType type, WebhookSubject of, WebhooksTask.Subject subject) {}

  @Override
  public List<Tasks.Sending> tasksFor(
      EnvironmentId environment, RecipientId recipient, List<Happening> happenings) {
    List<Told> told = happenings.stream().flatMap(it -> told(it.of()).stream()).toList();
    if (told.isEmpty()) {
      return List.of();
    }
    Instant now = clock.instant();
    var sendings = new ArrayList<Tasks.Sending>();
    for (WebhookHearing hearing : endpoints.hearing(environment)) {
      for (Told it : told) {
        if (hearing.concerns(it.type(), it.of())) {
          sendings.add(
              new Tasks.Sending(
                  new WebhooksTask.Offer(environment, hearing.id(), it.subject(), now),
                  Duration.ZERO));
        }
      }
    }
    return sendings;
  }

  /** Empty for what endpoints hear nothing of. */
  private static Optional<Told> told(Happening.Of of) {
    return switch (of) {
      case Happening.Of.Message(var subject, var type, var workflow, var channel, var tenant) ->
          WebhookEventType.ofMessageEvent(type)
              .map(
                  it ->
                      new Told(
                          it,
                          new WebhookSubject(Optional.of(workflow), Optional.of(channel), tenant),
                          subject));
      case Happening.Of.Run(var subject, var workflow, var tenant) ->
          Optional.of(
              new Told(
                  WebhookEventType.of(subject.change()),
                  new WebhookSubject(Optional.of(workflow), Optional.empty(), tenant),
                  subject));
      case Happening.Of.Recipient() -> Optional.empty();
    };
  }
}
