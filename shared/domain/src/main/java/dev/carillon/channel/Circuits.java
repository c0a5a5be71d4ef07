package dev.carillon.channel;

import dev.carillon.environment.EnvironmentId;

/** How the providers of channels fare, as all functions know it. */
public interface Circuits {

  /** As last stored; {@link Circuit#CLOSED} when nothing is. */
  Circuit find(EnvironmentId environment, ChannelId channel);

  /**
   * Stores it if nobody stored the channel's since it was read; it then has the next revision.
   *
   * @return false when somebody else was first; nothing is changed
   */
  boolean save(EnvironmentId environment, ChannelId channel, Circuit circuit);
}
