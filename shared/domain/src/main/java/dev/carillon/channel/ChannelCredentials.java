package dev.carillon.channel;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The credentials of channels' providers. Never in the table, never to be logged. */
public interface ChannelCredentials {
  /**
   * How long reports that credentials prove are believed after others took their place: messages
   * are under way, and bear URLs that were made with them. The longest that networks keep a text.
   */
  Duration OVERLAP = Duration.ofDays(3);

  /**
   * Names and values; empty when the channel has none. What a change made is seen within a minute.
   */
  Json.Obj find(EnvironmentId environment, ChannelId channel);

  /**
   * Those whose place the present ones took, whenever that was; empty when there were none. What a
   * change made is seen within a minute.
   */
  Optional<Replaced> replaced(EnvironmentId environment, ChannelId channel);

  /**
   * @param at when others took their place
   */
  record Replaced(Json.Obj values, Instant at) {
    /** Whether they still prove a report that comes now. */
    public boolean countsAt(Instant now) {
      return now.isBefore(at.plus(OVERLAP));
    }
  }

  /**
   * Replaces the channel's credentials. Safe to repeat; but then they have taken their own place,
   * and those before are {@link #replaced} no more.
   */
  void put(EnvironmentId environment, ChannelId channel, Json.Obj values);
}
