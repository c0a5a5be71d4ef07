package dev.carillon.functions.webhooks;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.outbound.OutboundRequest;
import dev.carillon.outbound.OutboundResult;
import dev.carillon.storage.AwsClients;
import dev.carillon.webhook.AwsDestination;
import dev.carillon.webhook.WebhookDestinations;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * Writes an event into a queue, a bus or a stream of AWS instead of calling a URL, and says what
 * came of it as if a server had answered: 200, or the status and code of AWS's error. One call, not
 * repeated here; an event that comes twice has the same id.
 *
 * <p>A queue gets the body as it would be posted, with the headers as attributes. Buses and streams
 * have no room for headers, so there the body begins with {@code id} and {@code environment_id}.
 */
final class AwsDestinations implements SendWebhook {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  private final AwsClients clients;
  private final WebhookDestinations allowed;
  private final Map<String, SqsClient> queues = new ConcurrentHashMap<>();
  private final Map<String, EventBridgeClient> buses = new ConcurrentHashMap<>();
  private final Map<String, FirehoseClient> streams = new ConcurrentHashMap<>();

  AwsDestinations(AwsClients clients, WebhookDestinations allowed) {
    this.clients = clients;
    this.allowed = allowed;
  }

  /**
   * @param request whose URL is the ARN of an {@link AwsDestination}; refused when the deployment
   *     does not list it
   */
  @Override
  public OutboundResult send(OutboundRequest request) {
    AwsDestination destination = AwsDestination.parse(request.url()).orElseThrow();
    if (!allowed.allows(destination)) {
      return new OutboundResult.Refused(OutboundResult.Reason.ADDRESS);
    }
    try {
      return switch (destination.kind()) {
        case SQS_QUEUE -> toQueue(destination, request);
        case EVENT_BUS -> toBus(destination, request);
        case FIREHOSE_STREAM -> toStream(destination, request);
      };
    } catch (AwsServiceException refused) {
      return answered(
          refused.isThrottlingException() ? TOO_MANY_REQUESTS : refused.statusCode(),
          code(refused));
    } catch (SdkClientException _) {
      // It may have come through.
      return new OutboundResult.Broken();
    }
  }

  /** Blank where the answer names none, as that of something between us and AWS. */
  private static String code(AwsServiceException refused) {
    return Optional.ofNullable(refused.awsErrorDetails())
        .map(AwsErrorDetails::errorCode)
        .orElse("");
  }

  private OutboundResult toQueue(AwsDestination queue, OutboundRequest request) {
    Map<String, MessageAttributeValue> attributes =
        request.headers().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    header ->
                        MessageAttributeValue.builder()
                            .dataType("String")
                            .stringValue(header.getValue())
                            .build()));
    SqsClient sqs =
        queues.computeIfAbsent(queue.region(), at -> in(at, SqsClient.builder(), "SQS").build());
    sqs.sendMessage(
        message ->
            message
                .queueUrl(url(queue))
                .messageBody(new String(request.body(), StandardCharsets.UTF_8))
                .messageAttributes(attributes));
    return answered(200, "");
  }

  private String url(AwsDestination queue) {
    String origin =
        clients
            .endpoint("SQS")
            .orElseGet(
                () ->
                    "https://sqs."
                        + queue.region()
                        + "."
                        + Region.of(queue.region()).metadata().partition().dnsSuffix());
    return origin + "/" + queue.account() + "/" + queue.name();
  }

  private OutboundResult toBus(AwsDestination bus, OutboundRequest request) {
    EventBridgeClient events =
        buses.computeIfAbsent(
            bus.region(), at -> in(at, EventBridgeClient.builder(), "EVENTBRIDGE").build());
    var entry =
        PutEventsRequestEntry.builder()
            .eventBusName(bus.arn())
            .source("carillon")
            .detailType(request.headers().get("x-knock-event"))
            .detail(named(request))
            .build();
    List<PutEventsResultEntry> entries =
        events.putEvents(PutEventsRequest.builder().entries(entry).build()).entries();
    String error = entries.getFirst().errorCode();
    return error == null ? answered(200, "") : answered(status(error), error);
  }

  /** EventBridge answers 200 and says of each entry what became of it. */
  private static int status(String error) {
    return switch (error) {
      case "ThrottlingException" -> TOO_MANY_REQUESTS;
      case "InternalFailure", "InternalException" -> UNAVAILABLE;
      default -> 400;
    };
  }

  private OutboundResult toStream(AwsDestination stream, OutboundRequest request) {
    FirehoseClient firehose =
        streams.computeIfAbsent(
            stream.region(), at -> in(at, FirehoseClient.builder(), "FIREHOSE").build());
    firehose.putRecord(
        put ->
            put.deliveryStreamName(stream.name())
                .record(record -> record.data(SdkBytes.fromUtf8String(named(request) + "\n"))));
    return answered(200, "");
  }

  private static String named(OutboundRequest request) {
    var payload = (Json.Obj) JsonText.parse(request.body(), JsonText.DEPTH + 8);
    return JsonText.write(
        Json.object()
            .with("id", request.headers().get("webhook-id"))
            .with("environment_id", request.headers().get("x-knock-environment-id"))
            .merged(payload));
  }

  /** For a region; all share one pool of connections. */
  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B in(
      String region, B builder, String service) {
    return clients
        .configured(builder, service, AwsRetryStrategy.doNotRetry())
        .region(Region.of(region));
  }

  private static OutboundResult answered(int status, String words) {
    return new OutboundResult.Answered(
        status, Map.of(), words.getBytes(StandardCharsets.UTF_8), OutboundResult.End.WHOLE);
  }
}
