package dev.carillon.provider.sms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.Content;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.Providers;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.callback.CallbackReader.Verdict;
import dev.carillon.provider.callback.CallbackRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every provider of text messages, whatever it is given. */
class SmsProvidersTest {
  private static final String SECRET = "s3cr&t+x";

  /** Those that are told no id of ours, and find a message by their own. */
  private static final Set<String> NAMELESS =
      Set.of("sms_aws_sns", "sms_africas_talking", "sms_mailersend");

  static List<SmsProvider> providers() {
    return Providers.all().stream()
        .filter(SmsProvider.class::isInstance)
        .map(SmsProvider.class::cast)
        .toList();
  }

  /** With every credential a secret, and everything else plausible. */
  private static SmsAttempt configured(SmsProvider provider) {
    Json.Obj settings = Json.object();
    for (ProviderSetting setting : provider.settings()) {
      if (setting.secret()) {
        settings = settings.with(setting.name(), SECRET);
      } else if (setting.required() || setting.name().equals("phone_number")) {
        settings = settings.with(setting.name(), plausible(setting.name()));
      }
    }
    return SmsAttempt.with(provider, "{}").settings(settings.without("signature_method"));
  }

  private static String plausible(String setting) {
    return switch (setting) {
      case "region" -> "eu-west-1";
      case "phone_number", "source_number" -> "+15017122661";
      default -> "id1";
    };
  }

  @ParameterizedTest
  @MethodSource("providers")
  void a_channel_without_a_required_setting_is_misconfigured(SmsProvider provider) {
    SmsAttempt whole = withKeyId(configured(provider));
    assertThat(whole.prepared()).isInstanceOf(Preparation.Ready.class);
    for (ProviderSetting setting : provider.settings()) {
      if (setting.required()) {
        assertThat(whole.without(setting.name()).refusal())
            .get()
            .isInstanceOf(DeliveryResult.Misconfigured.class);
        assertThat(whole.setting(setting.name(), " ").refusal())
            .get()
            .isInstanceOf(DeliveryResult.Misconfigured.class);
      }
    }
  }

  /**
   * SNS's secret key is optional, and nothing without the id beside it; its region is what the
   * deployment says where the channel says none.
   */
  private static SmsAttempt withKeyId(SmsAttempt attempt) {
    return attempt.provider().key().equals("sms_aws_sns")
        ? attempt.setting("access_key_id", "AKIA1").setting("region", "eu-west-1")
        : attempt;
  }

