package dev.carillon.storage.dynamo;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients.Listed;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * By what the recipients of a collection are listed: one item each, in one of sixteen partitions,
 * which are walked one after the other. Written when a recipient is made, never again.
 */
final class RecipientLinks {
  private static final int SHARDS = 16;
  private static final String PREFIX = "R#";
  private static final int TOKEN = 8;
  private static final SecureRandom TOKENS = new SecureRandom();

  private final DynamoTable table;

  RecipientLinks(DynamoTable table) {
    this.table = table;
  }

  /** Lists it. Each link has a token of its own, so that it is not taken for an earlier one. */
  void put(EnvironmentId environment, RecipientId id) {
    byte[] token = new byte[TOKEN];
    TOKENS.nextBytes(token);
    table.put(Item.at(key(environment, id)).text(Item.NAME, id.id()).bytes(Item.WRITE, token));
  }

  Optional<Item> find(EnvironmentId environment, RecipientId id) {
    return table.get(key(environment, id));
  }

  /** Removes the link as it was found, unless another one took its place. */
  void remove(Item link) {
    table.deleteIf(
        link.key(),
        new Condition(
            "#w = :w", Map.of("#w", Item.WRITE), Map.of(":w", link.attributes().get(Item.WRITE))));
  }

  /** A position is the number of the partition, one hexadecimal digit, and the sort key in it. */
  Page<Listed> page(EnvironmentId environment, String collection, PageRequest request) {
    boolean onward = request.before().isEmpty();
    Optional<String> from =
        (onward ? request.after() : request.before()).filter(RecipientLinks::isPosition);
    int shard =
        from.map(it -> Character.digit(it.charAt(0), SHARDS)).orElse(onward ? 0 : SHARDS - 1);
    var page = new PageOf<Listed>(request);
    Optional<String> sort = from.map(it -> it.substring(1));
    while (!page.done() && shard >= 0 && shard < SHARDS) {
      String partition = Keys.recipientLinks(environment, collection, shard);
      Map<String, AttributeValue> start =
          sort.map(it -> new Key(partition, it).attributes()).orElse(Map.of());
      do {
        Slice slice =
            table.query(
                Range.prefix(partition, PREFIX).newestFirst(!onward), request.size() + 1, start);
        for (Item link : slice.items()) {
          if (!page.done()) {
            String position = Integer.toHexString(shard) + link.text(Item.SK);
            page.saw(position);
            page.add(
                new Listed(new RecipientId(collection, link.text(Item.NAME)), position), position);
          }
        }
        start = slice.next();
      } while (!page.done() && !start.isEmpty());
      sort = Optional.empty();
      shard += onward ? 1 : -1;
    }
    return page.page();
  }

  /** Whether it can have come from here; from any other text a list begins at its beginning. */
  private static boolean isPosition(String text) {
    return text.length() > 1 + PREFIX.length()
        && Character.digit(text.charAt(0), SHARDS) >= 0
        && text.startsWith(PREFIX, 1)
        && text.length() <= 1_000;
  }

  private static Key key(EnvironmentId environment, RecipientId id) {
    int shard = (int) Digest.of("recipient", id.id()).bits(4);
    return new Key(
        Keys.recipientLinks(environment, id.collection(), shard), PREFIX + Keys.part(id.id()));
  }
}
