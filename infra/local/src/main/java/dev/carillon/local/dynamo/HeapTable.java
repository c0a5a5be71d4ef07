package dev.carillon.local.dynamo;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.ComparisonOperator;
import software.amazon.dynamodb.services.local.shared.access.LocalDBUtils;
import software.amazon.dynamodb.services.local.shared.access.PaddingNumberEncoder;
import software.amazon.dynamodb.services.local.shared.access.TableInfo;
import software.amazon.dynamodb.services.local.shared.model.AttributeValue;
import software.amazon.dynamodb.services.local.shared.model.Condition;

/**
 * One table's items in the order of their keys, and the same once more for each index. Items are
 * copied on their way in and out: DynamoDB Local changes what it holds. Safe for many readers and,
 * one to an item, many writers.
 */
final class HeapTable {
  private static final byte[] NOTHING = {};

  /** Behind every other sort key. */
  private static final byte[] LAST = {};

  private static final Comparator<byte[]> BYTES =
      (one, other) ->
          one == other
              ? 0
              : one == LAST ? 1 : other == LAST ? -1 : Arrays.compareUnsigned(one, other);

  /**
   * Where an item stands.
   *
   * @param tie the item's own key, in an index; its parts are empty in the table itself
   */
  private record Key(byte[] hash, byte[] sort, byte[] tieHash, byte[] tieSort) {
    static final Comparator<Key> ORDER =
        Comparator.comparing(Key::hash, BYTES)
            .thenComparing(Key::sort, BYTES)
            .thenComparing(Key::tieHash, BYTES)
            .thenComparing(Key::tieSort, BYTES);
  }

  /** Names of the attributes that make a key; the second is empty where there is none. */
  private record Names(String hash, Optional<String> sort) {
    boolean in(Map<String, AttributeValue> item) {
      return item.get(hash) != null && sort.map(name -> item.get(name) != null).orElse(true);
    }
  }

  /**
   * What is asked for.
   *
   * @param index empty for the table itself
   * @param after the key that the page before ended with; empty for the first page
   */
  record Range(
      Optional<String> index,
      Map<String, Condition> conditions,
      Map<String, AttributeValue> after,
      long limit,
      boolean ascending) {}

  private final Names key;
  private final Map<String, Names> indexes;
  private final NavigableMap<Key, Map<String, AttributeValue>> items =
      new ConcurrentSkipListMap<>(Key.ORDER);
  private final Map<String, NavigableMap<Key, Map<String, AttributeValue>>> byIndex =
      new HashMap<>();

  private HeapTable(Names key, Map<String, Names> indexes) {
    this.key = key;
    this.indexes = Map.copyOf(indexes);
    indexes.keySet().forEach(name -> byIndex.put(name, new ConcurrentSkipListMap<>(Key.ORDER)));
  }

  static HeapTable of(TableInfo info) {
    var indexes = new HashMap<String, Names>();
    for (var name : info.getGSINames()) {
      // Keys of several attributes, which DynamoDB has had since 2025, are not among ours.
      var sort = info.getGSIRangeKeys(name);
      indexes.put(
          name,
          names(info.getGSIHashKeys(name).getFirst(), sort.isEmpty() ? null : sort.getFirst()));
    }
    for (var name : info.getLSINames()) {
      indexes.put(name, names(info.getHashKey(), info.getLSIRangeKey(name)));
    }
    return new HeapTable(names(info.getHashKey(), info.getRangeKey()), indexes);
  }

  private static Names names(AttributeDefinition hash, AttributeDefinition sort) {
    return new Names(
        hash.attributeName(), Optional.ofNullable(sort).map(AttributeDefinition::attributeName));
  }

  /** The item with this key; null when there is none, as DynamoDB Local has it. */
  Map<String, AttributeValue> get(Map<String, AttributeValue> itemKey) {
    var item = items.get(keyOf(itemKey));
    return item == null ? null : copied(item);
  }

