package dev.carillon.storage.dynamo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Writes that happen together or not at all, each to an item of its own. They cost twice what they
 * cost alone, also when they do not happen.
 *
 * <p>When the answer is lost, the SDK repeats the transaction under the same token, and DynamoDB,
 * which remembers tokens for ten minutes, answers that it happened.
 */
public final class Transaction {
  private static final String CONDITION_FAILED = "ConditionalCheckFailed";

  /** Reasons that may be gone the next time; what else stands in the way is a mistake of ours. */
  private static final Set<String> PASSING =
      Set.of(
          "None",
          CONDITION_FAILED,
          "TransactionConflict",
          "ThrottlingError",
          "ProvisionedThroughputExceeded");

  private final DynamoDbClient client;
  private final String table;
  private final List<TransactWriteItem> writes = new ArrayList<>();

  Transaction(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /** Why nothing happened. Writes are numbered from 0, in the order they were added. */
  public record Refusal(List<CancellationReason> reasons) {

    /**
     * Whether the condition of a write did not hold. When that is so of none, somebody else was
     * writing one of the items just then.
     */
    public boolean failed(int write) {
      return reasons.get(write).code().equals(CONDITION_FAILED);
    }

    /** What was there instead of what the condition of a put wants. */
    public Optional<Item> standing(int write) {
      CancellationReason reason = reasons.get(write);
      return reason.hasItem() ? Optional.of(Item.read(reason.item())) : Optional.empty();
    }
  }

  public Transaction put(Item item, Condition condition) {
    writes.add(
        TransactWriteItem.builder()
            .put(
                put ->
                    put.tableName(table)
                        .item(item.attributes())
                        .conditionExpression(Condition.orNull(condition.expression()))
                        .expressionAttributeNames(Condition.orNull(condition.names()))
                        .expressionAttributeValues(Condition.orNull(condition.values()))
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD))
            .build());
    return this;
  }

  /**
   * Changes attributes of an item, or makes it of them.
   *
   * @param expression a constant
   */
  public Transaction update(Key key, String expression, Map<String, AttributeValue> values) {
    writes.add(
        TransactWriteItem.builder()
            .update(
                update ->
                    update
                        .tableName(table)
                        .key(key.attributes())
                        .updateExpression(expression)
                        .expressionAttributeValues(values))
            .build());
    return this;
  }

  /** As {@link DynamoTable#overlayIf}. */
  public Transaction overlay(Item item, List<String> dropped, Condition condition) {
    Item.Overlay overlay = item.over(dropped).under(condition);
    writes.add(
        TransactWriteItem.builder()
            .update(
                update ->
                    update
                        .tableName(table)
                        .key(item.key().attributes())
                        .updateExpression(overlay.expression())
                        .conditionExpression(condition.expression())
                        .expressionAttributeNames(overlay.names())
                        .expressionAttributeValues(overlay.values()))
            .build());
    return this;
  }

  public Transaction delete(Key key, Condition condition) {
    writes.add(
        TransactWriteItem.builder()
            .delete(
                delete ->
                    delete
                        .tableName(table)
                        .key(key.attributes())
                        .conditionExpression(Condition.orNull(condition.expression()))
                        .expressionAttributeNames(Condition.orNull(condition.names()))
                        .expressionAttributeValues(Condition.orNull(condition.values())))
            .build());
    return this;
  }

  /**
   * Changes attributes of an item, or makes it of them.
   *
   * @param expression a constant
   */
  public Transaction update(Key key, String expression, Condition condition) {
    writes.add(
        TransactWriteItem.builder()
            .update(
                update ->
                    update
                        .tableName(table)
                        .key(key.attributes())
                        .updateExpression(expression)
                        .conditionExpression(Condition.orNull(condition.expression()))
                        .expressionAttributeNames(Condition.orNull(condition.names()))
                        .expressionAttributeValues(Condition.orNull(condition.values())))
            .build());
    return this;
  }

  /** Empty when all writes happened. */
  public Optional<Refusal> commit() {
    String token = UUID.randomUUID().toString();
    try {
      client.transactWriteItems(request -> request.transactItems(writes).clientRequestToken(token));
      return Optional.empty();
    } catch (TransactionCanceledException e) {
      if (e.cancellationReasons().stream().allMatch(it -> PASSING.contains(it.code()))) {
        return Optional.of(new Refusal(e.cancellationReasons()));
      }
      throw e;
    }
  }
}
