package dev.carillon.infra;

import dev.carillon.webhook.AwsDestination;
import dev.carillon.webhook.WebhookDestinations;
import java.util.List;
import java.util.TreeSet;

/** Lets webhooks be written into the queues, buses and streams that the deployment names. */
final class WebhookAccess {
  private WebhookAccess() {}

  /**
   * @param writer gets the permission for each
   * @param api accepts endpoints at these and no others
   */
  static void to(WebhookDestinations destinations, DeployedFunction writer, DeployedFunction api) {
    if (destinations.equals(WebhookDestinations.NONE)) {
      return;
    }
    var sorted = new TreeSet<>(destinations.arns());
    for (String arn : sorted) {
      writer.allow(List.of(action(AwsDestination.parse(arn).orElseThrow().kind())), List.of(arn));
    }
    writer.set("WEBHOOK_DESTINATIONS", String.join(",", sorted));
    api.set("WEBHOOK_DESTINATIONS", String.join(",", sorted));
  }

  /**
   * Lets every event be written to the deployment's stream.
   *
   * @param writer gets the permission
   * @param publishers are told that there is one
   */
  static void streaming(
      AwsDestination stream, DeployedFunction writer, List<DeployedFunction> publishers) {
    writer.allow(List.of(action(stream.kind())), List.of(stream.arn()));
    publishers.forEach(it -> it.set("EVENT_STREAM", stream.arn()));
  }

  private static String action(AwsDestination.Kind kind) {
    return switch (kind) {
      case SQS_QUEUE -> "sqs:SendMessage";
      case EVENT_BUS -> "events:PutEvents";
      case FIREHOSE_STREAM -> "firehose:PutRecord";
    };
  }
}
