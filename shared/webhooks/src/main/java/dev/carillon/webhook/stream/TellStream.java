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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The stream of all events of messages and runs, and the collector of traces, that a deployment may
 * ask for: a task for each event. Costs nothing where there is none.
 */
public final class TellStream implements EventSubscriber {
  /** Of what there are no spans: it begins what another event ends. */
  private static final Set<String> BEGINNINGS = Set.of("queued");

  private final BooleanSupplier streaming;
  private final BooleanSupplier tracing;
  private final InstantSource clock;

  /**
   * @param streaming whether the deployment has a stream
   * @param tracing whether it has a collector
   */
  public TellStream(BooleanSupplier streaming, BooleanSupplier tracing, InstantSource clock) {
    this.streaming = streaming;
    this.tracing = tracing;
    this.clock = clock;
  }

  @Override
  public List<Tasks.Sending> tasksFor(
      EnvironmentId environment, RecipientId recipient, List<Happening> happenings) {
    Instant now = clock.instant();
    var tasks = new ArrayList<WebhooksTask>();
    for (Happening happening : happenings) {
      if (streaming.getAsBoolean()) {
        subject(happening.of())
            .map(of -> new WebhooksTask.Stream(environment, of, now))
            .forEach(tasks::add);
      }
      if (tracing.getAsBoolean() && ends(happening.of())) {
        subject(happening.of())
            .map(of -> new WebhooksTask.Trace(environment, of, now))
            .forEach(tasks::add);
      }
    }
    return tasks.stream().map(task -> new Tasks.Sending(task, Duration.ZERO)).toList();
  }

  private static boolean ends(Happening.Of of) {
    return switch (of) {
      case Happening.Of.Message message -> !BEGINNINGS.contains(message.type());
      case Happening.Of.Run run -> run.subject().change() != WebhooksTask.RunChange.STARTED;
      case Happening.Of.Recipient() -> false;
    };
  }

  private static Stream<WebhooksTask.Subject> subject(Happening.Of of) {
    return switch (of) {
      case Happening.Of.Message message -> Stream.of(message.subject());
      case Happening.Of.Run run -> Stream.of(run.subject());
      case Happening.Of.Recipient() -> Stream.empty();
    };
  }
}
