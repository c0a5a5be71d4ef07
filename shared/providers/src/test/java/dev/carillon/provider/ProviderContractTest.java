package dev.carillon.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.ChannelType;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.provider.callback.CallbackEvent;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.callback.CallbackRequest;
import dev.carillon.provider.email.Letters;
import dev.carillon.provider.format.JsonBody;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every provider there is must keep to. */
class ProviderContractTest {
  private static final int ROUNDS = 150;

  static Collection<Provider<?>> providers() {
    return Providers.all();
  }

  static List<Provider<?>> emails() {
    return Providers.all().stream().filter(it -> it.type() == ChannelType.EMAIL).toList();
  }

  @Test
  void keys_are_unique_and_begin_with_the_channel_type() {
    assertThat(Providers.all()).isNotEmpty();
    assertThat(Providers.all()).extracting(Provider::key).doesNotHaveDuplicates();
    for (Provider<?> provider : Providers.all()) {
      assertThat(provider.key()).matches("[a-z0-9_]+");
      assertThat(Providers.named(provider.key())).containsSame(provider);
      if (provider.type() != ChannelType.HTTP) {
        assertThat(provider.key()).startsWith(provider.type().wireName() + "_");
      }
    }
    assertThat(Providers.named("email_pigeon")).isEmpty();
  }

