package dev.carillon.channel;

import dev.carillon.environment.EnvironmentId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The channels that an environment has configured: a few, so they are read together. */
public interface Channels {

  /** All of them, and what they lack; what a change made is seen within seconds. */
  ChannelSet configured(EnvironmentId environment);

  /** All of them, in no particular order. */
  default List<Channel> all(EnvironmentId environment) {
    return configured(environment).all();
  }

  /** The channel with that key or that UUID; empty when the environment has none. */
  default Optional<Channel> find(EnvironmentId environment, String keyOrId) {
    return all(environment).stream()
        .filter(
            channel ->
                channel.key().equals(keyOrId) || channel.id().toString().equalsIgnoreCase(keyOrId))
        .findFirst();
  }

  /** Adds a channel that needs nothing that could be lacking, or replaces the one with its id. */
  default void put(EnvironmentId environment, Channel channel) {
    put(environment, channel, List.of());
  }

  /**
   * Adds the channel or replaces the one with its id. Safe to repeat. Of one that is added it is on
   * record from then on that it has no credentials; of one that is replaced that stays as it is.
   *
   * @param needs the names of settings and credentials without which its provider sends nothing and
   *     which its settings lack
   */
  void put(EnvironmentId environment, Channel channel, List<String> needs);

  /**
   * Notes which credentials the channel has, after they were kept elsewhere. Safe to repeat; does
   * nothing when there is no such channel.
   *
   * @param names of those that have a value
   */
  void noteCredentials(EnvironmentId environment, ChannelId channel, Set<String> names);
}