  /** Puts an item and returns the one it replaced; null when there was none. */
  Map<String, AttributeValue> put(Map<String, AttributeValue> item) {
    var kept = copied(item);
    var before = items.put(keyOf(kept), kept);
    if (before != null) {
      forget(before);
    }
    indexes.forEach(
        (name, names) -> {
          if (names.in(kept)) {
            byIndex.get(name).put(keyIn(names, kept), kept);
          }
        });
    return before;
  }

  /** Removes and returns the item with this key; null when there is none. */
  Map<String, AttributeValue> remove(Map<String, AttributeValue> itemKey) {
    var before = items.remove(keyOf(itemKey));
    if (before != null) {
      forget(before);
    }
    return before;
  }

  private void forget(Map<String, AttributeValue> item) {
    indexes.forEach(
        (name, names) -> {
          if (names.in(item)) {
            byIndex.get(name).remove(keyIn(names, item));
          }
        });
  }

  void addAll(HeapTable other) {
    other.items.values().forEach(this::put);
  }

  int size() {
    return items.size();
  }

  int size(String index) {
    return byIndex.get(index).size();
  }

  long bytes() {
    return items.values().stream().mapToLong(LocalDBUtils::getItemSizeBytes).sum();
  }

  /** The items under one partition key, in the order of their sort keys. */
  List<Map<String, AttributeValue>> query(Range range) {
    var names = range.index().map(indexes::get).orElse(key);
    var stored = range.index().map(byIndex::get).orElse(items);
    var hash = bytes(range.conditions().get(names.hash()).getAttributeValueList().getFirst());
    var condition = names.sort().map(range.conditions()::get);
    var from = new Key(hash, condition.map(HeapTable::lowest).orElse(NOTHING), NOTHING, NOTHING);
    var to = new Key(hash, LAST, LAST, LAST);
    var part = stored.subMap(from, true, to, true);
    if (!range.ascending()) {
      part = part.descendingMap();
    }
    if (!range.after().isEmpty()) {
      var after = range.index().isPresent() ? keyIn(names, range.after()) : keyOf(range.after());
      // Outside the part, there is nothing behind it or everything.
      var place = range.ascending() ? Key.ORDER : Key.ORDER.reversed();
      if (!part.isEmpty() && place.compare(part.firstKey(), after) <= 0) {
        if (place.compare(part.lastKey(), after) <= 0) {
          return List.of();
        }
        part = part.tailMap(after, false);
      }
    }
    var found = new ArrayList<Map<String, AttributeValue>>();
    for (var entry : part.entrySet()) {
      if (found.size() >= range.limit()) {
        break;
      }
      var sort = entry.getKey().sort();
      if (condition.map(one -> meets(one, sort)).orElse(true)) {
        found.add(copied(entry.getValue()));
      } else if (range.ascending() && condition.map(one -> isPast(one, sort)).orElse(false)) {
        break;
      }
    }
    return found;
  }

  /** All items of the table or index, in the order of their partition keys' hashes. */
  List<Map<String, AttributeValue>> scan(Range range, byte[] beginHash, byte[] endHash) {
    record Place(byte[] hash, Key key, Map<String, AttributeValue> item) {}
    var names = range.index().map(indexes::get).orElse(key);
    var order = Comparator.comparing(Place::hash, BYTES).thenComparing(Place::key, Key.ORDER);
    var after =
        Optional.of(range.after())
            .filter(last -> !last.isEmpty())
            .map(
                last ->
                    new Place(
                        LocalDBUtils.getHashValue(last.get(key.hash())),
                        range.index().isPresent() ? keyIn(names, last) : keyOf(last),
                        last));
    return range.index().map(byIndex::get).orElse(items).entrySet().stream()
        .map(
            entry ->
                new Place(
                    LocalDBUtils.getHashValue(entry.getValue().get(key.hash())),
                    entry.getKey(),
                    entry.getValue()))
        .filter(
            place ->
                beginHash == null
                    || (Arrays.compareUnsigned(place.hash(), beginHash) >= 0
                        && Arrays.compareUnsigned(place.hash(), endHash) <= 0))
        .filter(place -> after.map(last -> order.compare(place, last) > 0).orElse(true))
        .sorted(order)
        .limit(range.limit())
        .map(place -> copied(place.item()))
        .toList();
  }

