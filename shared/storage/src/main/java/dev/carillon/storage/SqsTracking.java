package dev.carillon.storage;

import dev.carillon.id.Digest;
import dev.carillon.json.text.JsonText;
import dev.carillon.tracking.RecordTracking;
import dev.carillon.tracking.TrackingEvent;
import dev.carillon.tracking.TrackingEventDocument;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Clicks and opens in a queue: one message each, fairly by environment. */
public final class SqsTracking implements RecordTracking {
  private final SqsClient client;
  private final String queueUrl;

  SqsTracking(SqsClient client, String queueUrl) {
    this.client = client;
    this.queueUrl = queueUrl;
  }

  public static SqsTracking of(AwsClients clients, String queueUrl) {
    return new SqsTracking(clients.sqs(), queueUrl);
  }

  @Override
  public void record(TrackingEvent event) {
    String body = JsonText.queueBody(TrackingEventDocument.write(event));
    String group =
        Digest.of("tracking", event.subject().environment().value()).hex().substring(0, 32);
    client.sendMessage(
        request -> request.queueUrl(queueUrl).messageBody(body).messageGroupId(group));
  }
}
