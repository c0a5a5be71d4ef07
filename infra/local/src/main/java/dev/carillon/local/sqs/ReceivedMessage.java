package dev.carillon.local.sqs;

import java.util.Map;

/**
 * A message in flight.
 *
 * @param receiptHandle names this one receiving of it; the latest one deletes it
 * @param attributes SenderId, SentTimestamp, ApproximateReceiveCount,
 *     ApproximateFirstReceiveTimestamp and, when given, MessageGroupId
 * @param messageAttributes those of the sender
 * @param receiveCount 1 for the first time
 */
public record ReceivedMessage(
    String messageId,
    String receiptHandle,
    String body,
    String md5OfBody,
    Map<String, String> attributes,
    Map<String, MessageAttribute> messageAttributes,
    int receiveCount) {

  public ReceivedMessage {
    attributes = Map.copyOf(attributes);
    messageAttributes = Map.copyOf(messageAttributes);
  }
}
