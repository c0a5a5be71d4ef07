package dev.carillon.edge;

import dev.carillon.access.DeploymentKeys;
import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentId;
import java.util.Optional;
import java.util.UUID;

/**
 * Where the provider of a channel reports what became of messages: one path for each channel, which
 * nobody can make up, since it is sealed with the deployment's key. It is no proof of who calls;
 * that is the provider's signature.
 */
public final class CallbackPath {
  public static final String ROUTE = "/v1/providers/callbacks/{channel}";

  private static final String BEFORE = ROUTE.substring(0, ROUTE.indexOf('{'));

  private final DeploymentKeys keys;

  public CallbackPath(DeploymentKeys keys) {
    this.keys = keys;
  }

  /** Whose path it is. */
  public record Owner(EnvironmentId environment, ChannelId channel) {}

  /** The path of that channel, for ever the same. */
  public String of(EnvironmentId environment, ChannelId channel) {
    return BEFORE + sealed().cursor(environment.value() + " " + channel);
  }

  /** Whose path this is; empty when it is nobody's. */
  public Optional<Owner> owner(String path) {
    if (!path.startsWith(BEFORE)) {
      return Optional.empty();
    }
    try {
      String[] parts = sealed().position("channel", path.substring(BEFORE.length())).split(" ", 2);
      return Optional.of(
          new Owner(new EnvironmentId(parts[0]), new ChannelId(UUID.fromString(parts[1]))));
    } catch (ApiException _) {
      return Optional.empty();
    }
  }

  private Cursors sealed() {
    return Cursors.of(keys.key(), "provider callbacks");
  }
}
