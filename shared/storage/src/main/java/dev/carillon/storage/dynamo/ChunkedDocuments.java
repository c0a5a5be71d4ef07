package dev.carillon.storage.dynamo;

import dev.carillon.id.Digest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Documents of any size beside an item, their head: inside it when they are small, otherwise in
 * chunks that are written before it, so that a head that exists has all of its document. The chunks
 * bear a hash of the document, so that those of two writers at once do not mix.
 */
public final class ChunkedDocuments {
  /** An item may have 400 KB; the rest is for its keys. */
  private static final int CHUNK = 350_000;

  private static final int HASH = 16;

  private final DynamoTable table;

  public ChunkedDocuments(DynamoTable table) {
    this.table = table;
  }

  /**
   * Writes the chunks, if any, and gives the head what it needs to find them.
   *
   * @param inside how many bytes the head may take itself, at most 350,000
   * @param prefix what the sort keys of the chunks begin with, in the partition of the head
   * @param ttl that of the chunks
   */
  public void write(Item head, byte[] document, int inside, String prefix, OptionalLong ttl) {
    write(head, document, inside, new Key(head.key().partition(), prefix), ttl);
  }

  /**
   * As {@link #write(Item, byte[], int, String, OptionalLong)}, with chunks anywhere.
   *
   * @param chunks their partition, and what their sort keys begin with
   */
  public void write(Item head, byte[] document, int inside, Key chunks, OptionalLong ttl) {
    if (document.length <= inside) {
      head.bytes(Item.BODY, document);
      return;
    }
    String hash = Digest.hex(new String(document, StandardCharsets.ISO_8859_1)).substring(0, HASH);
    String named = chunks.sort() + "#" + hash;
    int count = 0;
    for (int start = 0; start < document.length; start += CHUNK) {
      byte[] chunk = Arrays.copyOfRange(document, start, Math.min(document.length, start + CHUNK));
      var key = new Key(chunks.partition(), "%s#%03d".formatted(named, count++));
      Item item = Item.at(key).bytes(Item.BODY, chunk);
      ttl.ifPresent(value -> item.number(Item.TTL, value));
      table.put(item);
    }
    head.number(Item.CHUNKS, count).text(Item.NAME, named);
  }

  /** The document of a head that was read. */
  public byte[] read(Item head) {
    return read(head, head.key().partition());
  }

  /** As {@link #read(Item)}, with the chunks in another partition. */
  public byte[] read(Item head, String partition) {
    if (!head.has(Item.CHUNKS)) {
      return head.bytes(Item.BODY);
    }
    List<Item> chunks = table.all(Range.prefix(partition, head.text(Item.NAME) + "#"));
    if (chunks.size() != head.number(Item.CHUNKS)) {
      throw new IllegalStateException(
          head.key() + " has " + chunks.size() + " of " + head.number(Item.CHUNKS) + " chunks");
    }
    var document = new ByteArrayOutputStream();
    chunks.forEach(chunk -> document.writeBytes(chunk.bytes(Item.BODY)));
    return document.toByteArray();
  }

  /** Deletes a head that was read, and its chunks before it. Safe to repeat. */
  public void delete(Item head) {
    if (head.has(Item.CHUNKS)) {
      table
          .all(Range.prefix(head.key().partition(), head.text(Item.NAME) + "#"))
          .forEach(chunk -> table.deleteIf(chunk.key(), Condition.THERE));
    }
    table.deleteIf(head.key(), Condition.THERE);
  }
}
