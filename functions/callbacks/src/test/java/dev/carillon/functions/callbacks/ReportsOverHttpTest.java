package dev.carillon.functions.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.edge.CallbackPath;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.provider.sms.CallbackLink;
import dev.carillon.report.EarlyReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/**
 * Reports of several providers, each proven in a way of its own, through the function's own door.
 */
class ReportsOverHttpTest {
  private static final String SECRET = "a-secret-of-reports";
  private static final ChannelId CHANNEL =
      new ChannelId(UUID.fromString("11111111-2222-8333-8444-555555555555"));

  private final CallbacksFixture fixture = new CallbacksFixture(DeliveryStatus.SENT);
  private final String path =
      new CallbackPath(fixture.ports.deploymentKeys()).of(CallbacksFixture.LOCAL, CHANNEL);

  // By a password in the URL that the provider was given.

  @Test
  void a_report_with_the_password_is_recorded_and_one_without_it_is_not() throws IOException {
    channel("email_postmark", Json.Obj.EMPTY);
    String body = postmark("Delivery");
    assertThat(post(body, Map.of())).isEqualTo(401);
    assertThat(post(body, basic("wrong"))).isEqualTo(401);
    assertThat(status()).isEqualTo(DeliveryStatus.SENT);

    assertThat(post(body, basic(SECRET))).isEqualTo(200);
    assertThat(status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(post(body, basic(SECRET))).isEqualTo(200);
    assertThat(fixture.events()).containsExactly("delivered");
  }

  @Test
  void what_is_said_of_an_address_in_copy_does_not_decide() throws IOException {
    channel("email_postmark", Json.Obj.EMPTY);
    String bounce =
        JsonText.write(
            Json.object()
                .with("RecordType", "Bounce")
                .with("Type", "HardBounce")
                .with("MessageID", "pm-1")
                .with("ID", Json.of(42))
                .with("Email", "cc@example.com")
                .with("Metadata", metadata()));
    assertThat(post(bounce, basic(SECRET))).isEqualTo(200);
    assertThat(status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(fixture.events()).containsExactly("reported");
    assertThat(post(bounce.replace("cc@", "ellie@"), basic(SECRET))).isEqualTo(200);
    assertThat(status()).isEqualTo(DeliveryStatus.BOUNCED);
  }

  @Test
  void a_message_that_nobody_knows_or_of_another_channel_is_no_failure() throws IOException {
    channel("email_postmark", Json.Obj.EMPTY);
    String unknown =
        postmark("Delivery").replace(CallbacksFixture.ID.value(), "2aaaaaaWZgZounTGP8TSxTMWo8w");
    assertThat(post(unknown, basic(SECRET))).isEqualTo(200);
    assertThat(post("{}", basic(SECRET))).isEqualTo(200);
    assertThat(post("no json", basic(SECRET))).isEqualTo(200);

    var other = new ChannelId(UUID.fromString("22222222-2222-8333-8444-555555555555"));
    channel(other, "second", "email_postmark", Json.Obj.EMPTY);
    String otherPath =
        new CallbackPath(fixture.ports.deploymentKeys()).of(CallbacksFixture.LOCAL, other);
    assertThat(answer("POST", otherPath, "", postmark("Delivery"), basic(SECRET)).status())
        .isEqualTo(200);
    assertThat(status()).isEqualTo(DeliveryStatus.SENT);
  }

  // By the provider's own id, proven by a token in the query.

  @Test
  void a_report_by_the_providers_id_finds_the_message_that_it_took() throws IOException {
    africasTalking();
    fixture.ports.externalIds().add(fixture.message().known("ATXid_1"));
    assertThat(talk("token=wrong", "ATXid_1", "Success")).isEqualTo(401);
    assertThat(talk(TOKEN, "ATXid_2", "Success")).as("of somebody else").isEqualTo(200);
    assertThat(talk(TOKEN, "ATXid_1", "Buffered")).as("on its way").isEqualTo(200);
    assertThat(status()).isEqualTo(DeliveryStatus.SENT);

    assertThat(talk(TOKEN, "ATXid_1", "Success")).isEqualTo(200);
    assertThat(talk(TOKEN, "ATXid_1", "Success")).as("replayed").isEqualTo(200);
    assertThat(talk(TOKEN, "ATXid_1", "Expired")).as("out of order").isEqualTo(200);
    assertThat(fixture.events()).containsExactly("delivered");
  }

  @Test
  void a_report_that_comes_before_our_record_is_parked_for_it() throws IOException {
    africasTalking();
    var ids = fixture.ports.externalIds();
    Message taken = fixture.message().known("ATXid_1");
    assertThat(talk(TOKEN, "ATXid_1", "Buffered")).isEqualTo(200);
    assertThat(ids.early(taken)).isEmpty();

    for (int times = 0; times < 2; times++) {
      assertThat(talk(TOKEN, "ATXid_1", "Failed&failureReason=UserDoesNotExist")).isEqualTo(200);
    }
    assertThat(fixture.events()).isEmpty();
    assertThat(ids.early(taken))
        .containsExactly(new EarlyReport(DeliveryStatus.BOUNCED, Optional.of("UserDoesNotExist")));

    ids.add(taken);
    assertThat(talk(TOKEN, "ATXid_1", "Failed&failureReason=UserDoesNotExist")).isEqualTo(200);
    assertThat(fixture.events()).containsExactly("bounced");
  }

  @Test
  void an_id_of_another_channel_finds_nothing() throws IOException {
    africasTalking();
    fixture.ports.externalIds().add(fixture.message().known("ATXid_1"));
    ChannelId other = new ChannelId(new UUID(1, 2));
    channel(other, "second", "sms_africas_talking", Json.Obj.EMPTY, CREDENTIALS);
    String at = new CallbackPath(fixture.ports.deploymentKeys()).of(CallbacksFixture.LOCAL, other);
    assertThat(answer("POST", at, TOKEN, "id=ATXid_1&status=Success", Map.of()).status())
        .isEqualTo(200);
    assertThat(status()).isEqualTo(DeliveryStatus.SENT);
  }

  private static final String TOKEN = "token=" + SECRET;
  private static final Json.Obj CREDENTIALS = Json.object().with("callback_token", SECRET);

  private void africasTalking() {
    channel(CHANNEL, "sms", "sms_africas_talking", Json.Obj.EMPTY, CREDENTIALS);
  }

  private int talk(String query, String id, String status) throws IOException {
    return answer("POST", path, query, "id=" + id + "&status=" + status, Map.of()).status();
  }

  // By a code over a token and its time.

  @Test
  void a_report_with_a_fitting_code_is_recorded_until_it_is_too_old() throws Exception {
    channel("email_mailgun", Json.object().with("domain", "mg.example.com"));
    String body = mailgun("delivered");
    assertThat(post(body.replace("token-1", "token-2"), Map.of())).isEqualTo(401);
    assertThat(status()).isEqualTo(DeliveryStatus.SENT);

    fixture.clock.advance(Duration.ofHours(13));
    assertThat(post(body, Map.of())).as("replayed").isEqualTo(401);
    assertThat(status()).isEqualTo(DeliveryStatus.SENT);

    assertThat(post(mailgun("delivered"), Map.of())).isEqualTo(200);
    assertThat(status()).isEqualTo(DeliveryStatus.DELIVERED);
  }

  // By a public key, over the body's own bytes.

  @Test
  void a_report_that_the_provider_signed_is_recorded_and_one_with_other_bytes_is_not()
      throws Exception {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    channel(
        "email_sendgrid",
        Json.object()
            .with(
                "webhook_verification_key",
                Base64.getEncoder().encodeToString(keys.getPublic().getEncoded())));
    String events =
        "[ {\"event\": \"processed\", \"knock_message_id\": \"%1$s\", \"sg_event_id\": \"1\"},\r\n"
            + "{\"event\": \"dropped\", \"knock_message_id\": \"%1$s\", \"sg_event_id\": \"2\","
            + " \"email\": \"ellie@example.com\", \"reason\": \"Bounced Address\"}]\r\n";
    String body = events.formatted(CallbacksFixture.ID.value());
    Map<String, String> signed = signed(keys, body);

    assertThat(post(body.strip(), signed)).as("without its last line break").isEqualTo(401);
    assertThat(status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(post(body, signed)).isEqualTo(200);
    assertThat(status()).isEqualTo(DeliveryStatus.BOUNCED);

    fixture.clock.advance(Duration.ofHours(25));
    assertThat(post(body, signed)).as("replayed").isEqualTo(401);
  }

  // By credentials that others took the place of.

  @Test
  void what_the_credentials_before_prove_counts_for_three_days_unless_they_are_written_twice()
      throws IOException {
    channel("email_postmark", Json.Obj.EMPTY);
    fixture.clock.advance(Duration.ofDays(20));
    secret("another");
    assertThat(post(postmark("Bounce"), basic("neither"))).isEqualTo(401);
    fixture.clock.advance(Duration.ofHours(71));
    assertThat(post(postmark("Delivery"), basic(SECRET))).isEqualTo(200);
    assertThat(fixture.events()).containsExactly("delivered");
    assertThat(post(postmark("Delivery"), basic("another"))).isEqualTo(200);
    fixture.clock.advance(Duration.ofHours(1));
    assertThat(post(postmark("Delivery"), basic(SECRET))).isEqualTo(401);
    assertThat(post(postmark("Delivery"), basic("another"))).isEqualTo(200);

    secret("a third");
    secret("a third");
    assertThat(post(postmark("Delivery"), basic("another"))).isEqualTo(401);
    assertThat(post(postmark("Delivery"), basic("a third"))).isEqualTo(200);
  }

  private void secret(String value) {
    fixture
        .ports
        .channelCredentials()
        .put(CallbacksFixture.LOCAL, CHANNEL, Json.object().with("webhook_secret", value));
  }

  /** Vonage's receipts name a message by the link that it was sent with, and by nothing else. */
  @Test
  void a_link_that_was_given_out_before_names_its_message() throws IOException {
    var credentials = fixture.ports.channelCredentials();
    channel(CHANNEL, "sms", "sms_vonage", Json.Obj.EMPTY, vonage("first"));
    String query =
        URI.create(
                CallbackLink.to(
                    URI.create("https://api.example" + path), CallbacksFixture.ID, "first"))
            .getRawQuery();
    String receipt = "messageId=v-1&msisdn=15005550006&status=delivered&err-code=0";
    credentials.put(CallbacksFixture.LOCAL, CHANNEL, vonage("second"));
    assertThat(answer("POST", path, query.replace("s=", "s=x"), receipt, Map.of()).status())
        .isEqualTo(401);
    assertThat(answer("POST", path, query, receipt, Map.of()).status()).isEqualTo(200);
    assertThat(fixture.events()).containsExactly("delivered");
    fixture.clock.advance(Duration.ofDays(3));
    assertThat(answer("POST", path, query, receipt, Map.of()).status()).isEqualTo(401);
  }

  private static Json.Obj vonage(String secret) {
    return Json.object().with("api_key", "key").with("api_secret", secret);
  }

  // Handshakes, and what is no provider's.

  @Test
  void a_handshake_is_answered_with_what_the_provider_asks_for() throws IOException {
    channel(
        CHANNEL,
        "chat",
        "chat_whatsapp",
        Json.object().with("phone_number_id", "1"),
        Json.object().with("verify_token", SECRET));
    String query = "hub.mode=subscribe&hub.verify_token=%s&hub.challenge=1158201444";
    Answer known = answer("GET", path, query.formatted(SECRET), "", Map.of());
    assertThat(known).isEqualTo(new Answer(200, "text/plain", "1158201444"));
    assertThat(answer("GET", path, query.formatted("other"), "", Map.of()).status()).isEqualTo(401);
  }

  @Test
  void a_path_that_is_no_channels_is_not_found() throws IOException {
    channel("email_ses_of_nobody", Json.Obj.EMPTY);
    assertThat(post(postmark("Delivery"), basic(SECRET))).as("no such provider").isEqualTo(404);
    assertThat(answer("POST", "/v1/providers/callbacks/AAAA", "", "{}", basic(SECRET)).status())
        .isEqualTo(404);
  }

  private void channel(String provider, Json.Obj settings) {
    channel(CHANNEL, "mail", provider, settings);
  }

  private void channel(ChannelId id, String key, String provider, Json.Obj settings) {
    channel(id, key, provider, settings, Json.object().with("webhook_secret", SECRET));
  }

  private void channel(
      ChannelId id, String key, String provider, Json.Obj settings, Json.Obj credentials) {
    fixture
        .ports
        .channels()
        .put(
            CallbacksFixture.LOCAL,
            new Channel(
                id,
                key,
                key,
                ChannelType.EMAIL,
                provider,
                settings,
                fixture.clock.instant(),
                fixture.clock.instant()));
    fixture.ports.channelCredentials().put(CallbacksFixture.LOCAL, id, credentials);
  }

  private DeliveryStatus status() {
    return fixture.message().status();
  }

  private static Json.Obj metadata() {
    return Json.object().with("knock_message_id", CallbacksFixture.ID.value());
  }

  private static String postmark(String type) {
    return JsonText.write(
        Json.object()
            .with("RecordType", type)
            .with("MessageID", "pm-1")
            .with("Recipient", "ellie@example.com")
            .with("DeliveredAt", "2026-01-05T09:01:02Z")
            .with("Metadata", metadata()));
  }

  private String mailgun(String event) throws GeneralSecurityException {
    String timestamp = Long.toString(fixture.clock.instant().getEpochSecond());
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] code = mac.doFinal((timestamp + "token-1").getBytes(StandardCharsets.UTF_8));
    return JsonText.write(
        Json.object()
            .with(
                "signature",
                Json.object()
                    .with("timestamp", timestamp)
                    .with("token", "token-1")
                    .with("signature", HexFormat.of().formatHex(code)))
            .with(
                "event-data",
                Json.object()
                    .with("event", event)
                    .with("id", "event-1")
                    .with("recipient", "ellie@example.com")
                    .with("user-variables", metadata())));
  }

  private Map<String, String> signed(KeyPair keys, String body) throws GeneralSecurityException {
    String timestamp = Long.toString(fixture.clock.instant().getEpochSecond());
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update((timestamp + body).getBytes(StandardCharsets.UTF_8));
    return Map.of(
        "X-Twilio-Email-Event-Webhook-Signature",
        Base64.getEncoder().encodeToString(signature.sign()),
        "X-Twilio-Email-Event-Webhook-Timestamp",
        timestamp);
  }

  private static Map<String, String> basic(String password) {
    return Map.of(
        "Authorization",
        "Basic "
            + Base64.getEncoder()
                .encodeToString(("carillon:" + password).getBytes(StandardCharsets.UTF_8)));
  }

  private record Answer(int status, String contentType, String body) {}

  private int post(String body, Map<String, String> headers) throws IOException {
    return answer("POST", path, "", body, headers).status();
  }

  private Answer answer(
      String method, String at, String query, String body, Map<String, String> headers)
      throws IOException {
    Json.Obj given = Json.object();
    for (var header : headers.entrySet()) {
      given = given.with(header.getKey(), header.getValue());
    }
    Json.Obj event =
        Json.object()
            .with("version", "2.0")
            .with("rawPath", at)
            .with("rawQueryString", query)
            .with("headers", given)
            .with(
                "requestContext",
                Json.object()
                    .with("requestId", "r-1")
                    .with("http", Json.object().with("method", method)))
            .with("body", Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)))
            .with("isBase64Encoded", Json.TRUE);
    var out = new ByteArrayOutputStream();
    new CallbacksHandler(fixture.ports, "https://api.example")
        .handleRequest(new ByteArrayInputStream(JsonText.bytes(event)), out, null);
    var answer = (Json.Obj) JsonText.parse(out.toByteArray());
    return new Answer(
        ((Json.Num) answer.fields().get("statusCode")).value().intValueExact(),
        answer.object("headers").text("content-type").orElse(""),
        answer.text("body").orElse(""));
  }
}
