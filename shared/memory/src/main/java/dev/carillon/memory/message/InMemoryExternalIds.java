package dev.carillon.memory.message;

import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.report.EarlyReport;
import dev.carillon.report.ExternalIds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Providers' ids in memory. */
public final class InMemoryExternalIds implements ExternalIds {
  private record Key(EnvironmentId environment, ChannelId channel, String externalId) {}

  private record Named(MessageId message, Instant end) {}

  private record Parked(EarlyReport report, Instant end) {}

  private final Map<Key, Named> named = new HashMap<>();
  private final Map<Key, Map<DeliveryStatus, Parked>> parked = new HashMap<>();
  private final InstantSource clock;
  private final Duration retention;

  public InMemoryExternalIds(InstantSource clock, Duration retention) {
    this.clock = clock;
    this.retention = retention;
  }

  @Override
  public synchronized void add(Message message) {
    key(message)
        .ifPresent(
            key -> {
              named.values().removeIf(it -> over(it.end()));
              named.putIfAbsent(key, new Named(message.id(), message.insertedAt().plus(retention)));
            });
  }

  @Override
  public synchronized Optional<MessageId> find(
      EnvironmentId environment, ChannelId channel, String externalId) {
    return Optional.ofNullable(named.get(new Key(environment, channel, externalId)))
        .filter(it -> !over(it.end()))
        .map(Named::message);
  }

  @Override
  public synchronized void park(
      EnvironmentId environment, ChannelId channel, String externalId, EarlyReport report) {
    parked
        .computeIfAbsent(new Key(environment, channel, externalId), _ -> new TreeMap<>())
        .put(report.status(), new Parked(report, clock.instant().plus(PARKED)));
  }

  @Override
  public synchronized List<EarlyReport> early(Message message) {
    return key(message)
        .map(key -> parked.getOrDefault(key, Map.of()))
        .map(
            reports ->
                reports.values().stream()
                    .filter(it -> !over(it.end()))
                    .map(Parked::report)
                    .toList())
        .orElse(List.of());
  }

  @Override
  public synchronized void forget(Message message) {
    key(message)
        .ifPresent(
            key -> {
              named.remove(key);
              parked.remove(key);
            });
  }

  private boolean over(Instant end) {
    return !clock.instant().isBefore(end);
  }

  private static Optional<Key> key(Message message) {
    return message.externalId().map(id -> new Key(message.environment(), message.takenBy(), id));
  }
}
