package dev.carillon.channel;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;

/** The credentials of channels' providers. Never in the table, never to be logged. */
public interface ChannelCredentials {

  /**
   * Names and values; empty when the channel has none. What a change made is seen within a minute.
   */
  Json.Obj find(EnvironmentId environment, ChannelId channel);

  /** Replaces the channel's credentials. Safe to repeat. */
  void put(EnvironmentId environment, ChannelId channel, Json.Obj values);
}
