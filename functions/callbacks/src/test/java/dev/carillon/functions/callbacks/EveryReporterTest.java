package dev.carillon.functions.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.edge.CallbackPath;
import dev.carillon.functions.callbacks.Reporter.Signing;
import dev.carillon.functions.callbacks.Reporter.Told;
import dev.carillon.functions.callbacks.Reporter.Trait;
import dev.carillon.functions.callbacks.Reporter.What;
import dev.carillon.functions.callbacks.Reporter.Whose;
import dev.carillon.functions.callbacks.Reporter.Wire;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.Attempt;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.provider.Provider;
import dev.carillon.provider.Providers;
import dev.carillon.report.EarlyReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same walk for every provider that reports, over HTTP, through the function's own door. */
class EveryReporterTest {
  private static final String HOST = "https://api.example";
  private static final ChannelId OTHER = new ChannelId(new UUID(7, 7));
  private static final MessageId UNKNOWN = new MessageId("2aaaaaaWZgZounTGP8TSxTMWo8w");

  /** As the last moment of a window is for clocks that differ by a second. */
  private static final Duration LEEWAY = Duration.ofSeconds(2);

  static Stream<Reporter> reporters() {
    return Stream.of(MailReporters.all(), TextReporters.all(), OtherReporters.all())
        .flatMap(List::stream);
  }

  static Stream<Reporter> addressed() {
    return reporters().filter(it -> it.has(Trait.NAMES_ADDRESS));
  }

  /** Those that report of each part. */
  static Stream<Reporter> parted() {
    return reporters().filter(it -> Set.of("sms_vonage", "sms_plivo").contains(it.provider()));
  }

