package dev.carillon.storage.dynamo.incoming;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.source.SourceEvent;
import dev.carillon.source.SourceId;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Keys;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Where sources and their events lie. The whole layout is in {@link Keys}. */
final class IncomingKeys {
  /** What the sort keys of sources begin with. */
  static final String SOURCE = "S#";

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuuMMdd").withZone(ZoneOffset.UTC);

  private IncomingKeys() {}

  static String sources(EnvironmentId environment) {
    return environment.value() + "#SOURCES";
  }

  static Key source(EnvironmentId environment, String key) {
    return new Key(sources(environment), SOURCE + Keys.part(key));
  }

  static Key secret(EnvironmentId environment, String key) {
    return new Key(sources(environment), "X#" + Keys.part(key));
  }

  /** Who sends an event says nothing else; who reads the table must not be able to send one. */
  static Key receiver(SourceId id) {
    return new Key("SOURCE#" + Digest.hex(id.value()), "SOURCE");
  }

  /** The kind under which hours and shards hold what came in. */
  static String log(String source) {
    return "SRC." + Keys.part(source);
  }

  /** The partition of the index by which the events that are kept of a user are found. */
  static String eventsOf(EnvironmentId environment, RecipientId user) {
    return environment.value() + "#SRCU#" + Keys.part(user.id());
  }

  /**
   * @param event its id, which says the hour and the shard
   */
  static Key event(EnvironmentId environment, String source, String event) {
    String hour = Keys.hour(SourceEvent.second(event));
    return new Key(Keys.shard(environment, log(source), hour, SourceEvent.shard(event)), event);
  }

  static Key claim(EnvironmentId environment, String source, Digest identity) {
    return new Key(
        environment.value() + "#SRCID#" + Keys.part(source) + "#" + identity.hex(), "EVENT");
  }

  static String tallies(EnvironmentId environment, String source) {
    return environment.value() + "#SRCN#" + Keys.part(source);
  }

  static Key tally(SourceEvent event) {
    return new Key(
        tallies(event.environment(), event.source()),
        day(event.receivedAt()) + "#" + Keys.part(event.type()));
  }

  static String day(Instant at) {
    return DAY.format(at);
  }
}
