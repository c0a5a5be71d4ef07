package dev.carillon.memory.outgoing;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.message.MessageId;
import dev.carillon.tracking.TrackingEvent;
import dev.carillon.tracking.TrackingEvents;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Clicks and opens in memory, for good. */
public final class InMemoryTrackingEvents implements TrackingEvents {
  private final Map<String, TrackingEvent> events = new LinkedHashMap<>();

  @Override
  public synchronized void put(TrackingEvent event) {
    events.put(event.id(), event);
  }

  @Override
  public synchronized List<TrackingEvent> ofMessage(EnvironmentId environment, MessageId message) {
    return events.values().stream()
        .filter(event -> isOf(event, environment, message))
        .sorted(Comparator.comparing(TrackingEvent::at).thenComparing(TrackingEvent::id).reversed())
        .limit(MOST)
        .toList();
  }

  @Override
  public synchronized Optional<TrackingEvent> find(
      EnvironmentId environment, MessageId message, Instant at, String id) {
    return Optional.ofNullable(events.get(id))
        .filter(it -> isOf(it, environment, message) && it.at().equals(at));
  }

  @Override
  public synchronized void deleteOf(EnvironmentId environment, MessageId message) {
    events.values().removeIf(event -> isOf(event, environment, message));
  }

  private static boolean isOf(TrackingEvent event, EnvironmentId environment, MessageId message) {
    return event.subject().environment().equals(environment)
        && event.subject().message().equals(message);
  }
}
