package dev.carillon.storage.dynamo;

import dev.carillon.id.Digest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Documents of any size beside an item, their head: inside it when they are small, otherwise in
 * chunks that are written before it, so that a head that exists has all of its document. The chunks
 * bear a hash of the document, so that those of two writers at once do not mix.
 */
final class Blobs {
  /** An item may have 400 KB; the rest is for its keys. */
  private static final int CHUNK = 350_000;

  private static final int HASH = 16;

  private final Table table;

  Blobs(Table table) {
    this.table = table;
  }

  /**
   * Writes the chunks, if any, and gives the head what it needs to find them.
   *
   * @param inside how many bytes the head may take itself, at most 350,000
   * @param prefix what the sort keys of the chunks begin with, in the partition of the head
   * @param ttl that of the chunks
   */
  void write(Item head, byte[] document, int inside, String prefix, OptionalLong ttl) {
    if (document.length <= inside) {
      head.bytes(Item.BODY, document);
      return;
    }
    String hash = Digest.hex(new String(document, StandardCharsets.ISO_8859_1)).substring(0, HASH);
    String named = prefix + "#" + hash;
    int count = 0;
    for (int start = 0; start < document.length; start += CHUNK) {
      byte[] chunk = Arrays.copyOfRange(document, start, Math.min(document.length, start + CHUNK));
      var key = new Key(head.key().partition(), "%s#%03d".formatted(named, count++));
      Item item = Item.at(key).bytes(Item.BODY, chunk);
      ttl.ifPresent(value -> item.number(Item.TTL, value));
      table.put(item);
    }
    head.number(Item.CHUNKS, count).text(Item.NAME, named);
  }

  /** The document of a head that was read. */
  byte[] read(Item head) {
    return head.has(Item.CHUNKS)
        ? joined(head, table.all(Range.prefix(head.key().partition(), head.text(Item.NAME) + "#")))
        : head.bytes(Item.BODY);
  }

  /**
   * The document of a head whose chunks were read with it.
   *
   * @param read the chunks, and perhaps others
   */
  static byte[] joined(Item head, List<Item> read) {
    if (!head.has(Item.CHUNKS)) {
      return head.bytes(Item.BODY);
    }
    String prefix = head.text(Item.NAME) + "#";
    List<Item> chunks =
        read.stream()
            .filter(item -> item.text(Item.SK).startsWith(prefix))
            .sorted(Comparator.comparing(chunk -> chunk.text(Item.SK)))
            .toList();
    if (chunks.size() != head.number(Item.CHUNKS)) {
      throw new IllegalStateException(
          head.key() + " has " + chunks.size() + " of " + head.number(Item.CHUNKS) + " chunks");
    }
    var document = new ByteArrayOutputStream();
    chunks.forEach(chunk -> document.writeBytes(chunk.bytes(Item.BODY)));
    return document.toByteArray();
  }
}
