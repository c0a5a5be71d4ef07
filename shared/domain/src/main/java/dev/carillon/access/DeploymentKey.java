package dev.carillon.access;

/**
 * A secret of the deployment, by which it knows again what it gave to clients: cursors. It protects
 * no data; who had it could make cursors that stand for any place in a list of their own.
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
