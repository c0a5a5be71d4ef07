package dev.carillon.storage;

import dev.carillon.id.Digest;
import dev.carillon.json.text.JsonText;
import dev.carillon.tracking.RecordTracking;
import dev.carillon.tracking.TrackingEvent;
import dev.carillon.tracking.TrackingEventDocument;
import java.time.Duration;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Clicks and opens in a queue: one message each, fairly by environment. Tries for 3 seconds at
 * most.
 */
public final class SqsTracking implements RecordTracking {
  /** Somebody waits for a page meanwhile: better to lose a click than the one who clicked. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

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
        request ->
            request
                .queueUrl(queueUrl)
                .messageBody(body)
                .messageGroupId(group)
                .overrideConfiguration(it -> it.apiCallTimeout(PATIENCE)));
  }
}
