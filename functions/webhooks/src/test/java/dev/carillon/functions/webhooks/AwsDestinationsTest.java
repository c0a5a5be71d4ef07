package dev.carillon.functions.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.outbound.LoopbackServer;
import dev.carillon.outbound.OutboundRequest;
import dev.carillon.outbound.OutboundResult;
import dev.carillon.runtime.Environment;
import dev.carillon.storage.AwsClients;
import dev.carillon.webhook.WebhookDestinations;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over a real socket, against a server that answers as AWS does. */
class AwsDestinationsTest {
  private static final String QUEUE = "arn:aws:sqs:eu-west-1:123456789012:product";
  private static final String BUS = "arn:aws:events:eu-west-1:123456789012:event-bus/product";
  private static final String STREAM =
      "arn:aws:firehose:eu-west-1:123456789012:deliverystream/product";
  private static final String ID = "evt_37pcl1CNQE1zLbFJkSfSMbMEO4I";
  private static final String BODY = "{\"type\":\"message.sent\",\"data\":{\"id\":\"m1\"}}";

  private static final Map<String, String> HEADERS =
      Map.of(
          "webhook-id",
          ID,
          "x-knock-event",
          "message.sent",
          "x-knock-environment-id",
          "production",
          "webhook-signature",
          "v1,abc");

  /** Of the headers as SQS digests attributes, which the client compares. */
  private static final String HEADERS_MD5 = "2fc39b9c8d8264871f7801c7123a38ef";

  private static String ok(String body) {
    return LoopbackServer.response(200, "content-type: application/x-amz-json-1.1\r\n", body);
  }

  private static AwsDestinations to(LoopbackServer server) {
    var variables =
        Map.of(
            "AWS_REGION",
            "us-east-1",
            "AWS_ACCESS_KEY_ID",
            "id",
            "AWS_SECRET_ACCESS_KEY",
            "secret",
            "AWS_ENDPOINT_URL",
            "http://" + server.host());
    return new AwsDestinations(
        AwsClients.of(new Environment(variables, InstantSource.system())),
        WebhookDestinations.parse(QUEUE + "," + BUS + "," + STREAM));
  }

  private static OutboundRequest event(String arn) {
    return new OutboundRequest("POST", arn, HEADERS, BODY.getBytes(StandardCharsets.UTF_8));
  }

  private static Json.Obj sent(LoopbackServer server) {
    assertThat(server.requests()).hasSize(1);
    String request = server.requests().getFirst();
    assertThat(request).contains("/eu-west-1/");
    return (Json.Obj) JsonText.parse(request.substring(request.indexOf("\r\n\r\n") + 4));
  }

  private static int status(OutboundResult result) {
    assertThat(result).isInstanceOf(OutboundResult.Answered.class);
    return ((OutboundResult.Answered) result).status();
  }

  /** As SQS says what it took, for the client to compare. */
  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_queue_gets_the_body_as_it_would_be_posted_and_the_headers_as_attributes() {
    String answer =
        "{\"MessageId\":\"1\",\"MD5OfMessageBody\":\""
            + md5(BODY)
            + "\",\"MD5OfMessageAttributes\":\""
            + HEADERS_MD5
            + "\"}";
    try (var server = LoopbackServer.answering(ok(answer))) {
      assertThat(status(to(server).send(event(QUEUE)))).isEqualTo(200);
      Json.Obj message = sent(server);
      assertThat(message.text("MessageBody")).contains(BODY);
      assertThat(message.text("QueueUrl")).get().asString().endsWith("/123456789012/product");
      Json.Obj attributes = message.object("MessageAttributes");
      assertThat(attributes.fields()).containsOnlyKeys(HEADERS.keySet());
      assertThat(attributes.object("webhook-id").text("StringValue")).contains(ID);
    }
  }

