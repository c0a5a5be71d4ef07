package dev.carillon.storage.dynamo.message;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.storage.cache.LruCache;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Specimens of contents, under a hash of what they say, so that what is like one is stored as what
 * differs. Each is written before anything refers to it, and stays for good: there is one for each
 * template, and nothing of a recipient is in it.
 */
final class ContentDictionaries {
  private static final long CACHED_BYTES = 4_000_000;

  /** More of a dictionary is of no use to deflating. */
  private static final int MOST = 32_000;

  private record Place(EnvironmentId environment, String id) {}

  private final DynamoTable table;
  private final LruCache<Place, byte[]> known = new LruCache<>(CACHED_BYTES);

  ContentDictionaries(DynamoTable table) {
    this.table = table;
  }

  /** The document in what the specimen does not say already. */
  byte[] pack(EnvironmentId environment, Json.Obj document, Json specimen) {
    byte[] text = JsonText.bytes(specimen);
    byte[] dictionary = Arrays.copyOf(text, Math.min(text.length, MOST));
    byte[] id = hash(dictionary);
    var place = new Place(environment, name(id));
    known.get(place, _ -> true, () -> Optional.of(stored(place, dictionary)));
    return CompressedJson.pack(document, id, dictionary);
  }

  Json.Obj unpack(EnvironmentId environment, byte[] packed) {
    return CompressedJson.unpackObject(packed, id -> find(new Place(environment, name(id))));
  }

  private LruCache.Weighed<byte[]> stored(Place place, byte[] dictionary) {
    table.putIf(
        Item.at(key(place)).bytes(Item.BODY, CompressedJson.packBytes(dictionary)), Condition.NEW);
    return new LruCache.Weighed<>(dictionary, dictionary.length);
  }

  private byte[] find(Place place) {
    return known
        .get(place, _ -> true, () -> table.get(key(place)).map(ContentDictionaries::read))
        .orElseThrow(() -> new IllegalStateException("There is no dictionary " + place.id()));
  }

  private static LruCache.Weighed<byte[]> read(Item item) {
    byte[] dictionary = CompressedJson.unpackBytes(item.bytes(Item.BODY));
    return new LruCache.Weighed<>(dictionary, dictionary.length);
  }

  private static Key key(Place place) {
    return MessageKeys.dictionary(place.environment(), place.id());
  }

  private static String name(byte[] id) {
    return HexFormat.of().formatHex(id);
  }

  private static byte[] hash(byte[] dictionary) {
    try {
      byte[] whole = MessageDigest.getInstance("SHA-256").digest(dictionary);
      return Arrays.copyOf(whole, CompressedJson.ID);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