  @ParameterizedTest
  @MethodSource("providers")
  void a_number_that_is_none_bounces_and_stays(SmsProvider provider) {
    SmsAttempt attempt = withKeyId(configured(provider));
    for (String to : List.of("", "555-555-5555", "+1234", "ana@example.com")) {
      assertThat(attempt.to(to).refusal())
          .contains(new DeliveryResult.Bounced("no phone number with its country code", false));
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void an_empty_text_is_rejected(SmsProvider provider) {
    SmsAttempt attempt = withKeyId(configured(provider));
    assertThat(attempt.saying(" ").refusal()).get().isInstanceOf(DeliveryResult.Rejected.class);
    assertThat(attempt.saying(" ").overridden("{'x':'y'}").refusal()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void our_id_goes_where_the_provider_takes_one_whatever_is_overridden(SmsProvider provider) {
    SmsAttempt attempt = withKeyId(configured(provider));
    boolean named = !NAMELESS.contains(provider.key());
    assertThat(attempt.body().contains(SmsAttempt.ID.value())).isEqualTo(named);
    List<Json> values = new ArrayList<>(Gen.values(new Random(1)));
    values.add(Json.NULL);
    for (Json value : values) {
      Json.Obj overrides = Json.object();
      for (String key :
          List.of(
              "StatusCallback",
              "client-ref",
              "callback",
              "webhook_url",
              "url",
              "metadata",
              "client_reference",
              "callback_url",
              "reference",
              "reportUrl",
              "parameters")) {
        overrides = overrides.with(key, value);
      }
      assertThat(attempt.overridden(JsonText.write(overrides)).body())
          .satisfies(body -> assertThat(body.contains(SmsAttempt.ID.value())).isEqualTo(named));
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void nothing_it_is_given_makes_it_throw_and_the_same_comes_to_the_same(SmsProvider provider) {
    var random = new Random(42);
    for (int i = 0; i < 400; i++) {
      SmsAttempt attempt = Gen.attempt(random, configured(provider));
      DeliveryRequest<Content.Sms> request = attempt.request();
      assertThat(described(provider.prepare(request)))
          .isEqualTo(described(provider.prepare(request)));
      ProviderResponse response = Gen.response(random);
      DeliveryResult result = provider.read(request, response);
      assertThat(result).isEqualTo(provider.read(request, response)).isNotNull();
      assertThat(result.toString()).doesNotContain(SECRET);
      provider
          .polling()
          .ifPresent(
              polling -> {
                polling.ask(Gen.text(random), attempt.configured());
                assertThat(polling.read("+1", response)).isNotNull();
              });
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void no_report_makes_it_throw_and_none_that_is_made_up_is_believed(SmsProvider provider) {
    var random = new Random(7);
    if (provider.callbacks().isEmpty()) {
      return;
    }
    CallbackReader reader = provider.callbacks().get();
    for (int i = 0; i < 400; i++) {
      SmsAttempt attempt = Gen.attempt(random, configured(provider));
      CallbackRequest request = Gen.report(random);
      Verdict verdict = reader.verify(request, attempt.configured(), Map.of(), SmsAttempt.NOW);
      assertThat(verdict).isNotEqualTo(new Verdict.Authentic());
      assertThat(reader.read(request, attempt.configured(), SmsAttempt.NOW))
          .isEqualTo(reader.read(request, attempt.configured(), SmsAttempt.NOW));
    }
  }

  private static String described(Preparation preparation) {
    return switch (preparation) {
      case Preparation.Ready(ProviderCall.Http call) ->
          call.method()
              + call.url()
              + call.headers()
              + new String(call.body(), StandardCharsets.UTF_8)
              + call.authentication();
      case Preparation.Ready other -> other.toString();
      case Preparation.Ask ask -> ask.lookup().key();
      case Preparation.Refused(var result) -> {
        assertThat(result.toString()).doesNotContain(SECRET);
        yield result.toString();
      }
    };
  }

  /** Made-up values, the same for the same seed. */
  private static final class Gen {
    private static final List<String> WORDS =
        List.of(
            "",
            " ",
            "0",
            "1",
            "2",
            "3",
            "21211",
            "50",
            "to",
            "dst",
            "id",
            "u1",
            "delivered",
            "failed",
            "Failed",
            "Success",
            "+15552229999",
            "§",
            "😀",
            "a\nb",
            "\u0000",
            "{}",
            "[",
            "null",
            "${x}",
            "It’s",
            "%",
            "%zz",
            "&=",
            SECRET,
            "message.finalized");
    private static final List<String> KEYS =
        List.of(
            "sid",
            "code",
            "message",
            "messages",
            "status",
            "error-text",
            "errors",
            "data",
            "id",
            "to",
            "payload",
            "event_type",
            "error",
            "message_uuid",
            "invalid_number",
            "text",
            "details",
            "recipients",
            "items",
            "SMSMessageData",
            "Recipients",
            "statusCode",
            "Message",
            "batch_id",
            "statuses",
            "type",
            "source",
            "pointer",
            "parameter",
            "sms",
            "message_id",
            "metadata",
            "direction",
            "title");

    static String text(Random random) {
      return IntStream.range(0, random.nextInt(3))
          .mapToObj(_ -> WORDS.get(random.nextInt(WORDS.size())))
          .collect(Collectors.joining());
    }

    static List<Json> values(Random random) {
      return Stream.generate(() -> json(random, 3)).limit(20).toList();
    }

    static Json json(Random random, int depth) {
      return switch (random.nextInt(depth == 0 ? 4 : 7)) {
        case 0 -> Json.of(WORDS.get(random.nextInt(WORDS.size())));
        case 1 -> Json.of((long) random.nextInt(500));
        case 2 -> Json.of(random.nextBoolean());
        case 3 -> Json.NULL;
        case 4 -> Json.array(List.of(json(random, depth - 1), json(random, depth - 1)));
        default -> object(random, depth);
      };
    }

    static Json.Obj object(Random random, int depth) {
      Json.Obj object = Json.object();
      for (int i = random.nextInt(5); i > 0; i--) {
        object = object.with(KEYS.get(random.nextInt(KEYS.size())), json(random, depth - 1));
      }
      return object;
    }

    static SmsAttempt attempt(Random random, SmsAttempt whole) {
      SmsAttempt attempt = whole;
      for (ProviderSetting setting : whole.provider().settings()) {
        // Credentials stay: only those that a channel has can be struck out.
        int change = setting.secret() ? 9 : random.nextInt(6);
        attempt = change == 0 ? attempt.without(setting.name()) : attempt;
        attempt = change == 1 ? attempt.setting(setting.name(), text(random)) : attempt;
      }
      attempt = random.nextInt(3) == 0 ? attempt.to(text(random)) : attempt;
      attempt = random.nextInt(3) == 0 ? attempt.saying(text(random)) : attempt;
      attempt = random.nextInt(3) == 0 ? attempt.unreported() : attempt;
      return random.nextInt(3) == 0
          ? attempt.overridden(JsonText.write(object(random, 3)))
          : attempt;
    }

    static ProviderResponse response(Random random) {
      List<Integer> statuses =
          List.of(0, 99, 200, 201, 202, 204, 302, 400, 401, 403, 404, 422, 429, 500, 502, 999);
      String body =
          switch (random.nextInt(4)) {
            case 0 -> text(random);
            case 1 -> "<Code>" + text(random) + "</Code><Message>" + SECRET + "</Message>";
            default -> JsonText.write(json(random, 4));
          };
      return new ProviderResponse(
          statuses.get(random.nextInt(statuses.size())),
          random.nextBoolean() ? Map.of() : Map.of("retry-after", List.of(text(random))),
          body.getBytes(StandardCharsets.UTF_8),
          random.nextInt(5) > 0);
    }

    static CallbackRequest report(Random random) {
      byte[] body =
          (random.nextBoolean() ? text(random) : JsonText.write(json(random, 4)))
              .getBytes(StandardCharsets.UTF_8);
      if (body.length > 0 && random.nextInt(4) == 0) {
        body[random.nextInt(body.length)] = (byte) 0xff;
      }
      return new CallbackRequest(
          List.of("GET", "POST", "HEAD", "").get(random.nextInt(4)),
          "https://hooks.acme.test/c?" + text(random) + "&m=" + text(random) + "&s=" + text(random),
          Stream.of(
                  "x-twilio-signature",
                  "authorization",
                  "telnyx-signature-ed25519",
                  "telnyx-timestamp",
                  "x-plivo-signature-v2",
                  "x-plivo-signature-v2-nonce",
                  "x-plivo-signature-v3",
                  "x-sinch-webhook-signature",
                  "x-messagemedia-signature",
                  "date",
                  "messagebird-signature-jwt",
                  "signature")
              .filter(_ -> random.nextBoolean())
              .collect(Collectors.toMap(name -> name, _ -> List.of(text(random)))),
          body);
    }
  }
}
