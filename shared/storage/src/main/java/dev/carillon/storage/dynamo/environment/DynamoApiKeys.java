package dev.carillon.storage.dynamo.environment;

import dev.carillon.access.ApiKey;
import dev.carillon.access.ApiKeys;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Range;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** API keys in the table, by their hash. Never cached, so that a revocation holds at once. */
public final class DynamoApiKeys implements ApiKeys {
  private static final String ENVIRONMENT = "e";
  private static final String KIND = "k";
  private static final String REVOKED = "x";

  private final DynamoTable table;

  public DynamoApiKeys(DynamoTable table) {
    this.table = table;
  }

  @Override
  public Optional<ApiKey> find(String sha256) {
    return table
        .get(EnvironmentKeys.apiKey(sha256))
        .map(
            item ->
                new ApiKey(
                    new EnvironmentId(item.text(ENVIRONMENT)),
                    ApiKey.Kind.valueOf(item.text(KIND)),
                    item.has(REVOKED),
                    item.has(Item.TTL)
                        ? Optional.of(Instant.ofEpochSecond(item.number(Item.TTL)))
                        : Optional.empty()));
  }

  /**
   * The environment's note of the key comes second: a key that nobody saw does not count as one.
   */
  @Override
  public void put(String sha256, ApiKey key) {
    Item item =
        Item.at(EnvironmentKeys.apiKey(sha256))
            .text(ENVIRONMENT, key.environment().value())
            .text(KIND, key.kind().name());
    key.expiresAt().ifPresent(at -> item.number(Item.TTL, at.getEpochSecond()));
    table.put(key.revoked() ? item.number(REVOKED, 1) : item);
    if (key.expiresAt().isPresent()) {
      return; // gone of itself, and so is not listed
    }
    table.put(
        Item.at(new Key(EnvironmentKeys.apiKeys(key.environment()), key.kind() + "#" + sha256)));
  }

  @Override
  public Map<String, ApiKey> all(EnvironmentId environment) {
    var all = new TreeMap<String, ApiKey>();
    table
        .all(Range.between(EnvironmentKeys.apiKeys(environment), Range.LOWEST, Range.HIGHEST))
        .forEach(
            note -> {
              String name = note.text(Item.SK);
              String sha256 = name.substring(name.indexOf('#') + 1);
              find(sha256).ifPresent(key -> all.put(sha256, key));
            });
    return all;
  }

  @Override
  public boolean any(EnvironmentId environment, ApiKey.Kind kind) {
    return table.count(Range.prefix(EnvironmentKeys.apiKeys(environment), kind + "#"), 1) > 0;
  }
}
