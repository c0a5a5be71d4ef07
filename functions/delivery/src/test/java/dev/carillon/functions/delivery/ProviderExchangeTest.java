package dev.carillon.functions.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelSet;
import dev.carillon.channel.ChannelType;
import dev.carillon.functions.delivery.SendMessage.Sent;
import dev.carillon.functions.delivery.call.AwsRequests;
import dev.carillon.functions.delivery.call.CallOverNetwork;
import dev.carillon.functions.delivery.call.SmtpDialogue;
import dev.carillon.json.Json;
import dev.carillon.memory.environment.InMemoryChannelCredentials;
import dev.carillon.message.Attempt;
import dev.carillon.message.Attempt.Result;
import dev.carillon.message.Content;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.outbound.Bounds;
import dev.carillon.outbound.GuardedHttp;
import dev.carillon.outbound.LoopbackServer;
import dev.carillon.outbound.PublicAddresses;
import dev.carillon.outbound.Resolve;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Provider;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.Providers;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Every provider over a real socket, whatever the other side does: the result says what may be done
 * next, and the server saw one request that sends, no more and no less. The server is what an
 * egress gateway is to the client, so that each provider's own URL reaches it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProviderExchangeTest {
  private static final int LAST = Order.DEFAULT + 1;

  private static final Pattern URL = Pattern.compile("(?i)\\r\\nx-carillon-egress-url: (\\S+)");
  private static final Pattern MESSAGE = Pattern.compile("(?i)\\r\\nx-carillon-egress-message: ");
  private static final String RSA = pem("RSA", 2048);
  private static final String EC = pem("EC", 256);

  /** What the other side does about the request that sends. */
  enum Doing {
    TAKES_IT,
    HAS_NO_TIME(429, "retry-after: 7\r\n"),
    IS_DOWN(503, ""),
    FAILS(500, ""),
    IS_A_GATEWAY_WITHOUT_SERVICE(502, ""),
    KNOWS_NO_SUCH_KEY(401, ""),
    FINDS_IT_WRONG(400, ""),
    SAYS_WHAT_NOBODY_READS(200, ""),
    SAYS_NOTHING,
    HANGS_UP,
    HANGS_UP_AMID_THE_ANSWER;

    private final int status;
    private final String headers;

    Doing() {
      this(0, "");
    }

    Doing(int status, String headers) {
      this.status = status;
      this.headers = headers;
    }
  }

  private static Stream<String> providers() {
    return Providers.all().stream()
        .map(Provider::key)
        .filter(key -> !key.equals("email_smtp")); // SmtpExchangeTest
  }

  static Stream<Arguments> exchanges() {
    return providers()
        .flatMap(
            key ->
                Stream.of(Doing.values())
                    .filter(doing -> doing != Doing.SAYS_NOTHING)
                    .map(doing -> Arguments.of(key, doing)));
  }

  /**
   * All of them at once: each takes as long as its client is patient. After the others, so that no
   * time goes into loading what they share.
   */
  @Test
  @Order(LAST)
  void one_attempt_is_one_request_though_nothing_is_answered() throws Exception {
    try (var each = Executors.newVirtualThreadPerTaskExecutor()) {
      var exchanges =
          providers()
              .<Future<?>>map(key -> each.submit(() -> exchange(key, Doing.SAYS_NOTHING)))
              .toList();
      for (Future<?> exchange : exchanges) {
        exchange.get();
      }
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("exchanges")
  void one_attempt_is_one_request_and_its_result_says_what_may_be_done_next(
      String key, Doing doing) {
    exchange(key, doing);
  }

  private static void exchange(String key, Doing doing) {
    Provider<?> provider = Providers.named(key).orElseThrow();
    var server = new AtomicReference<LoopbackServer>();
    try (var loopback =
        new LoopbackServer(
            (number, out) -> {
              String request = server.get().requests().get(number - 1);
              return sends(provider, request)
                  ? answer(provider, request, doing, out)
                  : taken(provider, request, out);
            })) {
      server.set(loopback);
      Sent sent =
          sender(loopback.host(), provider, patience(doing))
              .send(message(), content(provider), channel(provider));

      assertThat(loopback.requests().stream().filter(it -> sends(provider, it))).as(key).hasSize(1);
      assertThat(kind(sent.result())).as(sent.result().toString()).isIn(expected(provider, doing));
      assertThat(sent.repeatable()).isEqualTo(provider.idempotent());
      checkRecord(provider, sent);
      if (doing == Doing.HAS_NO_TIME) {
        assertThat(((DeliveryResult.Deferred) sent.result()).after())
            .contains(Duration.ofSeconds(7));
      }
    }
  }

  /** One attempt is on record, and says why where it failed. */
  private static void checkRecord(Provider<?> provider, Sent sent) {
    Channel channel = channel(provider);
    Message recorded =
        AttemptOutcome.of(
            message(),
            1,
            sent,
            ChannelSet.of(List.of(channel)),
            channel,
            DeliveryFixture.START.plusSeconds(1));
    assertThat(recorded.attempts()).hasSize(1);
    String why =
        switch (recorded.attempts().getFirst().result()) {
          case Result.Deferred(_, var reason, _) -> reason;
          case Result.Ambiguous(var reason, _) -> reason;
          case Result.Refused(_, var reason) -> reason;
          case Result.Accepted _ -> "it was taken";
          case Result.Claimed _ -> "";
        };
    assertThat(why).as(provider.key()).isNotBlank();
  }

  /**
   * Whether something may have been sent decides: only what was turned away is tried again as if
   * nothing had been.
   */
  private static Set<String> expected(Provider<?> provider, Doing doing) {
    return switch (doing) {
      case TAKES_IT -> Set.of("Accepted");
      case HAS_NO_TIME, IS_DOWN, FAILS -> Set.of("Deferred");
      case IS_A_GATEWAY_WITHOUT_SERVICE -> Set.of("Ambiguous", "Deferred");
      case KNOWS_NO_SUCH_KEY -> Set.of("Misconfigured", "Deferred", "Rejected", "Bounced");
      case FINDS_IT_WRONG -> Set.of("Rejected", "Misconfigured", "Bounced");
      case SAYS_NOTHING, HANGS_UP -> Set.of("Ambiguous");
      case SAYS_WHAT_NOBODY_READS, HANGS_UP_AMID_THE_ANSWER ->
          Set.of("Accepted", "Ambiguous", "Misconfigured");
    };
  }

  private static String kind(DeliveryResult result) {
    return result.getClass().getSimpleName();
  }

  /** Questions come before it, and are answered whatever the other side does about it. */
  private static boolean sends(Provider<?> provider, String request) {
    return MESSAGE.matcher(request).find()
        || provider.type() == ChannelType.HTTP
        || !URL.matcher(request).find();
  }

  private static boolean answer(Provider<?> provider, String request, Doing doing, OutputStream out)
      throws IOException {
    switch (doing) {
      case TAKES_IT -> {
        return taken(provider, request, out);
      }
      case SAYS_NOTHING -> {
        return true;
      }
      case HANGS_UP -> {
        return false;
      }
      case HANGS_UP_AMID_THE_ANSWER -> {
        write(out, "HTTP/1.1 200 OK\r\ncontent-length: 400\r\n\r\n{\"id");
        return false;
      }
      case HAS_NO_TIME,
          IS_DOWN,
          FAILS,
          IS_A_GATEWAY_WITHOUT_SERVICE,
          KNOWS_NO_SUCH_KEY,
          FINDS_IT_WRONG,
          SAYS_WHAT_NOBODY_READS -> {
        write(out, LoopbackServer.response(doing.status, doing.headers, "<html>No</html>"));
        return true;
      }
    }
    throw new IllegalStateException(doing.name());
  }

  private static boolean taken(Provider<?> provider, String request, OutputStream out)
      throws IOException {
    var url = URL.matcher(request);
    String body = request.substring(request.indexOf("\r\n\r\n") + 4);
    var call =
        new ProviderCall.Http(
            "POST",
            url.find() ? url.group(1) : "https://aws.example/",
            Map.of(),
            body.getBytes(StandardCharsets.UTF_8));
    ProviderResponse said =
        provider
            .standIn(call)
            .orElseGet(() -> new ProviderResponse(200, Map.of(), new byte[0], true));
    var headers = new StringBuilder();
    said.headers()
        .forEach((name, values) -> headers.append(name + ": " + values.getFirst() + "\r\n"));
    write(out, LoopbackServer.response(said.status(), headers.toString(), said.text()));
    return true;
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Long enough for a machine that has other things to do. */
  private static Duration patience(Doing doing) {
    return doing == Doing.SAYS_NOTHING ? Duration.ofSeconds(6) : Duration.ofSeconds(60);
  }

  /** What sends through the provider, which that server is. */
  static SendMessage sender(String server, Provider<?> provider, Duration patience) {
    var bounds = new Bounds(patience, patience, 1024 * 1024, 64 * 1024);
    Resolve anywhere =
        host -> List.of(InetAddress.ofLiteral(host.equals("127.0.0.1") ? host : "93.184.216.34"));
    var credentials = new InMemoryChannelCredentials(() -> DeliveryFixture.START);
    credentials.put(DeliveryFixture.LOCAL, CHANNEL, settings(provider));
    return new SendThroughProvider(
        credentials,
        new LookupAnswers(),
        new CallOverNetwork(
            () ->
                new GuardedHttp(bounds, Set.of(), Optional.of("http://" + server + "/"), anywhere),
            new AwsRequests(
                () -> new GuardedHttp(bounds, Set.of(server), Optional.empty(), anywhere),
                _ -> Optional.of("http://" + server),
                () -> AwsCredentialsIdentity.create("id", "secret"),
                "eu-central-1",
                () -> DeliveryFixture.START),
            new SmtpDialogue(new PublicAddresses(Set.of(), anywhere), patience, patience),
            Set.of()),
        Json.Obj.EMPTY,
        CallbackUrls.NONE,
        () -> DeliveryFixture.START);
  }

  static final ChannelId CHANNEL = DeliveryFixture.EMAIL;

  static Channel channel(Provider<?> provider) {
    return new Channel(
        CHANNEL,
        "channel",
        "Channel",
        provider.type(),
        provider.key(),
        Json.Obj.EMPTY,
        DeliveryFixture.START,
        DeliveryFixture.START);
  }

  static Message message() {
    return DeliveryFixture.message(DeliveryStatus.QUEUED)
        .with(
            new Attempt(
                1,
                DeliveryFixture.START,
                new Result.Claimed(DeliveryFixture.START.plusSeconds(60)),
                0),
            DeliveryFixture.START);
  }

  /** What works, by the setting's name or by its provider's and its own. */
  private static final Map<String, Json> WORKING =
      Map.ofEntries(
          Map.entry("region", Json.of("eu-central-1")),
          Map.entry("domain", Json.of("mg.acme.test")),
          Map.entry("phone_number", Json.of("+15005550001")),
          Map.entry("source_number", Json.of("+15005550001")),
          Map.entry("sender_id", Json.of("Acme")),
          Map.entry("project_id", Json.of("acme")),
          Map.entry(
              "service_account_json",
              Json.of(
                  Json.object()
                      .with("client_email", "a@acme.test")
                      .with("private_key", RSA)
                      .toString())),
          Map.entry("signing_key", Json.of(EC)),
          Map.entry("phone_number_id", Json.of("106540")),
          Map.entry("bundle_id", Json.of("test.acme")));

  /** Under which a credential for one of several ways in would be missing another. */
  private static final Set<String> LEFT_OUT =
      Set.of("access_key_id", "secret_access_key", "role_arn", "external_id");

  static Json.Obj settings(Provider<?> provider) {
    // What some call a signing key is a text of any kind, Apple's is a document.
    boolean apple =
        provider.settings().stream().map(ProviderSetting::name).anyMatch("key_id"::equals);
    Json.Obj values = Json.object();
    for (ProviderSetting setting : provider.settings()) {
      boolean text =
          setting.type() instanceof ProviderSetting.Type.Text
              || setting.type() instanceof ProviderSetting.Type.LongText;
      boolean left =
          LEFT_OUT.contains(setting.name()) || (setting.name().equals("signing_key") && !apple);
      if ((setting.required() || text) && !left) {
        values = values.with(setting.name(), working(setting));
      }
    }
    return values;
  }

  private static Json working(ProviderSetting setting) {
    return switch (setting.type()) {
      case ProviderSetting.Type.Choice(var choices) -> Json.of(choices.getFirst());
      case ProviderSetting.Type.Flag() -> Json.FALSE;
      case ProviderSetting.Type.Number(var least, _) -> Json.of(least);
      case ProviderSetting.Type.Text(), ProviderSetting.Type.LongText() ->
          WORKING.getOrDefault(
              setting.name(), Json.of("s3cr3t0" + setting.name().replace("_", "")));
    };
  }

  static MessageContent content(Provider<?> provider) {
    return new MessageContent(said(provider), Json.Obj.EMPTY);
  }

  private static Content said(Provider<?> provider) {
    return switch (provider.type()) {
      case EMAIL ->
          new Content.Email(
              new Content.Envelope(
                  Optional.of(mailbox("hello@acme.test")),
                  List.of(mailbox("ellie@example.com")),
                  List.of(),
                  List.of(),
                  List.of()),
              "Hi",
              "<p>Hi</p>",
              "Hi",
              Map.of(),
              List.of(),
              Json.Obj.EMPTY);
      case SMS -> new Content.Sms("+15005550006", "Hi", Json.Obj.EMPTY);
      case PUSH ->
          new Content.Push(
              token(provider.key()), "Hi", "Ellie", Json.Obj.EMPTY, false, Json.Obj.EMPTY);
      case CHAT ->
          new Content.Chat(
              Json.object()
                  .with("access_token", "xoxb-long-secret")
                  .with("channel_id", "1045098765432109876")
                  .with("ms_teams_tenant_id", "t")
                  .with("ms_teams_channel_id", "19:c")
                  .with("phone_number", "+15552229999"),
              new Content.ChatBody.Markdown("Hi"),
              Json.Obj.EMPTY);
      case HTTP ->
          new Content.Http("POST", "https://hooks.acme.test/x", List.of(), List.of(), "{}");
      case IN_APP_FEED -> throw new IllegalStateException("Nobody delivers to feeds");
    };
  }

  private static String token(String provider) {
    return switch (provider) {
      case "push_expo" -> "ExponentPushToken[x]";
      case "push_aws_sns" -> "arn:aws:sns:eu-central-1:123456789012:endpoint/GCM/app/1";
      default -> "00fc13";
    };
  }

  private static Content.Mailbox mailbox(String address) {
    return new Content.Mailbox(Optional.empty(), address);
  }

  private static String pem(String algorithm, int bits) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return "-----BEGIN PRIVATE KEY-----\n"
          + Base64.getMimeEncoder()
              .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
          + "\n-----END PRIVATE KEY-----\n";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
