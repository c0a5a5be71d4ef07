package dev.carillon.storage.dynamo.environment;

import dev.carillon.access.DeploymentKey;
import dev.carillon.access.DeploymentKeys;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The key of the deployment in the table, read once by each that asks: it never changes. */
public final class DynamoDeploymentKeys implements DeploymentKeys {
  private static final int BYTES = 32;
  private static final String SECRET = "s";

  private final DynamoTable table;
  private final AtomicReference<DeploymentKey> known = new AtomicReference<>();

  public DynamoDeploymentKeys(DynamoTable table) {
    this.table = table;
  }

  @Override
  public DeploymentKey key() {
    return Optional.ofNullable(known.get())
        .orElseGet(
            () -> {
              DeploymentKey key = stored().orElseGet(this::made);
              known.set(key);
              return key;
            });
  }

  private Optional<DeploymentKey> stored() {
    return table
        .get(EnvironmentKeys.deploymentKey())
        .map(item -> new DeploymentKey(item.text(SECRET)));
  }

  /** Of several that make one at once, the first has made it for all. */
  private DeploymentKey made() {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    var key = new DeploymentKey(HexFormat.of().formatHex(random));
    boolean first =
        table.putIf(
            Item.at(EnvironmentKeys.deploymentKey()).text(SECRET, key.secret()), Condition.NEW);
    return first ? key : stored().orElseThrow();
  }
}
