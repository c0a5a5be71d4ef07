package dev.carillon.runtime;

import dev.carillon.channel.Channels;
import dev.carillon.content.ContentLine;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Environments;
import dev.carillon.run.EnvironmentContext;
import dev.carillon.variable.Variables;
import dev.carillon.workflow.Assets;
import java.util.Optional;

/** Reads what an environment offers its runs. */
public final class LoadEnvironment {
  private final Environments environments;
  private final Channels channels;
  private final Variables variables;
  private final Assets assets;

  public LoadEnvironment(
      Environments environments, Channels channels, Variables variables, Assets assets) {
    this.environments = environments;
    this.channels = channels;
    this.variables = variables;
    this.assets = assets;
  }

  public EnvironmentContext load(EnvironmentId environment) {
    return load(new ContentLine(environment, Optional.empty()));
  }

  /** With the layouts, partials and translations of that line of content. */
  public EnvironmentContext load(ContentLine content) {
    EnvironmentId environment = content.environment();
    return new EnvironmentContext(
        environments.settings(environment),
        channels.all(environment),
        variables.values(environment),
        content.library(assets));
  }
}
