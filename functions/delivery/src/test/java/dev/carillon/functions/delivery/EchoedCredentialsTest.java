package dev.carillon.functions.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.delivery.SendMessage.Sent;
import dev.carillon.functions.delivery.call.CallProvider;
import dev.carillon.functions.delivery.call.CallProvider.Called;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.memory.environment.InMemoryChannelCredentials;
import dev.carillon.message.Attempt;
import dev.carillon.provider.Provider;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.Providers;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every provider, and a server of its that answers with all that it was sent and all that the
 * channel keeps secret, in every spelling: neither the reason nor the answer that the attempt's
 * record keeps has any of it.
 */
class EchoedCredentialsTest {
  private static final List<Integer> STATUSES = List.of(200, 400, 401, 429, 500);
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{8,}={0,2}");

  /** Where providers say in words what is wrong. */
  private static final List<String> WORDS =
      List.of(
          "message",
          "Message",
          "error",
          "errors",
          "error_description",
          "ErrorMessage",
          "description",
          "detail",
          "details",
          "title",
          "reason",
          "status",
          "name",
          "error_text",
          "error-text");

  static Stream<String> providers() {
    return Providers.all().stream().map(Provider::key);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void no_credential_is_kept_of_an_answer_that_repeats_it(String key) {
    Provider<?> provider = Providers.named(key).orElseThrow();
    Json.Obj settings = ProviderExchangeTest.settings(provider);
    List<String> secrets = new ProviderSettings(provider.settings(), settings).secrets();
    for (int status : STATUSES) {
      for (boolean json : new boolean[] {true, false}) {
        for (boolean question : new boolean[] {false, true}) {
          var echo = new Echo(provider, secrets, status, json, question);
          Sent sent =
              sender(settings, echo)
                  .send(
                      ProviderExchangeTest.message(),
                      ProviderExchangeTest.content(provider),
                      ProviderExchangeTest.channel(provider));
          String shown = sent.result() + "\n" + sent.answer().map(Attempt.Answer::body).orElse("");
          var hidden = new ArrayList<>(secrets);
          hidden.addAll(echo.sent);
          assertNone(hidden, shown);
        }
      }
    }
  }

  private static SendMessage sender(Json.Obj settings, CallProvider caller) {
    var credentials = new InMemoryChannelCredentials(() -> DeliveryFixture.START);
    credentials.put(DeliveryFixture.LOCAL, ProviderExchangeTest.CHANNEL, settings);
    return new SendThroughProvider(
        credentials,
        new LookupAnswers(),
        caller,
        Json.Obj.EMPTY,
        CallbackUrls.NONE,
        () -> DeliveryFixture.START);
  }

  /** Neither as it is, nor in a URL, nor within what is encoded in Base64. */
  private static void assertNone(List<String> secrets, String shown) {
    var readings = new ArrayList<String>(List.of(shown));
    String decoded =
        URLDecoder.decode(shown.replaceAll("%(?![0-9a-fA-F]{2})", "%25"), StandardCharsets.UTF_8);
    readings.add(decoded);
    for (String reading : List.of(shown, decoded)) {
      BASE64.matcher(reading).results().forEach(it -> base64(it.group()).ifPresent(readings::add));
    }
    for (String secret : secrets) {
      for (String reading : readings) {
        assertThat(reading).doesNotContain(secret);
      }
    }
  }

  private static Optional<String> base64(String text) {
    try {
      String standard = text.replace('-', '+').replace('_', '/').replace("=", "");
      return Optional.of(
          new String(
              Base64.getDecoder().decode(standard.substring(0, standard.length() / 4 * 4)),
              StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** The other side. */
  private static final class Echo implements CallProvider {
    private final Provider<?> provider;
    private final List<String> secrets;
    private final int status;
    private final boolean json;
    private final boolean question;

    /**
     * What was sent of credentials that the channel does not hold itself, such as an access token.
     */
    private final List<String> sent = new ArrayList<>();

    Echo(Provider<?> provider, List<String> secrets, int status, boolean json, boolean question) {
      this.provider = provider;
      this.secrets = secrets;
      this.status = status;
      this.json = json;
      this.question = question;
    }

    @Override
    public Called call(ProviderCall call, Purpose purpose) {
      if (purpose.message().isEmpty() && !question && call instanceof ProviderCall.Http http) {
        return new Called.Answered(
            provider
                .standIn(http)
                .orElseGet(() -> new ProviderResponse(200, Map.of(), new byte[0], true)));
      }
      String text = String.join(" | ", words(call));
      if (json) {
        Json.Obj body = Json.object();
        for (String word : WORDS) {
          body = body.with(word, text);
        }
        text =
            JsonText.write(
                body.with("errors", Json.array(List.of(body)))
                    .with("responses", Json.array(List.of(body))));
      }
      return new Called.Answered(
          new ProviderResponse(status, Map.of(), text.getBytes(StandardCharsets.UTF_8), true));
    }

    private List<String> words(ProviderCall call) {
      var words = new ArrayList<String>();
      switch (call) {
        case ProviderCall.Http http -> {
          words.add(http.url());
          http.headers()
              .forEach(
                  (name, value) -> {
                    words.add(name + ": " + value);
                    if (name.equalsIgnoreCase("authorization")) {
                      sent.add(value.substring(value.lastIndexOf(' ') + 1));
                    }
                  });
          words.add(new String(http.body(), StandardCharsets.UTF_8));
        }
        case ProviderCall.Smtp smtp ->
            smtp.credentials().ifPresent(it -> words.add(it.user() + " " + it.password()));
      }
      sent.addAll(call.secrets());
      for (String secret : secrets) {
        String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        words.add("key " + secret + " is wrong");
        words.add("https://x.example/" + form + "?key=" + form);
        words.add(JsonText.write(Json.of(secret)));
        for (String user : List.of("", "api:", "u:", "us:")) {
          byte[] pair = (user + secret).getBytes(StandardCharsets.UTF_8);
          words.add("Basic " + Base64.getEncoder().encodeToString(pair));
          words.add(Base64.getUrlEncoder().withoutPadding().encodeToString(pair));
        }
      }
      return words;
    }
  }
}
