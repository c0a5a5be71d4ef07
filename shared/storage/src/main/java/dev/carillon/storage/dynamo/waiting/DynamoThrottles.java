package dev.carillon.storage.dynamo.waiting;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.OptimisticRetry;
import dev.carillon.storage.dynamo.Transaction;
import dev.carillon.throttle.ThrottleId;
import dev.carillon.throttle.Throttles;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Budgets in the table. A budget is a partition: its head says how many passed in the last window,
 * and there is an item for each that passed. Both are written in one transaction.
 */
public final class DynamoThrottles implements Throttles {
  private static final Duration REMEMBERED = Duration.ofDays(1);

  private final DynamoTable table;
  private final OptimisticRetry tries = new OptimisticRetry();

  public DynamoThrottles(DynamoTable table) {
    this.table = table;
  }

  @Override
  public Passage pass(
      EnvironmentId environment,
      ThrottleId throttle,
      String passer,
      int limit,
      Instant windowEnd,
      Instant now) {
    Key head = WaitingKeys.throttle(environment, throttle);
    Key own = WaitingKeys.passer(environment, throttle, passer);
    return tries.until(
        "Budget " + throttle.value(), () -> tryToPass(head, own, limit, windowEnd, now));
  }

  private Optional<Passage> tryToPass(
      Key head, Key own, int limit, Instant windowEnd, Instant now) {
    Optional<Item> stored = table.get(head);
    Passage.Passed last =
        stored
            .map(DynamoThrottles::read)
            .filter(it -> now.isBefore(it.windowEnd()))
            .orElse(new Passage.Passed(0, windowEnd));
    if (last.nth() >= limit) {
      return Optional.of(
          table
              .get(own)
              .<Passage>map(DynamoThrottles::read)
              .orElse(new Passage.Exceeded(last.windowEnd())));
    }
    var next = new Passage.Passed(last.nth() + 1, last.windowEnd());
    long revision = stored.map(it -> it.number(Item.REVISION)).orElse(0L);
    Optional<Transaction.Refusal> refusal =
        table
            .transaction()
            .put(item(own, next), Condition.free(table.now()))
            .put(
                item(head, next).number(Item.REVISION, revision + 1),
                revision == 0 ? Condition.free(table.now()) : Condition.revision(revision))
            .commit();
    return refusal.isEmpty()
        ? Optional.of(next)
        : refusal
            .filter(it -> it.failed(0))
            .flatMap(it -> it.standing(0))
            .map(DynamoThrottles::read);
  }

  private static Item item(Key key, Passage.Passed passed) {
    return Item.at(key)
        .number(Item.TTL, passed.windowEnd().plus(REMEMBERED).getEpochSecond())
        .bytes(
            Item.BODY,
            CompressedJson.pack(
                new DocumentFields().put("n", passed.nth()).put("e", passed.windowEnd()).json()));
  }

  private static Passage.Passed read(Item item) {
    var document = CompressedJson.unpackObject(item.bytes(Item.BODY));
    return new Passage.Passed(
        (int) DocumentFields.number(document, "n"), DocumentFields.time(document, "e"));
  }
}