  @Test
  void a_bus_gets_an_entry_of_the_events_type_that_names_the_event() {
    try (var server =
        LoopbackServer.answering(
            ok("{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"1\"}]}"))) {
      assertThat(status(to(server).send(event(BUS)))).isEqualTo(200);
      var entry = (Json.Obj) sent(server).list("Entries").getFirst();
      assertThat(entry.text("EventBusName")).contains(BUS);
      assertThat(entry.text("Source")).contains("carillon");
      assertThat(entry.text("DetailType")).contains("message.sent");
      var detail = (Json.Obj) JsonText.parse(entry.text("Detail").orElseThrow());
      assertThat(detail.text("id")).contains(ID);
      assertThat(detail.text("environment_id")).contains("production");
      assertThat(detail.object("data").text("id")).contains("m1");
    }
  }

  @Test
  void a_stream_gets_a_line_of_json_that_names_the_event() {
    try (var server = LoopbackServer.answering(ok("{\"RecordId\":\"1\"}"))) {
      assertThat(status(to(server).send(event(STREAM)))).isEqualTo(200);
      Json.Obj put = sent(server);
      assertThat(put.text("DeliveryStreamName")).contains("product");
      String line =
          new String(
              Base64.getDecoder().decode(put.object("Record").text("Data").orElseThrow()),
              StandardCharsets.UTF_8);
      assertThat(line).endsWith("}\n");
      assertThat(((Json.Obj) JsonText.parse(line.strip())).text("id")).contains(ID);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "InternalFailure, 503",
    "ThrottlingException, 429",
    "NotAuthorizedForSourceException, 400",
    "MalformedDetail, 400"
  })
  void a_bus_that_took_the_call_and_not_the_entry_did_not_hear(String error, int status) {
    String body = "{\"FailedEntryCount\":1,\"Entries\":[{\"ErrorCode\":\"" + error + "\"}]}";
    try (var server = LoopbackServer.answering(ok(body))) {
      assertThat(status(to(server).send(event(BUS)))).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, AccessDeniedException, 400",
    "400, ThrottlingException, 429",
    "500, InternalFailure, 500"
  })
  void an_error_of_aws_is_an_answer_and_one_call_is_made(int http, String code, int status) {
    String error =
        LoopbackServer.response(
            http, "content-type: application/x-amz-json-1.0\r\n", "{\"__type\":\"" + code + "\"}");
    for (String arn : new String[] {QUEUE, BUS, STREAM}) {
      try (var server = LoopbackServer.answering(error)) {
        assertThat(status(to(server).send(event(arn)))).isEqualTo(status);
        assertThat(server.requests()).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"502, <html>Bad Gateway</html>, 502", "500, {}, 500", "400, '', 400"})
  void an_error_without_a_code_is_an_answer_too(int http, String body, int status) {
    for (String arn : new String[] {QUEUE, BUS, STREAM}) {
      try (var server = LoopbackServer.answering(LoopbackServer.response(http, "", body))) {
        assertThat(status(to(server).send(event(arn)))).isEqualTo(status);
      }
    }
  }

  @Test
  void events_go_on_after_one_that_failed() {
    String error = LoopbackServer.response(500, "", "{}");
    try (var server = LoopbackServer.saying(n -> n == 1 ? error : ok("{\"RecordId\":\"1\"}"))) {
      AwsDestinations destinations = to(server);
      assertThat(status(destinations.send(event(STREAM)))).isEqualTo(500);
      assertThat(status(destinations.send(event(STREAM)))).isEqualTo(200);
    }
  }

  @Test
  void a_call_that_breaks_is_not_repeated_and_may_have_come_through() {
    try (var server = LoopbackServer.saying(_ -> LoopbackServer.CLOSE)) {
      assertThat(to(server).send(event(QUEUE))).isInstanceOf(OutboundResult.Broken.class);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void what_the_deployment_does_not_list_is_not_written_to() {
    try (var server = LoopbackServer.answering(ok("{}"))) {
      assertThat(to(server).send(event("arn:aws:sqs:eu-west-1:123456789012:carillon-steps")))
          .isInstanceOf(OutboundResult.Refused.class);
      assertThat(server.requests()).isEmpty();
    }
  }
}