  @Test
  void every_provider_that_reports_is_walked() {
    assertThat(reporters().map(Reporter::provider).collect(Collectors.toSet()))
        .isEqualTo(
            Providers.all().stream()
                .filter(it -> it.callbacks().isPresent())
                .map(Provider::key)
                .collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("reporters")
  void what_it_reports_is_recorded_once_however_often_it_comes(Reporter reporter) {
    for (What what : List.of(What.DELIVERED, What.FAILED)) {
      var walk = new Walk(reporter, DeliveryStatus.SENT);
      assertThat(walk.say(what)).isEqualTo(200);
      Message after = walk.message();
      assertThat(after.status()).isEqualTo(walk.becomes(what));
      assertThat(walk.say(what)).as("replayed").isEqualTo(200);
      walk.fixture.clock.advance(Duration.ofSeconds(30));
      assertThat(walk.say(what)).as("sent anew").isEqualTo(200);
      assertThat(walk.message().events()).isEqualTo(after.events());
      assertThat(walk.message().status()).isEqualTo(after.status());
    }
  }

  @ParameterizedTest
  @MethodSource("reporters")
  void what_failed_says_why(Reporter reporter) {
    var walk = new Walk(reporter, DeliveryStatus.SENT);
    walk.say(What.FAILED);
    assertThat(walk.message().events().getLast().data().text("failure_details"))
        .hasValueSatisfying(why -> assertThat(why).isNotBlank());
  }

  @ParameterizedTest
  @MethodSource("reporters")
  void what_is_forged_changes_nothing(Reporter reporter) {
    var walk = new Walk(reporter, DeliveryStatus.SENT);
    Told told = walk.told(What.FAILED);
    Wire good = walk.wire(told, Whose.OWN);
    assertThat(walk.answer(walk.wire(told, Whose.NOBODY))).as("nothing proves it").isEqualTo(401);
    assertThat(walk.answer(walk.wire(told, Whose.OTHER)))
        .as("the secret of another channel")
        .isEqualTo(401);
    good.headers()
        .forEach(
            (name, value) ->
                assertThat(walk.answer(with(good, name, touched(value, value.length() / 2))))
                    .as("another %s", name)
                    .isEqualTo(401));
    if (!reporter.has(Trait.BODY_UNPROVEN)) {
      int length = good.body().length();
      for (int at = 0; at < length; at += 1 + length / 20) {
        Wire touched =
            new Wire(good.method(), good.url(), good.headers(), touched(good.body(), at));
        // Where SNS's certificate is to be had is among those bytes.
        assertThat(walk.answer(touched)).as("another byte %d", at).isIn(401, 503);
      }
      if (length == 0) {
        Wire touched =
            new Wire(good.method(), good.url().replace("status=", "status=x"), good.headers(), "");
        assertThat(walk.answer(touched)).as("another query").isEqualTo(401);
      }
    }
    assertThat(walk.message().status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(walk.fixture.events()).isEmpty();
    assertThat(walk.answer(good)).isEqualTo(200);
    assertThat(walk.message().status()).isEqualTo(walk.becomes(What.FAILED));
  }

  @ParameterizedTest
  @MethodSource("reporters")
  void what_is_too_old_is_not_believed_and_what_is_fresh_is(Reporter reporter) {
    var walk = new Walk(reporter, DeliveryStatus.SENT);
    Wire captured = walk.wire(walk.told(What.FAILED), Whose.OWN);
    boolean dated = !reporter.window().isZero();
    Duration late = dated ? reporter.window().plus(LEEWAY) : Duration.ofDays(2);
    walk.fixture.clock.advance(late);
    if (dated) {
      assertThat(walk.answer(captured)).isEqualTo(401);
      assertThat(walk.message().status()).isEqualTo(DeliveryStatus.SENT);
      Instant ahead = walk.now().plus(late);
      assertThat(walk.answer(walk.wire(walk.told(What.FAILED), Whose.OWN, ahead)))
          .as("dated ahead")
          .isEqualTo(401);
      assertThat(walk.say(What.FAILED)).isEqualTo(200);
    } else {
      assertThat(walk.answer(captured)).as("nothing dates it").isEqualTo(200);
    }
    assertThat(walk.message().status()).isEqualTo(walk.becomes(What.FAILED));
  }

  @ParameterizedTest
  @MethodSource("reporters")
  void any_order_ends_in_the_same_state(Reporter reporter) {
    List<List<What>> orders =
        List.of(
            List.of(What.ON_ITS_WAY, What.DELIVERED, What.FAILED),
            List.of(What.DELIVERED, What.ON_ITS_WAY, What.FAILED),
            List.of(What.DELIVERED, What.FAILED, What.ON_ITS_WAY),
            List.of(What.FAILED, What.DELIVERED, What.ON_ITS_WAY),
            List.of(What.FAILED, What.ON_ITS_WAY, What.DELIVERED),
            List.of(What.ON_ITS_WAY, What.FAILED, What.DELIVERED));
    boolean deliveryIsLast = reporter.provider().startsWith("sms_");
    for (List<What> order : orders) {
      assertThat(walk(reporter, order).message().status())
          .as(order.toString())
          .isEqualTo(deliveryIsLast ? DeliveryStatus.DELIVERED : reporter.failed());
    }
    assertThat(walk(reporter, List.of(What.ON_ITS_WAY)).message().status())
        .isEqualTo(DeliveryStatus.SENT);
    var before = new Walk(reporter, DeliveryStatus.DELIVERED);
    before.say(What.ON_ITS_WAY);
    assertThat(before.message().status()).isEqualTo(DeliveryStatus.DELIVERED);
  }

  private static Walk walk(Reporter reporter, List<What> order) {
    var walk = new Walk(reporter, DeliveryStatus.SENT);
    order.forEach(what -> assertThat(walk.say(what)).isEqualTo(200));
    return walk;
  }

  @ParameterizedTest
  @MethodSource("reporters")
  void a_message_that_nobody_knows_or_of_another_channel_is_answered_as_well(Reporter reporter) {
    var walk = new Walk(reporter, DeliveryStatus.SENT);
    assertThat(walk.answer(walk.wire(walk.told(What.FAILED).of(UNKNOWN), Whose.OWN)))
        .isEqualTo(200);
    String path = walk.channel(OTHER);
    var at = new Signing(HOST + path, Whose.OWN, walk.now());
    assertThat(walk.answer(reporter.wire(walk.told(What.FAILED), at))).isEqualTo(200);
    assertThat(walk.message().status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(walk.fixture.events()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("reporters")
  void what_comes_before_our_own_record_is_not_lost(Reporter reporter) {
    var walk = new Walk(reporter, DeliveryStatus.QUEUED, Optional.empty());
    Message claimed =
        walk.message()
            .with(
                new Attempt(
                    1,
                    walk.now(),
                    new Attempt.Result.Claimed(walk.now().plusSeconds(60)),
                    0,
                    Optional.empty()),
                walk.now());
    walk.fixture.stands(claimed);
    assertThat(walk.say(What.FAILED)).isEqualTo(200);
    if (reporter.bringsOurId()) {
      assertThat(walk.message().status()).isEqualTo(reporter.failed());
    } else {
      Message taken = walk.message().known("theirs-1");
      assertThat(walk.message().status()).isEqualTo(DeliveryStatus.QUEUED);
      assertThat(walk.fixture.ports.externalIds().early(taken))
          .as("parked for who records that it was taken")
          .extracting(EarlyReport::status)
          .containsExactly(reporter.failed());
      walk.fixture.ports.externalIds().add(taken);
      assertThat(walk.say(What.FAILED)).as("or sent again").isEqualTo(200);
      assertThat(walk.message().status()).isEqualTo(reporter.failed());
    }
  }

  @ParameterizedTest
  @MethodSource("addressed")
  void only_what_is_said_of_the_recipient_sets_the_status(Reporter reporter) {
    var walk = new Walk(reporter, DeliveryStatus.SENT);
    Told copy = walk.told(What.FAILED).about("cc@example.com");
    for (int times = 0; times < 2; times++) {
      assertThat(walk.answer(walk.wire(copy, Whose.OWN))).isEqualTo(200);
    }
    assertThat(walk.message().status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(walk.fixture.events()).containsExactly("reported");
    assertThat(walk.say(What.DELIVERED)).isEqualTo(200);
    assertThat(walk.message().status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(walk.answer(walk.wire(copy.of(CallbacksFixture.ID), Whose.OWN))).isEqualTo(200);
    assertThat(walk.message().status()).isEqualTo(DeliveryStatus.DELIVERED);
  }

  @ParameterizedTest
  @MethodSource("parted")
  void the_parts_of_a_long_text_are_one_text(Reporter reporter) {
    var walk = new Walk(reporter, DeliveryStatus.SENT);
    for (String part : List.of("part-1", "part-2", "part-1")) {
      Told told = walk.told(What.DELIVERED).called(part);
      assertThat(walk.answer(walk.wire(told, Whose.OWN))).isEqualTo(200);
    }
    Told last = walk.told(What.FAILED).called("part-3");
    assertThat(walk.answer(walk.wire(last, Whose.OWN))).isEqualTo(200);
    assertThat(walk.message().status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(walk.fixture.events()).containsExactly("delivered");
  }

  private static Wire with(Wire wire, String header, String value) {
    var headers = new LinkedHashMap<>(wire.headers());
    headers.put(header, value);
    return new Wire(wire.method(), wire.url(), headers, wire.body());
  }

  /** With another character of the same kind in one place. */
  private static String touched(String text, int at) {
    char there = text.charAt(at);
    char other = there == 'z' ? 'y' : there == '1' ? '2' : Character.isDigit(there) ? '1' : 'z';
    return text.substring(0, at) + other + text.substring(at + 1);
  }

  /** A message, its channel, and who reports of it. */
  private static final class Walk {
    private final Reporter reporter;
    private final CallbacksFixture fixture;
    private final String url;

    Walk(Reporter reporter, DeliveryStatus status) {
      this(reporter, status, Optional.of("theirs-1"));
    }

    /**
     * @param known what the provider calls it, where that is on record
     */
    Walk(Reporter reporter, DeliveryStatus status, Optional<String> known) {
      this.reporter = reporter;
      this.fixture = CallbacksFixture.of(provider().type(), status);
      known.ifPresent(id -> fixture.ports.externalIds().add(fixture.message().known(id)));
      this.url = HOST + channel(CallbacksFixture.CHANNEL);
    }

    private Provider<?> provider() {
      return Providers.named(reporter.provider()).orElseThrow();
    }

    /** Makes one with the same settings and credentials; gives its path. */
    String channel(ChannelId id) {
      fixture
          .ports
          .channels()
          .put(
              CallbacksFixture.LOCAL,
              new Channel(
                  id,
                  id.toString(),
                  "A channel",
                  provider().type(),
                  provider().key(),
                  Json.Obj.EMPTY,
                  now(),
                  now()));
      fixture.ports.channelCredentials().put(CallbacksFixture.LOCAL, id, reporter.configured());
      return new CallbackPath(fixture.ports.deploymentKeys()).of(CallbacksFixture.LOCAL, id);
    }

    DeliveryStatus becomes(What what) {
      return switch (what) {
        case ON_ITS_WAY -> DeliveryStatus.SENT;
        case DELIVERED ->
            reporter.has(Trait.NEVER_DELIVERED) ? DeliveryStatus.SENT : DeliveryStatus.DELIVERED;
        case FAILED -> reporter.failed();
      };
    }

    Instant now() {
      return fixture.clock.instant();
    }

    Message message() {
      return fixture.message();
    }

    Told told(What what) {
      return Told.of(what, START);
    }

    private static final Instant START = Instant.parse("2026-01-05T09:01:00Z");

    Wire wire(Told told, Whose whose) {
      return wire(told, whose, now());
    }

    Wire wire(Told told, Whose whose, Instant at) {
      return reporter.wire(told, new Signing(url, whose, at));
    }

    int say(What what) {
      return answer(wire(told(what), Whose.OWN));
    }

    int answer(Wire wire) {
      Json.Obj headers = Json.object();
      for (var header : wire.headers().entrySet()) {
        headers = headers.with(header.getKey(), header.getValue());
      }
      Json.Obj event =
          Json.object()
              .with("version", "2.0")
              .with("rawPath", URI.create(wire.url()).getRawPath())
              .with("rawQueryString", wire.query())
              .with("headers", headers)
              .with(
                  "requestContext",
                  Json.object()
                      .with("requestId", "r-1")
                      .with("http", Json.object().with("method", wire.method())))
              .with(
                  "body",
                  Base64.getEncoder().encodeToString(wire.body().getBytes(StandardCharsets.UTF_8)))
              .with("isBase64Encoded", Json.TRUE);
      var out = new ByteArrayOutputStream();
      try {
        new CallbacksHandler(fixture.ports, OtherReporters::answer, HOST)
            .handleRequest(new ByteArrayInputStream(JsonText.bytes(event)), out, null);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      var answer = (Json.Obj) JsonText.parse(out.toByteArray());
      return ((Json.Num) answer.fields().get("statusCode")).value().intValueExact();
    }
  }
}
