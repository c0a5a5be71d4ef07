package dev.carillon.webhook.stream;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.EventSubscriber;
import dev.carillon.event.Happening;
import dev.carillon.recipient.RecipientId;
import dev.carillon.task.Tasks;
import dev.carillon.task.WebhooksTask;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The stream of all events of messages and runs that a deployment may ask for: a task for each.
 * Costs nothing where there is none.
 */
public final class TellStream implements EventSubscriber {
  private final BooleanSupplier wanted;
  private final InstantSource clock;

  /**
   * @param wanted whether the deployment has one
   */
  public TellStream(BooleanSupplier wanted, InstantSource clock) {
    this.wanted = wanted;
    this.clock = clock;
  }

  @Override
  public List<Tasks.Sending> tasksFor(
      EnvironmentId environment, RecipientId recipient, List<Happening> happenings) {
    if (!wanted.getAsBoolean()) {
      return List.of();
    }
    Instant now = clock.instant();
    return happenings.stream()
        .flatMap(it -> subject(it.of()))
        .map(of -> new Tasks.Sending(new WebhooksTask.Stream(environment, of, now), Duration.ZERO))
        .toList();
  }

  private static Stream<WebhooksTask.Subject> subject(Happening.Of of) {
    return switch (of) {
      case Happening.Of.Message message -> Stream.of(message.subject());
      case Happening.Of.Run run -> Stream.of(run.subject());
      case Happening.Of.Recipient() -> Stream.empty();
    };
  }
}
