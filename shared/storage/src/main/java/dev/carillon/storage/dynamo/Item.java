package dev.carillon.storage.dynamo;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item of the table. Names are short because every byte of them is billed with each write:
 *
 * <pre>
 * pk, sk        where it lies
 * v             version of this kind of item's layout
 * ttl           second after which it counts as gone, although it may still be there
 * r             revision: the number of times it was stored
 * w             token of the write that stored it, see {@link CarillonTable#putIf}
 * b             the document, {@link CompressedJson}
 * n, nm         number and name of the chunks that the document is in instead; nm also names alone
 * c             what a message says, when that is small
 * cr            the names of a channel's credentials
 * a_pk, a_sk    index "runs"
 * b_pk, b_sk    index "feed", which projects mid, tn, wf, ct, td, at
 * </pre>
 */
public final class Item {
  static final String PK = "pk";
  public static final String SK = "sk";
  public static final String VERSION = "v";
  public static final String TTL = "ttl";
  public static final String REVISION = "r";
  public static final String WRITE = "w";
  public static final String BODY = "b";
  public static final String CHUNKS = "n";
  public static final String NAME = "nm";
  public static final String CONTENT = "c";

  /** In place of half of a surrogate pair. */
  private static final char HALF = '\uFFFD';

  private final Map<String, AttributeValue> attributes;

  private Item(Map<String, AttributeValue> attributes) {
    this.attributes = attributes;
  }

  /** A new one of the first version of its kind. */
  public static Item at(Key key) {
    var attributes = new LinkedHashMap<>(key.attributes());
    return new Item(attributes).number(VERSION, 1);
  }

  static Item read(Map<String, AttributeValue> attributes) {
    return new Item(new LinkedHashMap<>(attributes));
  }

  /** Its size in bytes as DynamoDB bills it: of names and of values, a number by its digits. */
  public int size() {
    int bytes = 0;
    for (var attribute : attributes.entrySet()) {
      AttributeValue value = attribute.getValue();
      bytes += length(attribute.getKey());
      bytes +=
          switch (value.type()) {
            case S -> length(value.s());
            case N -> value.n().length() / 2 + 2;
            case B -> value.b().asByteArrayUnsafe().length;
            case SS -> value.ss().stream().mapToInt(Item::length).sum();
            case NS, BS, M, L, BOOL, NUL, UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalStateException("Not used in items: " + value.type());
          };
    }
    return bytes;
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * What lays this item over the one in its place: every attribute that it has, without those of
   * {@code dropped} that it lacks. What else stands there stays.
   */
  Overlay over(List<String> dropped) {
    var expression = new StringBuilder("SET ");
    var names = new LinkedHashMap<String, String>();
    var values = new LinkedHashMap<String, AttributeValue>();
    attributes.forEach(
        (name, value) -> {
          if (!name.equals(PK) && !name.equals(SK)) {
            String number = "x" + names.size();
            expression.append(names.isEmpty() ? "" : ", ").append('#' + number + " = :" + number);
            names.put("#" + number, name);
            values.put(":" + number, value);
          }
        });
    String separator = " REMOVE ";
    for (String name : dropped) {
      if (!has(name)) {
        String number = "#x" + names.size();
        expression.append(separator).append(number);
        names.put(number, name);
        separator = ", ";
      }
    }
    return new Overlay(expression.toString(), names, values);
  }

  /** An update expression, made of names of ours alone, and what it refers to. */
  record Overlay(String expression, Map<String, String> names, Map<String, AttributeValue> values) {

    /** The same with what a condition refers to. */
    Overlay under(Condition condition) {
      var moreNames = new LinkedHashMap<>(names);
      moreNames.putAll(condition.names());
      var moreValues = new LinkedHashMap<>(values);
      moreValues.putAll(condition.values());
      return new Overlay(expression, moreNames, moreValues);
    }
  }

  /** Another with the same attributes. */
  public Item copy() {
    return read(attributes);
  }

  public Map<String, AttributeValue> attributes() {
    return attributes;
  }

  public Key key() {
    return new Key(text(PK), text(SK));
  }

  /**
   * A text as it is kept. DynamoDB keeps UTF-8 and refuses a request with half of a surrogate pair,
   * which that has nothing for: it is kept, and looked for, as the replacement character. Keys that
   * must differ have it escaped already ({@link Keys#part}).
   */
  static AttributeValue stored(String text) {
    return AttributeValue.fromS(whole(text));
  }

  private static String whole(String text) {
    StringBuilder mended = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        i++;
      } else {
        mended = mended == null ? new StringBuilder(text) : mended;
        mended.setCharAt(i, HALF);
      }
    }
    return mended == null ? text : mended.toString();
  }

  public Item text(String name, String value) {
    attributes.put(name, stored(value));
    return this;
  }

  public Item number(String name, long value) {
    attributes.put(name, AttributeValue.fromN(Long.toString(value)));
    return this;
  }

  public Item bytes(String name, byte[] value) {
    attributes.put(name, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(value)));
    return this;
  }

  public Item without(String name) {
    attributes.remove(name);
    return this;
  }

  public boolean has(String name) {
    return attributes.containsKey(name);
  }

  public String text(String name) {
    return find(name).orElseThrow(() -> missing(name)).s();
  }

  public Optional<String> findText(String name) {
    return find(name).map(AttributeValue::s);
  }

  /** The texts of a set; none when there is no such attribute. */
  public List<String> texts(String name) {
    return find(name).map(AttributeValue::ss).orElse(List.of());
  }

  public long number(String name) {
    return Long.parseLong(find(name).orElseThrow(() -> missing(name)).n());
  }

  public byte[] bytes(String name) {
    return find(name).orElseThrow(() -> missing(name)).b().asByteArrayUnsafe();
  }

  public Optional<byte[]> findBytes(String name) {
    return find(name).map(value -> value.b().asByteArrayUnsafe());
  }

  private Optional<AttributeValue> find(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  private IllegalStateException missing(String name) {
    return new IllegalStateException(
        "Item " + attributes.get(PK) + " / " + attributes.get(SK) + " has no " + name);
  }
}
