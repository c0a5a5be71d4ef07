package dev.carillon.functions.intake;

import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.RequestFields;
import dev.carillon.json.Json;
import dev.carillon.source.Source;
import dev.carillon.source.SourceEvent;
import dev.carillon.source.SourceEvent.State;
import dev.carillon.source.SourceEvents;
import dev.carillon.source.SourceId;
import dev.carillon.source.SourceReading;
import dev.carillon.source.Sources;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Tasks;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Takes in an event that is posted to a source. It is stored, then the task for what it does is
 * sent, then the caller is answered: who gets no answer sends it again, and by its idempotency key
 * the two are one.
 */
final class ReceiveEvent {
  private final Sources sources;
  private final SourceEvents events;
  private final Tasks tasks;
  private final InstantSource clock;

  ReceiveEvent(Sources sources, SourceEvents events, Tasks tasks, InstantSource clock) {
    this.sources = sources;
    this.events = events;
    this.tasks = tasks;
    this.clock = clock;
  }

  /** What came of a call. */
  sealed interface Received {
    record Stored(Source source, String event) implements Received {}

    record NoSuchSource() implements Received {}

    /** It is not signed as the source wants it. */
    record NotVerified(Source source) implements Received {}

    /** It does not say of what type it is. */
    record Untyped(Source source) implements Received {}
  }

  /**
   * @throws dev.carillon.edge.ApiException when the body is no JSON object; said only to callers
   *     who are verified where the source wants that
   */
  Received handle(SourceId id, HttpRequest request) {
    Optional<Source> found = sources.receivingAt(id);
    if (found.isEmpty()) {
      return new Received.NoSuchSource();
    }
    Source source = found.get();
    Instant now = clock.instant();
    boolean verified = verified(source, request, now);
    if (!verified && source.settings().enforceVerification()) {
      return new Received.NotVerified(source);
    }
    RequestFields body = request.fields();
    SourceReading reading = source.read(body.json(), request.headers());
    if (reading.type().isEmpty()) {
      return new Received.Untyped(source);
    }
    String event = SourceEvent.id(now, source.id(), request.id());
    var owed = !source.actionsOf(reading.type().get()).isEmpty() || names(reading);
    events.create(
        new SourceEvent(
            source.environment(),
            source.key(),
            event,
            reading.type().get(),
            Json.object()
                .with("body", body.json())
                .with("headers", reading.context().object("headers")),
            reading.idempotencyKey(),
            now,
            status(source, verified),
            false,
            owed ? new State.Received() : new State.Done(List.of()),
            0));
    if (owed) {
      tasks.send(new FanoutTask.OfSource(source.environment(), source.key(), event));
    }
    return new Received.Stored(source, event);
  }

  /** Somebody's runs may wait for it. */
  private static boolean names(SourceReading reading) {
    return reading.context().text("user_id").isPresent();
  }

  private boolean verified(Source source, HttpRequest request, Instant now) {
    return source
        .settings()
        .verification()
        .flatMap(
            it ->
                sources
                    .secret(source.environment(), source.key())
                    .map(
                        secret ->
                            VerifySender.holds(it, secret, request.headers(), request.body(), now)))
        .orElse(false);
  }

  /** As Knock's logs say it; empty where nothing is verified. */
  private static Optional<String> status(Source source, boolean verified) {
    return source
        .settings()
        .verification()
        .map(
            _ ->
                (source.settings().enforceVerification() ? "enforced:" : "unenforced:")
                    + (verified ? "verified" : "failed"));
  }
}
