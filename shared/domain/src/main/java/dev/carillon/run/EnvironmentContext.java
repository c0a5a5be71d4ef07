package dev.carillon.run;

import dev.carillon.channel.Channel;
import dev.carillon.content.LibraryShelf;
import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.variable.SecretValues;
import dev.carillon.variable.Variables;
import java.util.List;

/**
 * What an environment offers its runs.
 *
 * @param channels all that are configured
 * @param shelf the layouts, partials and translations that serve
 */
public record EnvironmentContext(
    EnvironmentSettings settings,
    List<Channel> channels,
    Variables.Values variables,
    LibraryShelf shelf) {

  public EnvironmentContext {
    channels = List.copyOf(channels);
  }

  /** The values among the variables that no log shows. */
  public SecretValues secrets() {
    return SecretValues.of(variables.secret());
  }
}
