package dev.carillon.storage.dynamo;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Recipients in the table: a profile, and beside it an item for each preference set and each
 * channel's data. The profile is written last: it holds the cause, and a cause that is there says
 * that all else was written.
 */
public final class DynamoRecipients implements Recipients {
  private static final int TRIES = 20;

  private final DynamoTable table;

  public DynamoRecipients(DynamoTable table) {
    this.table = table;
  }

  @Override
  public Optional<Recipient> find(EnvironmentId environment, RecipientId id) {
    var items = RecipientItems.read(table, environment, id);
    return items.profile().map(_ -> items.recipient(id, Instant.EPOCH));
  }

  @Override
  public Identified identify(
      EnvironmentId environment,
      RecipientId id,
      Identification identification,
      String cause,
      Instant now) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      if (attempt > 0) {
        DynamoTable.pause(Duration.ofMillis(5L << Math.min(attempt, 6)));
      }
      var items = RecipientItems.read(table, environment, id);
      Recipient before = items.recipient(id, now);
      if (items.knows(cause)) {
        return new Identified.Merged(before);
      }
      Recipient merged = before.identified(identification, now);
      int largest = largest(merged);
      if (largest > MAX_PROPERTIES_BYTES) {
        return new Identified.TooLarge(largest);
      }
      if (items.profile().isPresent()
          && merged.equals(before.identified(Identification.NOTHING, now))) {
        return new Identified.Merged(before);
      }
      if (write(items, before, merged, cause)) {
        return new Identified.Merged(merged);
      }
    }
    throw new IllegalStateException("Others changed a recipient each time it was to be merged");
  }

  /** False when somebody else wrote any of it meanwhile. */
  private boolean write(RecipientItems items, Recipient before, Recipient merged, String cause) {
    return parts(
            items,
            RecipientItems.PREFERENCES,
            items.preferences(),
            before.preferences(),
            merged.preferences())
        && parts(
            items,
            RecipientItems.CHANNEL_DATA,
            items.channelData(),
            before.channelData(),
            merged.channelData())
        && table.putIf(items.next(merged, cause), revision(items.profile()));
  }

  private boolean parts(
      RecipientItems items,
      String prefix,
      Map<String, Item> stored,
      Map<String, Json.Obj> before,
      Map<String, Json.Obj> merged) {
    for (var entry : merged.entrySet()) {
      String name = entry.getKey();
      var there = Optional.ofNullable(stored.get(name));
      if (!entry.getValue().equals(before.get(name))
          && !table.putIf(items.part(prefix, name, entry.getValue(), there), revision(there))) {
        return false;
      }
    }
    return true;
  }

  private static Condition revision(Optional<Item> item) {
    return Condition.revision(RecipientItems.revision(item));
  }

  /** The bytes of the largest part; an item takes 400 KB. */
  private static int largest(Recipient recipient) {
    return Stream.of(
            Stream.of(recipient.properties()),
            recipient.preferences().values().stream(),
            recipient.channelData().values().stream())
        .flatMap(parts -> parts)
        .mapToInt(part -> JsonText.bytes(part).length)
        .max()
        .orElse(0);
  }
}