  @Test
  void the_readme_has_a_row_for_each_and_for_no_other() throws IOException {
    List<String> rows =
        Files.readString(Path.of("..", "..", "README.md"))
            .lines()
            .filter(line -> line.matches("\\| `\\w+` \\| (email|sms|push|chat|http) \\|.*"))
            .map(line -> line.split("`")[1] + " | " + line.split("\\|")[2].strip())
            .toList();
    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            Providers.all().stream().map(it -> it.key() + " | " + it.type().wireName()).toList());
  }

  @ParameterizedTest
  @MethodSource("providers")
  void settings_are_named_once_in_snake_case_and_have_a_label(Provider<?> provider) {
    assertThat(provider.settings()).extracting(ProviderSetting::name).doesNotHaveDuplicates();
    for (ProviderSetting setting : provider.settings()) {
      assertThat(setting.name()).matches("[a-z][a-z0-9]*(_[a-z0-9]+)*");
      assertThat(setting.label()).isNotBlank();
      assertThat(setting.required() && setting.standard().isPresent()).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void a_channel_without_a_required_setting_is_misconfigured(Provider<?> provider) {
    for (ProviderSetting setting : provider.settings()) {
      if (setting.required()) {
        Json.Obj without = Specimens.settings(provider).values().without(setting.name());
        assertThat(prepared(provider, new ProviderSettings(provider.settings(), without)))
            .isInstanceOfSatisfying(
                Preparation.Refused.class,
                refused ->
                    assertThat(refused.result())
                        .isInstanceOfSatisfying(
                            DeliveryResult.Misconfigured.class,
                            it -> assertThat(it.reason()).contains(setting.name())));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  <C extends Content> void nothing_makes_a_provider_throw_and_the_same_gives_the_same(
      Provider<C> provider) {
    for (int round = 0; round < ROUNDS; round++) {
      var chance = new Specimens(new Random(round));
      DeliveryRequest<C> request =
          new DeliveryRequest<>(
              Letters.MESSAGE,
              chance.content(provider.content()),
              round % 3 == 0 ? chance.oddSettings(provider) : Specimens.settings(provider),
              Optional.empty(),
              chance.lookups(),
              Letters.NOW);
      Preparation once = provider.prepare(request);
      assertThat(provider.prepare(request)).usingRecursiveComparison().isEqualTo(once);
      ProviderResponse response = chance.response(request.settings().secrets());
      DeliveryResult result = provider.read(request, response);
      assertThat(provider.read(request, response)).isEqualTo(result);
      checkReason(request.settings(), result);
      switch (once) {
        case Preparation.Ready(var call) -> assertThat(call.secrets()).isNotNull();
        case Preparation.Refused(var refused) -> checkReason(request.settings(), refused);
        case Preparation.Ask(var lookup) -> {
          assertThat(request.settings().secrets()).noneMatch(lookup.key()::contains);
          LookupResult found = provider.read(lookup, response);
          assertThat(provider.read(lookup, response)).isEqualTo(found);
          if (found instanceof LookupResult.Failed(var failed)) {
            checkReason(request.settings(), failed);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void no_report_makes_a_reader_throw_and_none_is_believed_unsigned(Provider<?> provider) {
    Optional<CallbackReader> reader = provider.callbacks();
    if (reader.isEmpty()) {
      return;
    }
    for (int round = 0; round < ROUNDS; round++) {
      var chance = new Specimens(new Random(round));
      ProviderSettings settings =
          round % 3 == 0 ? chance.oddSettings(provider) : Specimens.settings(provider);
      CallbackRequest report = chance.report();
      CallbackReader.Verdict verdict = reader.get().verify(report, settings, Map.of(), Letters.NOW);
      assertThat(reader.get().verify(report, settings, Map.of(), Letters.NOW))
          .usingRecursiveComparison()
          .isEqualTo(verdict);
      assertThat(verdict).isNotInstanceOf(CallbackReader.Verdict.Authentic.class);
      CallbackReader.Report read = reader.get().read(report, settings, Letters.NOW);
      assertThat(reader.get().read(report, settings, Letters.NOW))
          .usingRecursiveComparison()
          .isEqualTo(read);
      assertThat(read.answer().status()).isBetween(200, 299);
      for (CallbackEvent event : read.events()) {
        assertThat(event.id()).isNotNull();
        event.reason().ifPresent(reason -> checkReason(settings, reason));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void no_answer_to_a_poll_makes_it_throw(Provider<?> provider) {
    Optional<StatusPolling> polling = provider.polling();
    if (polling.isEmpty()) {
      return;
    }
    for (int round = 0; round < ROUNDS; round++) {
      var chance = new Specimens(new Random(round));
      ProviderSettings settings = Specimens.settings(provider);
      polling.get().ask(chance.text(), settings);
      StatusPolling.Poll poll =
          polling.get().read(chance.text(), chance.response(settings.secrets()));
      assertThat(poll).isNotNull();
    }
  }

  static List<Provider<?>> mailAndTexts() {
    return Providers.all().stream()
        .filter(it -> it.type() == ChannelType.EMAIL || it.type() == ChannelType.SMS)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("mailAndTexts")
  <C extends Content> void what_stands_in_for_a_provider_takes_the_message(Provider<C> provider) {
    DeliveryRequest<C> request =
        request(
            provider,
            Specimens.settings(provider),
            new Specimens(new Random(1)).usual(provider.content()));
    ProviderCall call = ((Preparation.Ready) provider.prepare(request)).call();
    if (call instanceof ProviderCall.Http http) {
      ProviderResponse answer = provider.standIn(http).orElseThrow();
      assertThat(provider.standIn(http)).usingRecursiveComparison().isEqualTo(Optional.of(answer));
      assertThat(provider.read(request, answer))
          .isInstanceOfSatisfying(
              DeliveryResult.Accepted.class,
              accepted -> assertThat(accepted.externalId()).isPresent());
    }
  }

  @ParameterizedTest
  @MethodSource("emails")
  void a_mail_bears_our_message_id_whatever_an_override_says(Provider<Content.Email> provider) {
    String plain = text(call(provider, Letters.full()));
    assertThat(plain).contains(Letters.MID);
    Json.Obj hostile = Json.object();
    for (String key :
        JsonBody.object(plain.substring(Math.max(0, plain.indexOf('{')))).fields().keySet()) {
      hostile = hostile.with(key, Json.NULL);
    }
    for (String key :
        List.of(
            "tags",
            "metadata",
            "Metadata",
            "custom_args",
            "CustomID",
            "EmailTags",
            "custom_variables",
            "v:knock_message_id",
            "message")) {
      for (Json value :
          List.of(
              Json.NULL,
              Json.of("x"),
              Json.of(1),
              Json.array(List.of()),
              Json.object().with("knock_message_id", "x"))) {
        assertThat(text(call(provider, Letters.with(Letters.full(), hostile.with(key, value)))))
            .contains(Letters.MID);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("emails")
  void no_field_of_a_mail_begins_a_header_of_its_own(Provider<Content.Email> provider) {
    String evil = "x\r\nBcc: evil@example.com\n\u2028X-Evil: 1\u0000";
    var mail =
        new Content.Email(
            new Content.Envelope(
                Optional.of(Letters.named(evil, "no-reply@acme.test")),
                List.of(Letters.named(evil, "ana@example.com")),
                List.of(Letters.named(evil, "c@example.com")),
                List.of(),
                List.of(Letters.named(evil, "help@acme.test"))),
            evil,
            "<p>h</p>",
            "t",
            Map.of("X-Ref", evil),
            List.of(
                new Content.Attachment(evil, evil, "aGk=", Optional.of(evil), false),
                new Content.Attachment(evil, "image/png", "iVBO", Optional.of(evil), true)),
            Json.object()
                .with("headers", Json.object().with("X-More", evil))
                .with("h:X-More", evil)
                .with("subject", evil));
    ProviderCall call = call(provider, mail);
    String sent =
        text(call)
            .replace("\\r", "\r")
            .replace("\\n", "\n")
            .replace("%0D", "\r")
            .replace("%0A", "\n");
    assertThat(sent).doesNotContainPattern("[\\r\\n]\\s*(Bcc|X-Evil)");
  }

  @ParameterizedTest
  @MethodSource("emails")
  void addresses_that_are_none_are_refused_without_asking(Provider<Content.Email> provider) {
    for (String address :
        List.of("", "ana", "@x.io", "ana@", "a b@x.io", "a@x.io\r\nBcc: b@x.io", "ä@x.io")) {
      assertThat(prepared(provider, Letters.to(Letters.plain(), Letters.bare(address))))
          .isInstanceOfSatisfying(
              Preparation.Refused.class,
              it -> assertThat(Letters.kind(it.result())).isEqualTo("Dead"));
      assertThat(prepared(provider, Letters.from(Letters.plain(), Letters.bare(address))))
          .isInstanceOfSatisfying(
              Preparation.Refused.class,
              it -> assertThat(it.result()).isInstanceOf(DeliveryResult.Misconfigured.class));
    }
  }

  @ParameterizedTest
  @MethodSource("emails")
  void who_is_named_twice_gets_one_mail(Provider<Content.Email> provider) {
    var twice =
        Letters.with(
            Letters.plain(),
            new Content.Envelope(
                Letters.plain().envelope().from(),
                Letters.plain().envelope().to(),
                List.of(Letters.bare("ANA@example.com")),
                List.of(Letters.bare("ana@EXAMPLE.com")),
                List.of()));
    String sent = text(call(provider, twice)).toLowerCase(Locale.ROOT).replace("%40", "@");
    String plain =
        text(call(provider, Letters.plain())).toLowerCase(Locale.ROOT).replace("%40", "@");
    assertThat(sent.split("ana@example.com", -1)).hasSameSizeAs(plain.split("ana@example.com", -1));
  }

  @ParameterizedTest
  @MethodSource("emails")
  void an_attachment_that_is_not_base64_or_a_header_that_is_taken_is_rejected(
      Provider<Content.Email> provider) {
    Content.Email full = Letters.full();
    var file = new Content.Attachment("a", "text/plain", "not base64!", Optional.empty(), false);
    var broken =
        new Content.Email(full.envelope(), "s", "h", "t", Map.of(), List.of(file), Json.Obj.EMPTY);
    assertThat(prepared(provider, broken))
        .isEqualTo(
            new Preparation.Refused(new DeliveryResult.Rejected("an attachment is not base64")));
    for (String name : List.of("From", "bcc", "Content-Type", "X Y", "X:Y", "X\r\nBcc", "", "Ü")) {
      var taken =
          new Content.Email(
              full.envelope(), "s", "h", "t", Map.of(name, "v"), List.of(), Json.Obj.EMPTY);
      assertThat(prepared(provider, taken))
          .isInstanceOfSatisfying(
              Preparation.Refused.class,
              it -> assertThat(it.result()).isInstanceOf(DeliveryResult.Rejected.class));
    }
  }

  @ParameterizedTest
  @MethodSource("emails")
  void a_key_that_no_header_can_hold_is_the_channels_fault(Provider<Content.Email> provider) {
    for (ProviderSetting setting : provider.settings()) {
      if (setting.secret() && setting.required()) {
        Json.Obj values =
            Specimens.settings(provider).values().with(setting.name(), "a\r\nX-Evil: 1");
        assertThat(
                provider.prepare(
                    request(
                        provider,
                        new ProviderSettings(provider.settings(), values),
                        Letters.plain())))
            .isInstanceOfSatisfying(
                Preparation.Refused.class,
                it -> assertThat(it.result()).isInstanceOf(DeliveryResult.Misconfigured.class));
      }
    }
  }

  private static <C extends Content> DeliveryRequest<C> request(
      Provider<C> provider, ProviderSettings settings, C content) {
    return new DeliveryRequest<>(
        Letters.MESSAGE, content, settings, Optional.empty(), Map.of(), Letters.NOW);
  }

  private static <C extends Content> Preparation prepared(
      Provider<C> provider, ProviderSettings settings) {
    return provider.prepare(
        request(provider, settings, new Specimens(new Random(1)).usual(provider.content())));
  }

  private static Preparation prepared(Provider<Content.Email> provider, Content.Email mail) {
    return provider.prepare(request(provider, Specimens.settings(provider), mail));
  }

  private static ProviderCall call(Provider<Content.Email> provider, Content.Email mail) {
    return ((Preparation.Ready) prepared(provider, mail)).call();
  }

  private static String text(ProviderCall call) {
    return switch (call) {
      case ProviderCall.Http http -> new String(http.body(), StandardCharsets.UTF_8);
      case ProviderCall.Smtp smtp -> new String(smtp.mail(), StandardCharsets.UTF_8);
    };
  }

  private static void checkReason(ProviderSettings settings, DeliveryResult result) {
    switch (result) {
      case DeliveryResult.Accepted _ -> {}
      case DeliveryResult.Deferred(var reason, var after) -> {
        checkReason(settings, reason);
        after.ifPresent(it -> assertThat(it).isBetween(Duration.ZERO, RetryAfter.LONGEST));
      }
      case DeliveryResult.Bounced(var reason, _) -> checkReason(settings, reason);
      case DeliveryResult.Misconfigured(var reason) -> checkReason(settings, reason);
      case DeliveryResult.Rejected(var reason) -> checkReason(settings, reason);
      case DeliveryResult.Ambiguous(var reason) -> checkReason(settings, reason);
    }
  }

  private static void checkReason(ProviderSettings settings, String reason) {
    assertThat(reason)
        .isNotBlank()
        .hasSizeLessThanOrEqualTo(ProviderWords.LENGTH)
        .doesNotContainPattern("\\p{Cc}");
    assertThat(settings.secrets()).noneMatch(reason::contains);
  }
}
