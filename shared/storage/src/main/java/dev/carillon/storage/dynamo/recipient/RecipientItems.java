package dev.carillon.storage.dynamo.recipient;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Keys;
import dev.carillon.storage.dynamo.Range;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The items of one recipient as they were read together.
 *
 * @param profile empty when nobody identified the recipient; other items may be there all the same,
 *     of an identification under way
 */
record RecipientItems(
    Key key, Optional<Item> profile, Map<String, Item> preferences, Map<String, Item> channelData) {
  static final String PROFILE = "PROFILE";
  static final String PREFERENCES = "PREF#";
  static final String CHANNEL_DATA = "CHAN#";
  private static final String CAUSES = "c";
  private static final int MOST_CAUSES = 16;

  static RecipientItems read(DynamoTable table, EnvironmentId environment, RecipientId id) {
    String partition = Keys.recipient(environment, id);
    Optional<Item> profile = Optional.empty();
    var preferences = new HashMap<String, Item>();
    var channelData = new HashMap<String, Item>();
    // Nothing but these three kinds sorts between CHAN# and PROFILE.
    for (Item item : table.all(Range.between(partition, CHANNEL_DATA, PROFILE))) {
      String sort = item.text(Item.SK);
      if (sort.equals(PROFILE)) {
        profile = Optional.of(item);
      } else if (sort.startsWith(PREFERENCES)) {
        preferences.put(item.text(Item.NAME), item);
      } else if (sort.startsWith(CHANNEL_DATA)) {
        channelData.put(item.text(Item.NAME), item);
      }
    }
    return new RecipientItems(new Key(partition, PROFILE), profile, preferences, channelData);
  }

  /** What they say; a recipient known by nothing yet when there is no profile. */
  Recipient recipient(RecipientId id, Instant now) {
    Json.Obj document = profile.map(RecipientItems::body).orElse(Json.Obj.EMPTY);
    return new Recipient(
        id,
        document.object("p"),
        document.get("t").map(DocumentFields::time),
        document.get("u").map(DocumentFields::time).orElse(now),
        bodies(preferences),
        bodies(channelData));
  }

  boolean knows(String cause) {
    return causes().contains(hash(cause));
  }

  private List<Long> causes() {
    var causes = new ArrayList<Long>();
    profile
        .flatMap(item -> item.findBytes(CAUSES))
        .map(ByteBuffer::wrap)
        .ifPresent(
            bytes -> {
              while (bytes.hasRemaining()) {
                causes.add(bytes.getLong());
              }
            });
    return causes;
  }

  /**
   * The profile that is to follow this one. A first one's revision is the time, so that who read a
   * profile that was deleted since does not take a new one for it.
   *
   * @param cause what changed it; empty for a change that may be made again
   */
  Item next(Recipient recipient, Optional<String> cause) {
    var causes = causes();
    cause.map(RecipientItems::hash).ifPresent(causes::add);
    List<Long> last = causes.subList(Math.max(0, causes.size() - MOST_CAUSES), causes.size());
    var bytes = ByteBuffer.allocate(last.size() * Long.BYTES);
    last.forEach(bytes::putLong);
    Json.Obj document =
        new DocumentFields()
            .putObject("p", recipient.properties())
            .put("t", recipient.createdAt(), DocumentFields::time)
            .put("u", recipient.updatedAt())
            .json();
    return Item.at(key)
        .number(
            Item.REVISION,
            profile.isPresent()
                ? revision(profile) + 1
                : Math.max(1, recipient.updatedAt().toEpochMilli()))
        .bytes(CAUSES, bytes.array())
        .bytes(Item.BODY, CompressedJson.pack(document));
  }

  /** One preference set or one channel's data that is to follow what is there. */
  Item part(String prefix, String name, Json.Obj value, Optional<Item> before) {
    return Item.at(new Key(key.partition(), prefix + Keys.part(name)))
        .number(Item.REVISION, revision(before) + 1)
        .text(Item.NAME, name)
        .bytes(Item.BODY, CompressedJson.pack(value));
  }

  static long revision(Optional<Item> item) {
    return item.map(it -> it.number(Item.REVISION)).orElse(0L);
  }

  private static Map<String, Json.Obj> bodies(Map<String, Item> items) {
    var bodies = new HashMap<String, Json.Obj>();
    items.forEach((name, item) -> bodies.put(name, body(item)));
    return bodies;
  }

  private static Json.Obj body(Item item) {
    return CompressedJson.unpackObject(item.bytes(Item.BODY));
  }

  /** Eight bytes will do: what they tell apart is sixteen causes of one recipient. */
  private static long hash(String cause) {
    return Digest.of("cause", cause).bits(63);
  }
}
