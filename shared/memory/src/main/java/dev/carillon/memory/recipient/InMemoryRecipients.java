package dev.carillon.memory.recipient;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.memory.NewestFirst;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Recipients in memory. */
public final class InMemoryRecipients implements Recipients {
  private static final int CAUSES = 16;

  private record Key(EnvironmentId environment, RecipientId id) {}

  private record Stored(Recipient recipient, List<String> causes) {}

  private final Map<Key, Stored> recipients = new HashMap<>();

  @Override
  public synchronized Optional<Recipient> find(EnvironmentId environment, RecipientId id) {
    return Optional.ofNullable(recipients.get(new Key(environment, id))).map(Stored::recipient);
  }

  @Override
  public synchronized Identified identify(
      EnvironmentId environment,
      RecipientId id,
      Identification identification,
      String cause,
      Instant now) {
    var key = new Key(environment, id);
    Stored before = recipients.get(key);
    if (before != null && before.causes().contains(cause)) {
      return new Identified.Merged(before.recipient());
    }
    Recipient known = before == null ? unknown(id, now) : before.recipient();
    Recipient merged = known.identified(identification, now);
    int largest = largest(merged);
    if (largest > MAX_PROPERTIES_BYTES) {
      return new Identified.TooLarge(largest);
    }
    if (before != null && merged.equals(touched(before.recipient(), now))) {
      return new Identified.Merged(before.recipient());
    }
    var causes = new ArrayList<>(before == null ? List.of() : before.causes());
    causes.add(cause);
    recipients.put(
        key,
        new Stored(merged, causes.subList(Math.max(0, causes.size() - CAUSES), causes.size())));
    return new Identified.Merged(merged);
  }

  @Override
  public synchronized Identified change(
      EnvironmentId environment, RecipientId id, UnaryOperator<Recipient> change, Instant now) {
    var key = new Key(environment, id);
    Stored stored = recipients.get(key);
    Recipient before = stored == null ? unknown(id, now) : stored.recipient();
    Recipient after = change.apply(before);
    if (after.equals(before)) {
      return new Identified.Merged(before);
    }
    int largest = largest(after);
    if (largest > MAX_PROPERTIES_BYTES) {
      return new Identified.TooLarge(largest);
    }
    Recipient updated = after.updated(now);
    recipients.put(key, new Stored(updated, stored == null ? List.of() : stored.causes()));
    return new Identified.Merged(updated);
  }

  @Override
  public synchronized boolean delete(EnvironmentId environment, RecipientId id) {
    return recipients.remove(new Key(environment, id)) != null;
  }

  @Override
  public synchronized Page<ListedRecipient> of(
      EnvironmentId environment, String collection, PageRequest page) {
    return listed(environment, collection, _ -> true, page);
  }

  @Override
  public synchronized Page<ListedRecipient> partOf(
      EnvironmentId environment, String collection, int part, PageRequest page) {
    return listed(
        environment, collection, id -> Math.floorMod(id.id().hashCode(), PARTS) == part, page);
  }

  private Page<ListedRecipient> listed(
      EnvironmentId environment,
      String collection,
      Predicate<RecipientId> wanted,
      PageRequest page) {
    return NewestFirst.page(
        recipients.keySet().stream()
            .filter(key -> key.environment().equals(environment))
            .map(Key::id)
            .filter(wanted)
            .filter(id -> id.collection().equals(collection))
            .map(id -> new ListedRecipient(id, id.id()))
            .toList(),
        ListedRecipient::position,
        page);
  }

  private static Recipient unknown(RecipientId id, Instant now) {
    return new Recipient(id, Json.Obj.EMPTY, Optional.empty(), now, Map.of(), Map.of());
  }

  private static Recipient touched(Recipient recipient, Instant now) {
    return recipient.identified(Identification.NOTHING, now);
  }

  /** The bytes of the largest part: the properties, one preference set, one channel's data. */
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
