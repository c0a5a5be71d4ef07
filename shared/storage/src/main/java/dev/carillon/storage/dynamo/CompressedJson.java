package dev.carillon.storage.dynamo;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * JSON as bytes: the first says how the rest is written, 0 as it is, 1 deflated, 2 deflated with a
 * preset dictionary, whose id comes first. More ways can be added without touching what is stored.
 */
public final class CompressedJson {
  private static final byte PLAIN = 0;
  private static final byte DEFLATED = 1;
  private static final byte ALIKE = 2;

  /** How long the id of a dictionary is. */
  public static final int ID = 16;

  /** Below this, deflating saves nothing worth its time. */
  private static final int SMALL = 300;

  /** JSON inside our own documents is nested a little deeper than what customers may send. */
  private static final int DEPTH = 500;

  private static final byte[] NONE = {};

  private CompressedJson() {}

  public static byte[] pack(Json json) {
    return pack(JsonText.bytes(json));
  }

  private static byte[] pack(byte[] plain) {
    if (plain.length > SMALL) {
      byte[] deflated = deflate(plain, NONE);
      if (deflated.length < plain.length) {
        return marked(DEFLATED, deflated);
      }
    }
    return marked(PLAIN, plain);
  }

  /**
   * As {@link #pack(Json)}, in what a dictionary does not say already.
   *
   * @param id the dictionary's, by which it can be found again
   * @param dictionary at most 32 KB of it count, the last
   */
  public static byte[] pack(Json json, byte[] id, byte[] dictionary) {
    byte[] plain = JsonText.bytes(json);
    byte[] deflated = deflate(plain, dictionary);
    // What is unlike it costs no more than the id beside deflating without; that is not tried too.
    if (ID + deflated.length >= plain.length) {
      return pack(plain);
    }
    byte[] alike = Arrays.copyOf(id, ID + deflated.length);
    System.arraycopy(deflated, 0, alike, ID, deflated.length);
    return marked(ALIKE, alike);
  }

  /**
   * @param dictionaries finds one by its id
   */
  public static Json.Obj unpackObject(byte[] packed, UnaryOperator<byte[]> dictionaries) {
    if (packed[0] != ALIKE) {
      return unpackObject(packed);
    }
    byte[] dictionary = dictionaries.apply(Arrays.copyOfRange(packed, 1, 1 + ID));
    byte[] deflated = Arrays.copyOfRange(packed, 1 + ID, packed.length);
    return JsonText.parse(inflate(deflated, dictionary), DEPTH) instanceof Json.Obj object
        ? object
        : Json.Obj.EMPTY;
  }

  /** As {@link #pack(Json)}, of what is no JSON. */
  public static byte[] packBytes(byte[] plain) {
    return marked(DEFLATED, deflate(plain, NONE));
  }

  public static byte[] unpackBytes(byte[] packed) {
    return inflate(Arrays.copyOfRange(packed, 1, packed.length), NONE);
  }

  public static Json unpack(byte[] packed) {
    byte[] rest = Arrays.copyOfRange(packed, 1, packed.length);
    return switch (packed[0]) {
      case PLAIN -> JsonText.parse(rest, DEPTH);
      case DEFLATED -> JsonText.parse(inflate(rest, NONE), DEPTH);
      default -> throw new IllegalStateException("Stored in a way not known here: " + packed[0]);
    };
  }

  public static Json.Obj unpackObject(byte[] packed) {
    return unpack(packed) instanceof Json.Obj object ? object : Json.Obj.EMPTY;
  }

  private static byte[] marked(byte mark, byte[] rest) {
    byte[] marked = new byte[rest.length + 1];
    marked[0] = mark;
    System.arraycopy(rest, 0, marked, 1, rest.length);
    return marked;
  }

  private static byte[] deflate(byte[] plain, byte[] dictionary) {
    var out = new ByteArrayOutputStream(plain.length / 2);
    var buffer = new byte[8192];
    try (var deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
      if (dictionary.length > 0) {
        deflater.setDictionary(dictionary);
      }
      deflater.setInput(plain);
      deflater.finish();
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
    }
    return out.toByteArray();
  }

  private static byte[] inflate(byte[] deflated, byte[] dictionary) {
    var out = new ByteArrayOutputStream(deflated.length * 4);
    var buffer = new byte[8192];
    try (var inflater = new Inflater(true)) {
      if (dictionary.length > 0) {
        inflater.setDictionary(dictionary);
      }
      inflater.setInput(deflated);
      while (!inflater.finished()) {
        int count = inflater.inflate(buffer);
        if (count == 0 && !inflater.finished()) {
          throw new IllegalStateException("A stored document ends in the middle");
        }
        out.write(buffer, 0, count);
      }
    } catch (DataFormatException e) {
      throw new IllegalStateException("A stored document cannot be inflated", e);
    }
    return out.toByteArray();
  }
}
