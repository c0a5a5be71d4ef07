package dev.carillon.socket;

import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentId;

/** A feed that clients can watch: one user's items on one in-app channel. */
public record WatchedFeed(EnvironmentId environment, ChannelId channel, String user) {}
