package dev.carillon.runtime;

import dev.carillon.channel.Channels;
import dev.carillon.content.Assets;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentLine;
import dev.carillon.content.LibraryShelf;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Environments;
import dev.carillon.run.EnvironmentContext;
import dev.carillon.variable.Variables;
import dev.carillon.workflow.VersionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Reads what an environment offers its runs; of layouts and the like what there is. */
public final class LoadEnvironment {
  /**
   * Environments and branches whose content is kept at hand; what there is too much is read anew.
   */
  private static final int MOST_SHELVES = 20;

  private record Shelved(List<Map<ContentId, VersionId>> serving, LibraryShelf shelf) {}

  private final Environments environments;
  private final Channels channels;
  private final Variables variables;
  private final Assets assets;
  private final Map<ContentLine, Shelved> shelves = new ConcurrentHashMap<>();

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
        channels.configured(environment),
        variables.values(environment),
        shelf(content));
  }

  /** The one of before where the same serves: it has been read and searched already. */
  private LibraryShelf shelf(ContentLine content) {
    List<Map<ContentId, VersionId>> serving = content.serving(assets);
    Shelved before = shelves.get(content);
    if (before != null && before.serving().equals(serving)) {
      return before.shelf();
    }
    var shelved = new Shelved(serving, content.shelf(assets, serving));
    if (shelves.size() >= MOST_SHELVES) {
      shelves.clear();
    }
    shelves.put(content, shelved);
    return shelved.shelf();
  }
}
