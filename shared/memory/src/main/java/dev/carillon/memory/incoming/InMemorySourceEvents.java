package dev.carillon.memory.incoming;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.memory.NewestFirst;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.RecipientId;
import dev.carillon.source.SourceEvent;
import dev.carillon.source.SourceEvents;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What came in by sources in memory, kept for good. */
public final class InMemorySourceEvents implements SourceEvents {
  private record Place(EnvironmentId environment, String source, String id) {}

  private record Claim(String event, Instant until) {}

  private final Map<Place, SourceEvent> events = new HashMap<>();
  private final Map<Place, Claim> claims = new HashMap<>();

  private static Place place(SourceEvent event) {
    return new Place(event.environment(), event.source(), event.id());
  }

  @Override
  public synchronized boolean create(SourceEvent event) {
    return events.putIfAbsent(place(event), event.stored()) == null;
  }

  @Override
  public synchronized Optional<SourceEvent> find(
      EnvironmentId environment, String source, String id) {
    return Optional.ofNullable(events.get(new Place(environment, source, id)));
  }

  @Override
  public synchronized boolean save(SourceEvent event) {
    SourceEvent before = events.get(place(event));
    if (before == null || before.revision() != event.revision()) {
      return false;
    }
    events.put(place(event), event.stored());
    return true;
  }

  @Override
  public synchronized Page<SourceEvent> newestFirst(
      EnvironmentId environment,
      String source,
      TimeRange range,
      Predicate<SourceEvent> wanted,
      PageRequest page) {
    return NewestFirst.page(
        all(environment, source).stream()
            .filter(it -> range.contains(it.receivedAt()))
            .filter(wanted)
            .toList(),
        SourceEvent::id,
        page);
  }

  @Override
  public synchronized Page<SourceEvent> of(
      EnvironmentId environment, RecipientId user, PageRequest page) {
    return NewestFirst.page(
        events.values().stream()
            .filter(it -> it.environment().equals(environment))
            .filter(it -> it.about().equals(Optional.of(user)))
            .toList(),
        it -> it.id() + it.source(),
        page);
  }

  @Override
  public synchronized void delete(SourceEvent event) {
    events.remove(place(event));
  }

  /** Whatever is kept, in no order. */
  public synchronized List<SourceEvent> all(EnvironmentId environment, String source) {
    return events.values().stream()
        .filter(it -> it.environment().equals(environment))
        .filter(it -> it.source().equals(source))
        .toList();
  }

  @Override
  public synchronized String claim(SourceEvent event, Instant now) {
    var key = claimed(event);
    Claim there = claims.get(key);
    if (there == null || !there.until().isAfter(now)) {
      claims.put(key, new Claim(event.id(), now.plus(REMEMBERED)));
      return event.id();
    }
    return there.event();
  }

  @Override
  public synchronized void release(SourceEvent event) {
    var key = claimed(event);
    if (claims.containsKey(key) && claims.get(key).event().equals(event.id())) {
      claims.remove(key);
    }
  }

  private static Place claimed(SourceEvent event) {
    Digest identity =
        event
            .identity()
            .orElseThrow(() -> new IllegalArgumentException("Nothing tells the event from others"));
    return new Place(event.environment(), event.source(), identity.hex());
  }

  @Override
  public synchronized List<Tally> tallies(EnvironmentId environment, String source, Instant now) {
    Instant first = now.minus(Duration.ofDays(COUNTED_DAYS));
    var byType = new TreeMap<String, Tally>();
    for (SourceEvent event : all(environment, source)) {
      if (!event.rehearsed() && !event.receivedAt().isBefore(first)) {
        byType.merge(
            event.type(),
            new Tally(event.type(), 1, event.receivedAt().truncatedTo(ChronoUnit.MILLIS)),
            (a, b) ->
                new Tally(
                    a.type(),
                    a.count() + b.count(),
                    a.last().isAfter(b.last()) ? a.last() : b.last()));
      }
    }
    return List.copyOf(byType.values());
  }
}
