package dev.carillon.storage.dynamo.recipient;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Keys;
import dev.carillon.storage.dynamo.OptimisticRetry;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Recipients in the table: a profile, and beside it an item for each preference set and each
 * channel's data. The profile is written last: it holds the cause, and a cause that is there says
 * that all else was written. A link by which a new recipient is listed is written before all of it.
 */
public final class DynamoRecipients implements Recipients {
  private final OptimisticRetry tries = new OptimisticRetry();
  private final DynamoTable table;
  private final RecipientLinks links;

  public DynamoRecipients(DynamoTable table) {
    this.table = table;
    this.links = new RecipientLinks(table);
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
    return written(
        environment, id, now, Optional.of(cause), before -> before.identified(identification, now));
  }

  @Override
  public Identified change(
      EnvironmentId environment, RecipientId id, UnaryOperator<Recipient> change, Instant now) {
    return written(
        environment,
        id,
        now,
        Optional.empty(),
        before -> {
          Recipient after = change.apply(before);
          return after.equals(before) ? before : after.updated(now);
        });
  }

  private Identified written(
      EnvironmentId environment,
      RecipientId id,
      Instant now,
      Optional<String> cause,
      UnaryOperator<Recipient> change) {
    return tries.until(
        "Recipient " + Keys.recipient(environment, id),
        () -> tryToWrite(environment, id, now, cause, change));
  }

  private Optional<Identified> tryToWrite(
      EnvironmentId environment,
      RecipientId id,
      Instant now,
      Optional<String> cause,
      UnaryOperator<Recipient> change) {
    var items = RecipientItems.read(table, environment, id);
    Recipient before = items.recipient(id, now);
    if (cause.filter(items::knows).isPresent()) {
      return Optional.of(new Identified.Merged(before));
    }
    Recipient after = change.apply(before);
    int largest = largest(after);
    if (largest > MAX_PROPERTIES_BYTES) {
      return Optional.of(new Identified.TooLarge(largest));
    }
    boolean makes = items.profile().isEmpty() && cause.isPresent();
    if (!makes && after.updated(now).equals(before.updated(now))) {
      return Optional.of(new Identified.Merged(before));
    }
    if (items.profile().isEmpty()) {
      links.put(environment, id);
    }
    return write(items, before, after, cause)
        ? Optional.of(new Identified.Merged(after))
        : Optional.empty();
  }

  /** The link last: a recipient that is not listed could not be found by who looks for leavings. */
  @Override
  public boolean delete(EnvironmentId environment, RecipientId id) {
    Optional<Item> link = links.find(environment, id);
    return tries.until(
        "Recipient " + Keys.recipient(environment, id), () -> tryToDelete(environment, id, link));
  }

  private Optional<Boolean> tryToDelete(
      EnvironmentId environment, RecipientId id, Optional<Item> link) {
    var items = RecipientItems.read(table, environment, id);
    if (!removed(items.preferences().values())
        || !removed(items.channelData().values())
        || !removed(items.profile().stream().toList())) {
      return Optional.empty();
    }
    if (items.profile().isPresent()) {
      link.ifPresent(links::remove);
    } // Else the link may be of one who is just being made.
    return Optional.of(items.profile().isPresent());
  }

  @Override
  public Page<ListedRecipient> of(EnvironmentId environment, String collection, PageRequest page) {
    return links.page(environment, collection, page);
  }

  @Override
  public Page<ListedRecipient> partOf(
      EnvironmentId environment, String collection, int part, PageRequest page) {
    return links.part(environment, collection, part, page);
  }

  /** False when somebody else wrote one of them meanwhile. */
  private boolean removed(Collection<Item> items) {
    return items.stream()
        .allMatch(
            item -> table.deleteIf(item.key(), Condition.revision(item.number(Item.REVISION))));
  }

  /** False when somebody else wrote any of it meanwhile. */
  private boolean write(
      RecipientItems items, Recipient before, Recipient after, Optional<String> cause) {
    return parts(
            items,
            RecipientItems.PREFERENCES,
            items.preferences(),
            before.preferences(),
            after.preferences())
        && parts(
            items,
            RecipientItems.CHANNEL_DATA,
            items.channelData(),
            before.channelData(),
            after.channelData())
        && table.putIf(items.next(after, cause), revision(items.profile()));
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
    return removed(
        stored.entrySet().stream()
            .filter(entry -> !merged.containsKey(entry.getKey()))
            .map(Map.Entry::getValue)
            .toList());
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
