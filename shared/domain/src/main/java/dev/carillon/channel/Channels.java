package dev.carillon.channel;

import dev.carillon.environment.EnvironmentId;
import java.util.List;
import java.util.Optional;

/** The channels that an environment has configured: a few, so they are read together. */
public interface Channels {

  /** All of them, in no particular order; what a change made is seen within seconds. */
  List<Channel> all(EnvironmentId environment);

  /** The channel with that key or that UUID; empty when the environment has none. */
  default Optional<Channel> find(EnvironmentId environment, String keyOrId) {
    return all(environment).stream()
        .filter(
            channel ->
                channel.key().equals(keyOrId) || channel.id().toString().equalsIgnoreCase(keyOrId))
        .findFirst();
  }

  /** Adds the channel or replaces the one with its id. Safe to repeat. */
  void put(EnvironmentId environment, Channel channel);
}
