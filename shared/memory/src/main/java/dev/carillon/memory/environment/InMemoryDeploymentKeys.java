package dev.carillon.memory.environment;

import dev.carillon.access.DeploymentKey;
import dev.carillon.access.DeploymentKeys;
import dev.carillon.id.Digest;

/** The key of a deployment in memory: no secret, but of one deployment alone. */
public final class InMemoryDeploymentKeys implements DeploymentKeys {
  private final DeploymentKey key;

  /**
   * @param deployment names it; two of one name have the same key
   */
  public InMemoryDeploymentKeys(String deployment) {
    this.key = new DeploymentKey(Digest.of("deployment", deployment).hex());
  }

  public InMemoryDeploymentKeys() {
    this("memory");
  }

  @Override
  public DeploymentKey key() {
    return key;
  }
}
