package dev.carillon.storage.dynamo;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Part of a range.
 *
 * @param next where to go on; empty at the end
 */
public record Slice(List<Item> items, Map<String, AttributeValue> next) {}
