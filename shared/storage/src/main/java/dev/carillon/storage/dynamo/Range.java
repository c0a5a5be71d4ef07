package dev.carillon.storage.dynamo;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * The items of one partition, of the table or of an index, whose sort keys lie between two texts,
 * both included.
 *
 * @param index empty for the table itself
 * @param descending the greatest sort key first
 */
public record Range(
    Optional<String> index, String partition, String low, String high, boolean descending) {
  /** Before and behind every sort key of letters, digits and {@code #}. */
  public static final String LOWEST = "!";

  public static final String HIGHEST = "}";

  /** In the table itself, ascending. */
  public static Range between(String partition, String low, String high) {
    return new Range(Optional.empty(), partition, low, high, false);
  }

  /** All sort keys that begin so. */
  public static Range prefix(String partition, String prefix) {
    int last = prefix.length() - 1;
    return between(partition, prefix, prefix.substring(0, last) + (char) (prefix.charAt(last) + 1));
  }

  /** All sort keys that begin with an id of a customer's, which may begin with any character. */
  static Range ofIds(String partition) {
    return between(partition, " ", "\uDBFF\uDFFF".repeat(8));
  }

  public static Range inIndex(String index, String partition, String low, String high) {
    return new Range(Optional.of(index), partition, low, high, false);
  }

  public Range newestFirst(boolean newest) {
    return new Range(index, partition, low, high, newest);
  }

  public boolean isEmpty() {
    return low.compareTo(high) > 0;
  }

  /** An index cannot be read consistently; the table always is. */
  QueryRequest.Builder apply(QueryRequest.Builder request) {
    Map<String, String> names = new HashMap<>();
    names.put("#p", index.map(Range::partitionOf).orElse(Item.PK));
    names.put("#s", index.map(Range::sortOf).orElse(Item.SK));
    return request
        .indexName(index.orElse(null))
        .consistentRead(index.isEmpty())
        .scanIndexForward(!descending)
        .keyConditionExpression("#p = :p AND #s BETWEEN :low AND :high")
        .expressionAttributeNames(names)
        .expressionAttributeValues(
            Map.of(
                ":p", Item.stored(partition),
                ":low", Item.stored(low),
                ":high", Item.stored(high)));
  }

  private static String partitionOf(String index) {
    return index.equals(Indexes.RUNS) ? Indexes.RUNS_PARTITION : Indexes.FEED_PARTITION;
  }

  private static String sortOf(String index) {
    return index.equals(Indexes.RUNS) ? Indexes.RUNS_SORT : Indexes.FEED_SORT;
  }
}
