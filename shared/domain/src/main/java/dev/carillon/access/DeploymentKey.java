package dev.carillon.access;

/**
 * A secret of the deployment, by which it knows again what it gave away: cursors, the paths at
 * which providers report, links to preferences. Who had it could make cursors that stand for any
 * place in a list of their own, and links that change the preferences of anybody whose id they
 * know.
 *
 * @param secret 64 lower-case hexadecimal digits that nobody can guess
 */
public record DeploymentKey(String secret) {
  public DeploymentKey {
    if (!secret.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("Not a deployment key");
    }
  }

  /** Says nothing of the secret: it might be logged. */
  @Override
  public String toString() {
    return "DeploymentKey";
  }
}