  private static byte[] lowest(Condition condition) {
    return switch (ComparisonOperator.fromValue(condition.getComparisonOperator())) {
      case EQ, GE, GT, BEGINS_WITH, BETWEEN -> bytes(condition.getAttributeValueList().getFirst());
      default -> NOTHING;
    };
  }

  private static boolean meets(Condition condition, byte[] sort) {
    var values = condition.getAttributeValueList();
    var first = bytes(values.getFirst());
    var order = Arrays.compareUnsigned(sort, first);
    return switch (ComparisonOperator.fromValue(condition.getComparisonOperator())) {
      case EQ -> order == 0;
      case LT -> order < 0;
      case LE -> order <= 0;
      case GT -> order > 0;
      case GE -> order >= 0;
      case BETWEEN -> order >= 0 && Arrays.compareUnsigned(sort, bytes(values.getLast())) <= 0;
      case BEGINS_WITH ->
          sort.length >= first.length
              && Arrays.equals(sort, 0, first.length, first, 0, first.length);
      default -> throw new IllegalArgumentException("No such key condition: " + condition);
    };
  }

  /** Whether no later sort key can meet the condition either. */
  private static boolean isPast(Condition condition, byte[] sort) {
    var values = condition.getAttributeValueList();
    return switch (ComparisonOperator.fromValue(condition.getComparisonOperator())) {
      case EQ, LT, LE, BEGINS_WITH -> Arrays.compareUnsigned(sort, bytes(values.getFirst())) > 0;
      case BETWEEN -> Arrays.compareUnsigned(sort, bytes(values.getLast())) > 0;
      default -> false;
    };
  }

  private Key keyOf(Map<String, AttributeValue> item) {
    return new Key(
        bytes(item.get(key.hash())),
        key.sort().map(name -> bytes(item.get(name))).orElse(NOTHING),
        NOTHING,
        NOTHING);
  }

  private Key keyIn(Names names, Map<String, AttributeValue> item) {
    var own = keyOf(item);
    return new Key(
        bytes(item.get(names.hash())),
        names.sort().map(name -> bytes(item.get(name))).orElse(NOTHING),
        own.hash(),
        own.sort());
  }

  /** Bytes that stand in the order that DynamoDB gives the values. */
  private static byte[] bytes(AttributeValue value) {
    if (value.getS() != null) {
      return value.getS().getBytes(StandardCharsets.UTF_8);
    }
    if (value.getN() != null) {
      return PaddingNumberEncoder.encodeBigDecimal(new BigDecimal(value.getN()));
    }
    var binary = value.getB().duplicate();
    var bytes = new byte[binary.remaining()];
    binary.get(bytes);
    return bytes;
  }

  private static Map<String, AttributeValue> copied(Map<String, AttributeValue> item) {
    var copy = HashMap.<String, AttributeValue>newHashMap(item.size());
    item.forEach((name, value) -> copy.put(name, copied(value)));
    return copy;
  }

  private static AttributeValue copied(AttributeValue value) {
    var copy = new AttributeValue();
    if (value.getS() != null) {
      copy.setS(value.getS());
    } else if (value.getN() != null) {
      copy.setN(value.getN());
    } else if (value.getB() != null) {
      copy.setB(value.getB().duplicate());
    } else if (value.getM() != null) {
      copy.setM(copied(value.getM()));
    } else if (value.getL() != null) {
      copy.setL(value.getL().stream().map(HeapTable::copied).toList());
    } else if (value.getSS() != null) {
      copy.setSS(value.getSS());
    } else if (value.getNS() != null) {
      copy.setNS(value.getNS());
    } else if (value.getBS() != null) {
      copy.setBS(value.getBS().stream().map(ByteBuffer::duplicate).toList());
    } else if (value.getBOOL() != null) {
      copy.setBOOL(value.getBOOL());
    } else {
      copy.setNULL(value.getNULL());
    }
    return copy;
  }
}
