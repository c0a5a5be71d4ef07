package dev.carillon.memory.waiting;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.Event;
import dev.carillon.event.Listener;
import dev.carillon.event.Listeners;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.TriggerId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Those who listen, in memory. */
public final class InMemoryListeners implements Listeners {
  private static final Duration REMEMBERED = Duration.ofDays(1);

  private record Key(
      EnvironmentId environment,
      RecipientId recipient,
      String source,
      TriggerId trigger,
      String waitId) {
    static Key of(EnvironmentId environment, Listener listener) {
      return new Key(
          environment,
          listener.recipient(),
          listener.source(),
          listener.trigger(),
          listener.waitId());
    }
  }

  private record Listening(Listener listener, Optional<Event> claimed) {}

  private final Map<Key, Listening> listening = new HashMap<>();
  private final InstantSource clock;

  public InMemoryListeners(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void add(EnvironmentId environment, Listener listener) {
    forget();
    listening.merge(
        Key.of(environment, listener),
        new Listening(listener, Optional.empty()),
        (before, after) ->
            before.listener().generation() > listener.generation()
                ? before
                : new Listening(listener, before.claimed()));
  }

  @Override
  public synchronized List<Listener> of(
      EnvironmentId environment, RecipientId recipient, String source) {
    forget();
    return listening.entrySet().stream()
        .filter(entry -> entry.getKey().environment().equals(environment))
        .map(entry -> entry.getValue().listener())
        .filter(it -> it.recipient().equals(recipient) && it.source().equals(source))
        .sorted(
            Comparator.comparing((Listener it) -> it.trigger().toString())
                .thenComparing(Listener::waitId))
        .toList();
  }

  @Override
  public synchronized Set<String> awaited(
      EnvironmentId environment, RecipientId recipient, Set<String> sources) {
    forget();
    return listening.keySet().stream()
        .filter(key -> key.environment().equals(environment) && key.recipient().equals(recipient))
        .map(Key::source)
        .filter(sources::contains)
        .collect(Collectors.toSet());
  }

  @Override
  public synchronized Optional<Event> claim(
      EnvironmentId environment, Listener listener, Event event) {
    forget();
    var claimed =
        listening.computeIfPresent(
            Key.of(environment, listener),
            (_, it) -> new Listening(it.listener(), it.claimed().or(() -> Optional.of(event))));
    return Optional.ofNullable(claimed).flatMap(Listening::claimed);
  }

  @Override
  public synchronized Optional<Event> claimed(EnvironmentId environment, Listener listener) {
    forget();
    return Optional.ofNullable(listening.get(Key.of(environment, listener)))
        .flatMap(Listening::claimed);
  }

  @Override
  public synchronized void remove(EnvironmentId environment, Listener listener) {
    listening.remove(Key.of(environment, listener));
  }

  private void forget() {
    listening
        .values()
        .removeIf(it -> !clock.instant().isBefore(it.listener().until().plus(REMEMBERED)));
  }
}
