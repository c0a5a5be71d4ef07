package dev.carillon.storage.dynamo.waiting;

import dev.carillon.channel.ChannelId;
import dev.carillon.channel.SendSlots;
import dev.carillon.channel.SlotBook;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.OptimisticRetry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Slots in the table: a small item for each channel that has a rate, changed under its revision. A
 * read unit and a write unit for all that are taken at once.
 */
public final class DynamoSendSlots implements SendSlots {
  private static final String SECOND = "s";
  private static final String TAKEN = "n";

  /** Nobody needs to know of a second long past. */
  private static final Duration REMEMBERED = Duration.ofDays(1);

  private final DynamoTable table;
  private final OptimisticRetry tries = new OptimisticRetry();

  public DynamoSendSlots(DynamoTable table) {
    this.table = table;
  }

  @Override
  public Slots take(
      EnvironmentId environment, ChannelId channel, int perSecond, int most, Instant now) {
    Key key = WaitingKeys.sendSlots(environment, channel);
    return tries.until("Slots of " + channel, () -> tryToTake(key, perSecond, most, now));
  }

  private Optional<Slots> tryToTake(Key key, int perSecond, int most, Instant now) {
    Optional<Item> stored = table.get(key);
    SlotBook book =
        stored
            .map(it -> new SlotBook(it.number(SECOND), (int) it.number(TAKEN)))
            .orElse(SlotBook.EMPTY);
    SlotBook.Given given = book.give(perSecond, most, now);
    long revision = stored.map(it -> it.number(Item.REVISION)).orElse(0L);
    Item next =
        Item.at(key)
            .number(SECOND, given.book().second())
            .number(TAKEN, given.book().taken())
            .number(Item.REVISION, revision + 1)
            .number(
                Item.TTL,
                Instant.ofEpochSecond(given.book().second()).plus(REMEMBERED).getEpochSecond());
    boolean ours =
        table.putIf(
            next, stored.isEmpty() ? Condition.free(table.now()) : Condition.revision(revision));
    return ours ? Optional.of(given.slots()) : Optional.empty();
  }
}
