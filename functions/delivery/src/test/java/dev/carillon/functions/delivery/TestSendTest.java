package dev.carillon.functions.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.access.ApiKey;
import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelType;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.memory.events.EventPayloads;
import dev.carillon.message.Content;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.provider.DeliveryResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trying a channel out over HTTP. */
class TestSendTest {
  private static final String EXPECTED =
      """
      delivery-channel-test, 200, '"result":"accepted"'
      delivery-channel-test-nobody, 422, '"field":"to"'
      delivery-workspace-check, 404, '"code":"resource_missing"'
      """;

  private final DeliveryFixture dispatch = new DeliveryFixture();
  private final List<MessageContent> sent = new ArrayList<>();
  private final SendMessage send =
      new SendMessage() {
        @Override
        public Sent send(Message message, MessageContent content, Channel channel) {
          sent.add(content);
          return dispatch.provider.send(message, content, channel);
        }

        @Override
        public Duration patience(Channel channel) {
          return dispatch.provider.patience(channel);
        }
      };

  TestSendTest() {
    dispatch
        .ports
        .apiKeys()
        .put(Digest.hex("sk_local"), new ApiKey(DeliveryFixture.LOCAL, ApiKey.Kind.SECRET, false));
  }

  @ParameterizedTest
  @CsvSource(textBlock = EXPECTED)
  void is_answered_as_expected(String event, int status, String part) throws IOException {
    Json.Obj answer = answer(EventPayloads.read(event));
    assertThat(answer.get("statusCode")).contains(Json.of(status));
    assertThat(answer.text("body").orElse("")).contains(part);
  }

  @Test
  void no_payload_is_left_out() throws IOException {
    EventPayloads.assertNoneLeftOut("delivery-", EXPECTED);
  }

  @Test
  void what_the_provider_said_is_answered_and_no_message_is_made() throws IOException {
    String body = body(ChannelType.EMAIL, "{\"to\": \"ada@example.com\"}");
    assertThat(body)
        .contains("\"external_id\":\"ses-1\"", "\"response\":{\"status\":200,\"body\":\"ok\"}")
        .contains("\"reason\":null");
    assertThat(dispatch.message().attempts()).isEmpty();
    assertThat(dispatch.ports.tasks().queued()).isEmpty();
    var content = (Content.Email) sent.getFirst().content();
    assertThat(content.envelope().to().getFirst().address()).isEqualTo("ada@example.com");
    assertThat(content.subject()).isEqualTo("A test from Carillon");
  }

  @Test
  void a_refusal_is_an_answer_with_its_reason() throws IOException {
    dispatch.provider.then(
        new SendMessage.Sent(new DeliveryResult.Misconfigured("the key was revoked")));
    assertThat(body(ChannelType.SMS, "{\"to\": \"+15005550006\"}"))
        .contains("\"result\":\"misconfigured\"", "the key was revoked", "\"response\":null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          EMAIL       | {"to": "a@x.example, b@x.example"}               | "field":"to"
          EMAIL       | {"to": "nobody"}                                 | "field":"to"
          EMAIL       | {"to": "a@x.example", "content": {"body": "x"}}  | "field":"content.body"
          CHAT        | {"to": "C1"}                                     | "field":"to"
          IN_APP_FEED | {"to": "ellie"}                                  | "field":"channel"
          PUSH        | {"to": "t", "token": "t"}                        | "field":"token"
          """)
  void what_cannot_be_sent_is_refused_before_anybody_is_asked(
      ChannelType type, String asked, String problem) throws IOException {
    assertThat(body(type, asked)).contains(problem);
    assertThat(sent).isEmpty();
  }

  @Test
  void a_channel_of_another_environment_is_not_there() throws IOException {
    Json.Obj answer = answer(event("elsewhere", "{\"to\": \"ada@example.com\"}"));
    assertThat(answer.get("statusCode")).contains(Json.of(404));
  }

  private String body(ChannelType type, String asked) throws IOException {
    Channel email = DeliveryFixture.channel(Json.Obj.EMPTY);
    dispatch
        .ports
        .channels()
        .put(
            DeliveryFixture.LOCAL,
            new Channel(
                email.id(),
                email.key(),
                email.name(),
                type,
                email.provider(),
                email.settings(),
                email.createdAt(),
                email.updatedAt()));
    return answer(event("email", asked)).text("body").orElseThrow();
  }

  private static byte[] event(String channel, String asked) throws IOException {
    Json.Obj event = (Json.Obj) JsonText.parse(EventPayloads.read("delivery-channel-test"));
    return JsonText.write(
            event.with("rawPath", "/v1/channels/" + channel + "/test").with("body", asked))
        .getBytes(StandardCharsets.UTF_8);
  }

  private Json.Obj answer(byte[] event) throws IOException {
    var out = new ByteArrayOutputStream();
    new DeliveryHandler(dispatch.ports, send)
        .handleRequest(new ByteArrayInputStream(event), out, null);
    return (Json.Obj) JsonText.parse(out.toByteArray());
  }
}
