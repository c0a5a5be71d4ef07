package dev.carillon.functions.delivery;

import dev.carillon.channel.Channel;
import dev.carillon.environment.EnvironmentId;
import java.net.URI;
import java.util.Optional;

/** Where the provider of a channel may report what became of a message. */
@FunctionalInterface
interface CallbackUrls {
  /** Nowhere. */
  CallbackUrls NONE = (_, _) -> Optional.empty();

  /** Empty when nobody listens. */
  Optional<URI> of(EnvironmentId environment, Channel channel);
}
