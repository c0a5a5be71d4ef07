package dev.carillon.local.dynamo;

import dev.carillon.json.Json;
import java.util.Optional;

/** DynamoDB Local in this process, behind the front. */
public final class Tables {

  /**
   * Creates the table unless it exists, and returns when it is active.
   *
   * @param definition the body of a CreateTable call: TableName, AttributeDefinitions, KeySchema,
   *     GlobalSecondaryIndexes, BillingMode. What DynamoDB itself would refuse is refused.
   * @param ttlAttribute the attribute that holds an item's expiry; items are not expired here
   * @throws IllegalArgumentException when DynamoDB refuses the definition; the message says why
   */
  public void create(Json.Obj definition, Optional<String> ttlAttribute) {
    throw new UnsupportedOperationException();
  }
}
