package dev.carillon.functions.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.delivery.SendMessage.Sent;
import dev.carillon.functions.delivery.call.AwsRequests;
import dev.carillon.functions.delivery.call.CallOverNetwork;
import dev.carillon.functions.delivery.call.SmtpDialogue;
import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import dev.carillon.memory.environment.InMemoryChannelCredentials;
import dev.carillon.message.Attempt.Answer;
import dev.carillon.message.ContentCodec;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.outbound.Bounds;
import dev.carillon.outbound.GuardedHttp;
import dev.carillon.outbound.LoopbackServer;
import dev.carillon.outbound.PublicAddresses;
import dev.carillon.outbound.Resolve;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.runtime.Environment;
import dev.carillon.storage.AwsClients;
import dev.carillon.storage.Stores;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SesSendTest {
  private static final Message MESSAGE = DeliveryFixture.message(DeliveryStatus.QUEUED);
  private static final String ACCEPTED =
      LoopbackServer.response(
          200, "content-type: application/json\r\n", "{\"MessageId\":\"0107-ses\"}");
  private static final Json.Obj MAIL =
      Json.object()
          .with("to", "ellie@example.com")
          .with("from", "hello@carillon.example")
          .with("from_name", "")
          .with("from_address", "hello@carillon.example")
          .with("cc", Json.NULL)
          .with("bcc", Json.NULL)
          .with("reply_to", Json.NULL)
          .with("subject_line", "O'Brien & \"Söhne\"")
          .with("html_body", "<p>O'Brien &amp; \"Söhne\"</p>")
          .with("text_body", "O'Brien & \"Söhne\" 🦖");

  private Optional<LoopbackServer> server = Optional.empty();

  /** Knows none. */
  private final LoopbackServer secrets =
      LoopbackServer.saying(_ -> error(400, "ResourceNotFoundException"));

  @AfterEach
  void closeServer() {
    server.ifPresent(LoopbackServer::close);
    secrets.close();
  }

  @Test
  void a_mail_is_asked_for_with_all_that_it_is_and_what_names_it() {
    SendMessage ses = ses(_ -> ACCEPTED);
    assertThat(offer(ses, MAIL))
        .isEqualTo(
            new Sent(
                new DeliveryResult.Accepted(Optional.of("0107-ses"), DeliveryStatus.SENT),
                Optional.of(new Answer(200, "{\"MessageId\":\"0107-ses\"}"))));
    assertThat(server.orElseThrow().requests().getFirst())
        .startsWith("POST /v2/email/outbound-emails ");
    Json.Obj sent = sent();
    assertThat(sent.text("FromEmailAddress")).contains("hello@carillon.example");
    assertThat(sent.object("Destination"))
        .isEqualTo(
            Json.object()
                .with("ToAddresses", Json.texts(List.of("ellie@example.com")))
                .with("CcAddresses", Json.array(List.of()))
                .with("BccAddresses", Json.array(List.of())));
    assertThat(sent.text("ConfigurationSetName")).contains("carillon");
    assertThat(sent.list("EmailTags"))
        .contains(
            tag("carillon_message_id", "37pcsdaWZgZounTGP8TSxTMWo8w"),
            tag("carillon_environment", "local"),
            tag("carillon_workflow", "new-comment"));
    Json.Obj simple = sent.object("Content").object("Simple");
    assertThat(simple.object("Subject"))
        .isEqualTo(Json.object().with("Data", "O'Brien & \"Söhne\"").with("Charset", "UTF-8"));
    assertThat(simple.object("Body").object("Html").text("Data"))
        .contains("<p>O'Brien &amp; \"Söhne\"</p>");
    assertThat(simple.object("Body").object("Text").text("Data"))
        .contains("O'Brien & \"Söhne\" 🦖");
    assertThat(simple.list("Headers"))
        .containsExactly(tag("X-Carillon-Message-Id", "37pcsdaWZgZounTGP8TSxTMWo8w"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a@x.io                          | a@x.io
          a@x.io, b@x.io                  | a@x.io;b@x.io
          ` a@x.io ,, b@x.io,`            | a@x.io;b@x.io
          "Lovelace, Ada" <a@x.io>, b@x.io | "Lovelace, Ada" <a@x.io>;b@x.io
          "the \\"x, y\\"" <a@x.io>,b@x.io | "the \\"x, y\\"" <a@x.io>;b@x.io
          Jörg <j@x.io>, b@x.io           | =?UTF-8?B?SsO2cmc=?= <j@x.io>;b@x.io
          "Söhne, \\"A\\"" <j@x.io>       | =?UTF-8?B?U8O2aG5lLCAiQSI=?= <j@x.io>
          a@bücher.example                | a@xn--bcher-kva.example
          """)
  void a_field_holds_several_addresses(String field, String expected) {
    SendMessage ses = ses(_ -> ACCEPTED);
    for (String kind : List.of("to", "cc", "bcc")) {
      // Who is in two fields gets one mail, so each field is tried by itself.
      offer(ses, MAIL.with("to", "other@x.io").with(kind, field));
      String name = Character.toUpperCase(kind.charAt(0)) + kind.substring(1) + "Addresses";
      assertThat(sent().object("Destination").get(name))
          .contains(Json.texts(List.of(expected.split(";"))));
    }
    offer(ses, MAIL.with("reply_to", field));
    assertThat(sent().get("ReplyToAddresses")).contains(Json.texts(List.of(expected.split(";"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Carillon           | "Carillon" <hello@x.io>
          Ann "The" O'Brien  | "Ann \\"The\\" O'Brien" <hello@x.io>
          Bell, Book & Co    | "Bell, Book & Co" <hello@x.io>
          Söhne              | =?UTF-8?B?U8O2aG5l?= <hello@x.io>
          """)
  void a_name_that_is_not_ascii_goes_out_as_encoded_words(String name, String expected) {
    SendMessage ses = ses(_ -> ACCEPTED);
    offer(ses, MAIL.with("from_name", name).with("from_address", "hello@x.io"));
    assertThat(sent().text("FromEmailAddress")).contains(expected);
  }

  @Test
  void a_long_name_becomes_several_encoded_words_none_of_which_cuts_a_character() {
    SendMessage ses = ses(_ -> ACCEPTED);
    offer(ses, MAIL.with("from_name", "🦖".repeat(25)));
    String from = sent().text("FromEmailAddress").orElseThrow();
    String[] words = from.substring(0, from.indexOf(" <")).split(" ");
    assertThat(words).hasSize(3);
    var decoded = new StringBuilder();
    for (String word : words) {
      assertThat(word).hasSizeLessThanOrEqualTo(75).startsWith("=?UTF-8?B?").endsWith("?=");
      byte[] bytes = Base64.getDecoder().decode(word.substring(10, word.length() - 2));
      decoded.append(new String(bytes, StandardCharsets.UTF_8));
    }
    assertThat(decoded).hasToString("🦖".repeat(25));
  }

  @Test
  void a_content_that_knows_only_the_whole_sender_is_sent_from_it() {
    SendMessage ses = ses(_ -> ACCEPTED);
    var old = MAIL.without("from_name").without("from_address");
    offer(ses, old.with("from", "\"Söhne\" <hello@x.io>"));
    assertThat(sent().text("FromEmailAddress")).contains("=?UTF-8?B?U8O2aG5l?= <hello@x.io>");
  }

  @Test
  void a_quote_that_is_never_closed_is_no_address_and_nobody_is_asked() {
    SendMessage ses = ses(_ -> ACCEPTED);
    assertThat(offer(ses, MAIL.with("to", "\"unclosed, a@x.io")).result())
        .isInstanceOf(DeliveryResult.Bounced.class);
    assertThat(server.orElseThrow().requests()).isEmpty();
  }

  @Test
  void headers_of_the_content_follow_ours() {
    SendMessage ses = ses(_ -> ACCEPTED);
    offer(ses, MAIL.with("headers", Json.object().with("X-Ref", "O'Brien & \"Co\"")));
    assertThat(sent().object("Content").object("Simple").list("Headers"))
        .hasSize(2)
        .contains(tag("X-Ref", "O'Brien & \"Co\""));
  }

  @ParameterizedTest
  @CsvSource({
    "400, MessageRejected, Rejected",
    "400, MailFromDomainNotVerifiedException, Misconfigured",
    "403, AccessDeniedException, Misconfigured",
    "404, NotFoundException, Misconfigured",
    "408, RequestTimeout, Deferred",
    "429, TooManyRequestsException, Deferred",
    "400, ThrottlingException, Deferred",
    "500, InternalFailure, Deferred",
    "502, BadGateway, Ambiguous",
    "503, ServiceUnavailable, Deferred",
    "504, GatewayTimeout, Ambiguous"
  })
  void one_offer_is_one_request_whatever_is_answered(int status, String code, String kind) {
    SendMessage ses = ses(_ -> error(status, code));
    Sent said = offer(ses, MAIL);
    assertThat(said.result().getClass().getSimpleName()).isEqualTo(kind);
    assertThat(said.answer()).contains(new Answer(status, "{\"message\":\"Because.\"}"));
    assertThat(server.orElseThrow().requests()).hasSize(1);
  }

  @Test
  void no_answer_in_time_is_one_request_of_unknown_outcome() {
    // The first loads what would cost the second of its time.
    offer(ses(_ -> ACCEPTED), MAIL);
    server.orElseThrow().close();
    SendMessage ses = ses(_ -> LoopbackServer.SILENCE, Duration.ofSeconds(1));
    assertThat(offer(ses, MAIL)).isEqualTo(new Sent(new DeliveryResult.Ambiguous("timeout")));
    assertThat(server.orElseThrow().requests()).hasSize(1);
  }

  @Test
  void a_closed_connection_is_one_request_of_unknown_outcome() {
    SendMessage ses = ses(_ -> LoopbackServer.CLOSE);
    assertThat(offer(ses, MAIL)).isEqualTo(new Sent(new DeliveryResult.Ambiguous("no_answer")));
    assertThat(server.orElseThrow().requests()).hasSize(1);
  }

  @Test
  void a_connection_kept_from_the_call_before_and_closed_is_not_tried_again_either() {
    SendMessage ses = ses(number -> number == 1 ? ACCEPTED : LoopbackServer.CLOSE);
    assertThat(offer(ses, MAIL).result()).isInstanceOf(DeliveryResult.Accepted.class);
    assertThat(offer(ses, MAIL)).isEqualTo(new Sent(new DeliveryResult.Ambiguous("no_answer")));
    assertThat(server.orElseThrow().requests()).hasSize(2);
  }

  @Test
  void a_server_that_cannot_be_reached_took_nothing() {
    SendMessage ses = ses(_ -> ACCEPTED);
    server.orElseThrow().close();
    assertThat(offer(ses, MAIL))
        .isEqualTo(
            new Sent(new DeliveryResult.Deferred("not_reached_connection", Optional.empty())));
  }

  @Test
  void the_client_of_a_deployed_function_does_not_repeat_itself() {
    server = Optional.of(LoopbackServer.saying(_ -> error(503, "ServiceUnavailable")));
    Environment environment = environment();
    var stores = Stores.of(environment);
    SendMessage email =
        DeliveryWiring.sendMessage(
            environment, stores, DeliveryWiring.caller(environment, stores.clients()));
    assertThat(offer(email, MAIL).result()).isInstanceOf(DeliveryResult.Deferred.class);
    assertThat(server.orElseThrow().requests()).hasSize(1);
    assertThat(sent().get("ConfigurationSetName")).isEmpty();
  }

  private SendMessage ses(IntFunction<String> answers) {
    // Long enough for a machine that has other things to do.
    return ses(answers, Duration.ofSeconds(20));
  }

  private SendMessage ses(IntFunction<String> answers, Duration patience) {
    server = Optional.of(LoopbackServer.saying(answers));
    var clients = AwsClients.of(environment());
    var bounds = new Bounds(patience, patience, 1024 * 1024, 64 * 1024);
    var http =
        new GuardedHttp(
            bounds, Set.of(server.orElseThrow().host()), Optional.empty(), Resolve.SYSTEM);
    return new SendThroughProvider(
        new InMemoryChannelCredentials(() -> DeliveryFixture.START),
        new LookupAnswers(),
        new CallOverNetwork(
            () -> http,
            new AwsRequests(
                () -> http,
                _ -> clients.endpoint("SESV2"),
                clients::identity,
                clients.region(),
                InstantSource.system()),
            new SmtpDialogue(new PublicAddresses(Set.of(), Resolve.SYSTEM), patience, patience),
            Set.of()),
        Json.object().with("region", "eu-central-1").with("configuration_set", "carillon"),
        CallbackUrls.NONE,
        InstantSource.system());
  }

  private Environment environment() {
    return new Environment(
        Map.of(
            "AWS_REGION", "eu-central-1",
            "AWS_ENDPOINT_URL_SESV2", "http://" + server.orElseThrow().host(),
            "TABLE_NAME", "carillon",
            "SECRET_PREFIX", "carillon/",
            "AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://" + secrets.host(),
            "AWS_ACCESS_KEY_ID", "AKIAEXAMPLE",
            "AWS_SECRET_ACCESS_KEY", "secret"),
        InstantSource.system());
  }

  /** Written as contents were before they had types, which read the same. */
  private static Sent offer(SendMessage provider, Json.Obj mail) {
    return provider.send(
        MESSAGE,
        new MessageContent(ContentCodec.read(mail), Json.Obj.EMPTY),
        DeliveryFixture.channel(Json.Obj.EMPTY));
  }

  private Json.Obj sent() {
    String request = server.orElseThrow().requests().getLast();
    return (Json.Obj)
        JsonLiteral.parse(request.substring(request.indexOf("\r\n\r\n") + 4)).orElseThrow();
  }

  private static Json.Obj tag(String name, String value) {
    return Json.object().with("Name", name).with("Value", value);
  }

  private static String error(int status, String code) {
    return LoopbackServer.response(
        status,
        "content-type: application/json\r\nx-amzn-errortype: " + code + "\r\n",
        "{\"message\":\"Because.\"}");
  }
}
