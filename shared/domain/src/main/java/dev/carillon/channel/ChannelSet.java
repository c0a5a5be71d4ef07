package dev.carillon.channel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The channels of an environment, and what some of them were not given.
 *
 * @param all in no particular order
 * @param lacking the names of settings and credentials without which a channel's provider sends
 *     nothing and that nobody set, by channel. One that lacks nothing is not in it; nor is one of
 *     which it is not on record, which versions before this one did not write: it counts as
 *     configured.
 */
public record ChannelSet(List<Channel> all, Map<ChannelId, List<String>> lacking) {

  public ChannelSet {
    all = List.copyOf(all);
    lacking = Map.copyOf(lacking);
  }

  /** Channels that lack nothing. */
  public static ChannelSet of(List<Channel> all) {
    return new ChannelSet(all, Map.of());
  }

  /** What the channel cannot send without and was not given; empty when it is configured. */
  public List<String> lackedBy(Channel channel) {
    return lacking.getOrDefault(channel.id(), List.of());
  }

  /** Whether what is to be sent on the channel goes anywhere: through it or one that takes over. */
  public boolean sends(Channel channel) {
    return withTakers(channel).stream().anyMatch(it -> lackedBy(it).isEmpty());
  }

  /** Empty when the environment has none of that id. */
  public Optional<Channel> find(ChannelId id) {
    return all.stream().filter(it -> it.id().equals(id)).findFirst();
  }

  /** The channel and those that take over from it, in their order, whatever they lack. */
  public List<Channel> withTakers(Channel channel) {
    Set<Channel> together = new LinkedHashSet<>(List.of(channel));
    if (channel.type().failsOver()) {
      for (String key : channel.failover()) {
        all.stream()
            .filter(it -> it.key().equals(key) && it.type() == channel.type() && !it.sandbox())
            .findFirst()
            .ifPresent(together::add);
      }
    }
    return new ArrayList<>(together);
  }
}
