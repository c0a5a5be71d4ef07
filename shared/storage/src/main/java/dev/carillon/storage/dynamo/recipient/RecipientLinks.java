package dev.carillon.storage.dynamo.recipient;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.Recipients.ListedRecipient;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Keys;
import dev.carillon.storage.dynamo.PartitionWalk;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * By what the recipients of a collection are listed: one item each, in one of sixteen partitions,
 * which are walked one after the other. Written when a recipient is made, never again.
 */
final class RecipientLinks {
  private static final int SHARDS = Recipients.PARTS;
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

  Page<ListedRecipient> page(EnvironmentId environment, String collection, PageRequest request) {
    List<String> partitions =
        IntStream.range(0, SHARDS)
            .mapToObj(shard -> RecipientKeys.recipientLinks(environment, collection, shard))
            .toList();
    return page(partitions, collection, request);
  }

  /** As {@link #page}, of one part. */
  Page<ListedRecipient> part(
      EnvironmentId environment, String collection, int part, PageRequest request) {
    return page(
        List.of(RecipientKeys.recipientLinks(environment, collection, part)), collection, request);
  }

  private Page<ListedRecipient> page(
      List<String> partitions, String collection, PageRequest request) {
    return PartitionWalk.read(
        new PartitionWalk(table, partitions, PREFIX).page(request),
        it ->
            Optional.of(
                new ListedRecipient(
                    new RecipientId(collection, it.item().text(Item.NAME)), it.position())));
  }

  private static Key key(EnvironmentId environment, RecipientId id) {
    int shard = (int) Digest.of("recipient", id.id()).bits(4);
    return new Key(
        RecipientKeys.recipientLinks(environment, id.collection(), shard),
        PREFIX + Keys.part(id.id()));
  }
}
