package dev.carillon.storage.dynamo.environment;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.rate.CallAllowances;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Counts of calls in the table: a small item for each second in which somebody asked, which only
 * grows. One write unit for all that are taken at once.
 */
public final class DynamoCallAllowances implements CallAllowances {
  private static final String TAKEN = "n";

  /** Nobody asks for a second long past. */
  private static final long REMEMBERED_SECONDS = 3_600;

  private final DynamoTable table;

  public DynamoCallAllowances(DynamoTable table) {
    this.table = table;
  }

  @Override
  public int take(EnvironmentId environment, String of, long second, int perSecond, int want) {
    Item now =
        table.update(
            EnvironmentKeys.calls(environment, of, second),
            "SET #t = :t ADD n :w",
            Map.of("#t", Item.TTL),
            Map.of(":t", number(second + REMEMBERED_SECONDS), ":w", number(want)));
    return Math.clamp(perSecond - (now.number(TAKEN) - want), 0, want);
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
