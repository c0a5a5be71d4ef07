package dev.carillon.functions.fanout.source;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.runtime.Log;
import dev.carillon.source.Source;
import dev.carillon.source.SourceEvent;
import dev.carillon.source.SourceEvent.State;
import dev.carillon.source.SourceEvents;
import dev.carillon.source.SourceReading;
import dev.carillon.source.Sources;
import dev.carillon.task.FanoutTask;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * Takes in what a rule of EventBridge brings, as if it had been posted, but that only the
 * deployment's own rules reach the queue: nothing is left to be verified. The event is named after
 * the bus's own id and time, so one that EventBridge brings twice is one.
 */
public final class TakeFromBus {
  private static final String VERIFIED = "by_rule";

  private final Sources sources;
  private final SourceEvents events;
  private final CarryOutEvent carryOut;
  private final InstantSource clock;
  private final Log log;

  public TakeFromBus(
      Sources sources, SourceEvents events, CarryOutEvent carryOut, InstantSource clock, Log log) {
    this.sources = sources;
    this.events = events;
    this.carryOut = carryOut;
    this.clock = clock;
    this.log = log;
  }

  public void handle(FanoutTask.FromBus task) {
    Optional<Source> found = sources.find(task.environment(), task.source());
    if (found.isEmpty()) {
      log.decision("bus.no_source", "bus_event", task.event().text("id").orElse(""));
      return;
    }
    Source source = found.get();
    SourceReading reading = source.read(task.event(), Map.of());
    Instant at = time(task.event());
    boolean tooLarge = JsonText.bytes(task.event()).length > SourceEvent.MOST_BYTES;
    if (reading.type().isEmpty() || tooLarge) {
      log.decision(
          "bus.unreadable",
          "source",
          source.key(),
          "bus_event",
          task.event().text("id").orElse(""),
          "too_large",
          tooLarge);
      return;
    }
    String id = SourceEvent.id(at, source.id(), task.event().text("id").orElse(at.toString()));
    events.create(
        new SourceEvent(
            source.environment(),
            source.key(),
            id,
            reading.type().get(),
            Json.object().with("body", task.event()).with("headers", Json.Obj.EMPTY),
            reading.idempotencyKey(),
            at,
            Optional.of(VERIFIED),
            false,
            new State.Received(),
            0));
    carryOut.handle(new FanoutTask.OfSource(source.environment(), source.key(), id));
  }

  /** When the bus took it; it says so to the second, and always the same of one event. */
  private Instant time(Json.Obj event) {
    try {
      return event.text("time").map(Instant::parse).orElseGet(clock::instant);
    } catch (DateTimeParseException _) {
      return clock.instant();
    }
  }
}
