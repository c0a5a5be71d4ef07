package dev.carillon.local.poller;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.local.sqs.ReceivedMessage;
import dev.carillon.local.template.AccountRegion;
import java.util.List;

/** The event that Lambda makes of a batch of messages. */
final class SqsEvent {

  private SqsEvent() {}

  static byte[] of(List<ReceivedMessage> batch, String queueArn) {
    return JsonText.bytes(
        Json.object()
            .with(
                "Records",
                Json.array(batch.stream().map(message -> record(message, queueArn)).toList())));
  }

  private static Json.Obj record(ReceivedMessage message, String queueArn) {
    var attributes = Json.object();
    for (var entry : message.attributes().entrySet()) {
      attributes = attributes.with(entry.getKey(), entry.getValue());
    }
    var sent = Json.object();
    for (var entry : message.messageAttributes().entrySet()) {
      var attribute = entry.getValue();
      var kind = attribute.type().startsWith("Binary") ? "binaryValue" : "stringValue";
      sent =
          sent.with(
              entry.getKey(),
              Json.object()
                  .with(kind, attribute.value())
                  .with("stringListValues", Json.array(List.of()))
                  .with("binaryListValues", Json.array(List.of()))
                  .with("dataType", attribute.type()));
    }
    return Json.object()
        .with("messageId", message.messageId())
        .with("receiptHandle", message.receiptHandle())
        .with("body", message.body())
        .with("attributes", attributes)
        .with("messageAttributes", sent)
        .with("md5OfBody", message.md5OfBody())
        .with("eventSource", "aws:sqs")
        .with("eventSourceARN", queueArn)
        .with("awsRegion", AccountRegion.LOCAL.region());
  }
}
