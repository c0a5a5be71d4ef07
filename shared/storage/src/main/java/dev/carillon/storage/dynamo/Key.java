package dev.carillon.storage.dynamo;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Where an item lies. */
public record Key(String partition, String sort) {
  public Map<String, AttributeValue> attributes() {
    return Map.of(Item.PK, Item.stored(partition), Item.SK, Item.stored(sort));
  }
}
