package dev.carillon.storage.dynamo.run;

import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.Item;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How a trigger's head is led to another document, the rest of it being left as it is. It holds
 * while the head leads to the document that was read. The name of chunks that nothing leads to any
 * more stays in it until they are gone.
 */
final class TriggerRewrite {
  /** Where the head names the chunks that are to be deleted. */
  static final String REPLACED = "o";

  private TriggerRewrite() {}

  /**
   * @param head as it was read
   * @param next with the document that it is to lead to
   */
  static String expression(Item head, Item next) {
    String set = next.has(Item.CHUNKS) ? "SET #n = :n, #nm = :nm" : "SET #b = :b";
    String remove = next.has(Item.CHUNKS) ? " REMOVE #b" : " REMOVE #n, #nm";
    return head.has(Item.CHUNKS) ? set + ", #o = :was" + remove : set + remove;
  }

  /** The condition of {@link #expression}, with its names and values. */
  static Condition of(Item head, Item next) {
    var names = new HashMap<>(Map.of("#b", Item.BODY, "#n", Item.CHUNKS, "#nm", Item.NAME));
    var values = new HashMap<String, AttributeValue>();
    if (next.has(Item.CHUNKS)) {
      values.put(":n", AttributeValue.fromN(Long.toString(next.number(Item.CHUNKS))));
      values.put(":nm", AttributeValue.fromS(next.text(Item.NAME)));
    } else {
      values.put(":b", AttributeValue.fromB(SdkBytes.fromByteArray(next.bytes(Item.BODY))));
    }
    if (!head.has(Item.CHUNKS)) {
      values.put(":was", AttributeValue.fromB(SdkBytes.fromByteArray(head.bytes(Item.BODY))));
      return new Condition("#b = :was", names, values);
    }
    names.put("#o", REPLACED);
    values.put(":was", AttributeValue.fromS(head.text(Item.NAME)));
    return new Condition("#nm = :was", names, values);
  }
}
