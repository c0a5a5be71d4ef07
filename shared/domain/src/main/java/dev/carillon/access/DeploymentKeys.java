package dev.carillon.access;

/** Where the key of the deployment is kept. There is one, for ever. */
@FunctionalInterface
public interface DeploymentKeys {

  /**
   * The key, always the same; made when it is first asked for, which needs the right to write. The
   * operator function asks for it with every seed, so that those who only read find one.
   */
  DeploymentKey key();
}
