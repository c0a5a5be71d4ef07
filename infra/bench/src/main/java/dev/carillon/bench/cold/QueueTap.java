package dev.carillon.bench.cold;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.local.template.AccountRegion;
import dev.carillon.local.template.StackTemplate;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Takes the place of the pollers of a stack that has none: hands out one event at a time. */
final class QueueTap implements AutoCloseable {
  private final Map<String, StackTemplate.Queue> queues;
  private final SqsClient client;

  QueueTap(StackTemplate template, URI aws) {
    Map<String, StackTemplate.Queue> byName =
        template.queues().stream()
            .collect(Collectors.toUnmodifiableMap(StackTemplate.Queue::name, queue -> queue));
    Map<String, String> verbs =
        template.functions().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    StackTemplate.Function::name, StackTemplate.Function::verb));
    queues =
        template.mappings().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    mapping -> verbs.get(mapping.function()),
                    mapping -> byName.get(mapping.queue()),
                    (first, _) -> first));
    client =
        SqsClient.builder()
            .endpointOverride(aws)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("OWNER", "local")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  /** The event of the oldest task for the function, which is taken; empty when there is none. */
  Optional<byte[]> take(String function) {
    StackTemplate.Queue queue = queues.get(function);
    var received =
        client
            .receiveMessage(
                request ->
                    request
                        .queueUrl(queue.url())
                        .maxNumberOfMessages(1)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
            .messages()
            .stream()
            .findFirst();
    received.ifPresent(
        message ->
            client.deleteMessage(
                request -> request.queueUrl(queue.url()).receiptHandle(message.receiptHandle())));
    return received.map(message -> event(message, queue));
  }

  /** Takes all that is left for the function. */
  void empty(String function) {
    while (take(function).isPresent()) {
      // Not wanted.
    }
  }

  private static byte[] event(Message message, StackTemplate.Queue queue) {
    Json.Obj attributes = Json.object();
    for (var attribute : message.attributesAsStrings().entrySet()) {
      attributes = attributes.with(attribute.getKey(), attribute.getValue());
    }
    Json.Obj told =
        Json.object()
            .with("messageId", message.messageId())
            .with("receiptHandle", message.receiptHandle())
            .with("body", message.body())
            .with("attributes", attributes)
            .with("messageAttributes", Json.object())
            .with("md5OfBody", message.md5OfBody())
            .with("eventSource", "aws:sqs")
            .with("eventSourceARN", queue.arn())
            .with("awsRegion", AccountRegion.LOCAL.region());
    return JsonText.bytes(Json.object().with("Records", Json.array(List.of(told))));
  }

  @Override
  public void close() {
    client.close();
  }
}
