package dev.carillon.run;

import dev.carillon.channel.ChannelSet;
import dev.carillon.content.LibraryShelf;
import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.variable.SecretValues;
import dev.carillon.variable.Variables;

/**
 * What an environment offers its runs.
 *
 * @param channels its own, and what they lack
 * @param shelf the layouts, partials and translations that serve
 */
public record EnvironmentContext(
    EnvironmentSettings settings,
    ChannelSet channels,
    Variables.Values variables,
    LibraryShelf shelf) {

  /** The same, with these layouts, partials and translations. */
  EnvironmentContext with(LibraryShelf other) {
    return new EnvironmentContext(settings, channels, variables, other);
  }

  /** The values among the variables that no log shows. */
  public SecretValues secrets() {
    return SecretValues.of(variables.secret());
  }
}
