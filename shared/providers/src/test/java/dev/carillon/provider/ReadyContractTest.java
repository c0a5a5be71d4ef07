package dev.carillon.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.ChannelType;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.Content.ChatBody;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.access.AwsAccess;
import dev.carillon.provider.push.TestKeys;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every provider of push, chat and requests must keep to on a channel that works, to every
 * kind of target, whatever is to be said.
 */
class ReadyContractTest {
  private static final int ROUNDS = 100;

  /** What a question is answered: a credential, and what a path must not be broken by. */
  private static final String FOUND = "found/../credential";

  /**
   * @param content with this title, body and overrides, to the one target
   * @param secrets those of the target
   */
  record Way(
      String name, Provider<?> provider, Json.Obj settings, Make content, String... secrets) {
    @Override
    public String toString() {
      return name;
    }
  }

  @FunctionalInterface
  interface Make {
    Content of(Random random, Json.Obj overrides);
  }

  static Stream<Way> ways() {
    Json.Obj account =
        Json.object().with("client_email", "a@b.test").with("private_key", TestKeys.RSA);
    Json.Obj apple =
        Json.object()
            .with("bundle_id", "test.acme")
            .with("signing_key", TestKeys.EC)
            .with("key_id", "KEY")
            .with("team_id", "TEAM");
    Json.Obj oneSignal =
        Json.object().with("app_id", "app").with("api_key", "long-secret-of-onesignal");
    Json.Obj bot =
        Json.object()
            .with("bot_id", "bot")
            .with("bot_password", "long-secret-of-the-bot")
            .with("entra_tenant_id", "tenant");
    return Stream.of(
        push(
            "push_fcm",
            Json.object()
                .with("project_id", "acme")
                .with("service_account_json", account.toString()),
            "device"),
        push("push_apns", apple, "00fc13"),
        push("push_expo", Json.object().with("project_name", "@a/b"), "ExpoPushToken[x]"),
        push("push_one_signal", oneSignal, "ellie"),
        push("push_one_signal", oneSignal.with("recipient_mode", "player_id"), "player"),
        push(
            "push_aws_sns",
            Json.Obj.EMPTY,
            "arn:aws:sns:eu-central-1:123456789012:endpoint/GCM/app/1"),
        push(
            "push_aws_sns",
            Json.object().with("role_arn", "arn:aws:iam::123456789012:role/r"),
            "arn:aws:sns:eu-central-1:123456789012:endpoint/APNS/app/1"),
        chat(
            "chat_slack",
            Json.Obj.EMPTY,
            "{'access_token':'xoxb-long-secret','channel_id':'C1'}",
            "xoxb-long-secret"),
        chat(
            "chat_slack",
            Json.Obj.EMPTY,
            "{'token':{'access_token':'xoxb-long-secret'},'email':'a@b.test'}",
            "xoxb-long-secret"),
        chat(
            "chat_slack",
            Json.Obj.EMPTY,
            "{'incoming_webhook':{'url':'https://hooks.slack.com/services/T/B/long-secret'}}",
            "https://hooks.slack.com/services/T/B/long-secret"),
        chat(
            "chat_discord",
            Json.object().with("bot_token", "long-secret-of-discord"),
            "{'channel_id':'1045098765432109876'}"),
        chat(
            "chat_discord",
            Json.Obj.EMPTY,
            "{'incoming_webhook':{'url':'https://discord.com/api/webhooks/1/long-secret'}}",
            "https://discord.com/api/webhooks/1/long-secret"),
        chat("chat_ms_teams", bot, "{'ms_teams_tenant_id':'t','ms_teams_channel_id':'19:c'}"),
        chat("chat_ms_teams", bot, "{'ms_teams_tenant_id':'t','ms_teams_user_id':'29:u'}"),
        chat(
            "chat_ms_teams",
            Json.Obj.EMPTY,
            "{'incoming_webhook':{'url':'https://x.logic.azure.com/workflows/long-secret'}}",
            "https://x.logic.azure.com/workflows/long-secret"),
        chat(
            "chat_whatsapp",
            Json.object()
                .with("authentication_token", "long-secret-of-meta")
                .with("phone_number_id", "106540"),
            "{'phone_number':'+15552229999'}"),
        new Way(
            "http_carillon_webhook",
            provider("http_carillon_webhook"),
            Json.object().with("signing_key", "long-secret-of-the-endpoint"),
            (random, _) -> {
              String text = new Specimens(random).text();
              return new Content.Http(
                  "POST",
                  "https://hooks.acme.test/x",
                  List.of(new Content.Field("x-carillon-message-id", text)),
                  List.of(new Content.Field("q", text)),
                  "");
            }));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void a_working_channel_is_ready_and_its_request_names_the_message(Way way) {
    for (int round = 0; round < ROUNDS; round++) {
      Preparation preparation = prepared(way.provider(), way, round);
      assertThat(shown(prepared(way.provider(), way, round))).isEqualTo(shown(preparation));
      switch (preparation) {
        case Preparation.Ready(var call) -> named((ProviderCall.Http) call, way);
        case Preparation.Refused(var result) ->
            assertThat(result).as("round " + round).isInstanceOf(DeliveryResult.Rejected.class);
        case Preparation.Ask _ -> throw new AssertionError("It asks without an end");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void what_stands_in_for_a_provider_answers_its_questions_and_takes_the_message(Way way) {
    taken(way.provider(), way);
  }

  private static <C extends Content> void taken(Provider<C> provider, Way way) {
    DeliveryRequest<C> request = request(provider, way, 0);
    for (int questions = 0; questions < 4; questions++) {
      switch (provider.prepare(request)) {
        case Preparation.Ask(var lookup) -> {
          Optional<ProviderResponse> answer = provider.standIn(lookup.call());
          if (AwsAccess.asked(lookup)) {
            // AWS is there on a local stack.
            return;
          }
          request =
              Offers.knowing(
                  request,
                  lookup,
                  ((LookupResult.Found) provider.read(lookup, answer.orElseThrow())).value());
        }
        case Preparation.Ready(var call) -> {
          Optional<ProviderResponse> answer = provider.standIn((ProviderCall.Http) call);
          // A customer's own endpoint answers for itself.
          assertThat(answer.isEmpty()).isEqualTo(provider.type() == ChannelType.HTTP);
          if (answer.isPresent()) {
            assertThat(provider.read(request, answer.get()))
                .isInstanceOf(DeliveryResult.Accepted.class);
          }
          return;
        }
        case Preparation.Refused(var result) -> throw new AssertionError(result.toString());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void no_answer_makes_it_throw_or_tell_a_secret(Way way) {
    for (int round = 0; round < ROUNDS; round++) {
      answered(way.provider(), way, round);
    }
  }

  private static <C extends Content> void answered(Provider<C> provider, Way way, int round) {
    DeliveryRequest<C> request = request(provider, way, round);
    List<String> secrets = new ArrayList<>(request.settings().secrets());
    secrets.addAll(List.of(way.secrets()));
    if (provider.prepare(request) instanceof Preparation.Ask) {
      secrets.add(FOUND);
    }
    ProviderResponse response = new Specimens(new Random(round)).response(secrets);
    DeliveryResult result = provider.read(request, response);
    assertThat(provider.read(request, response)).isEqualTo(result);
    if (result instanceof DeliveryResult.Accepted(_, var reached)) {
      assertThat(reached)
          .isEqualTo(
              provider.type() == ChannelType.HTTP ? DeliveryStatus.DELIVERED : DeliveryStatus.SENT);
    } else {
      secrets.forEach(secret -> assertThat(result.toString()).doesNotContain(secret));
    }
  }

  /** All of it, bodies as their text: records compare arrays by identity. */
  private static String shown(Preparation preparation) {
    return preparation instanceof Preparation.Ready(ProviderCall.Http call)
        ? call.method()
            + call.url()
            + call.headers()
            + call.authentication()
            + call.secrets()
            + Offers.body(call)
        : preparation.toString();
  }

  private static void named(ProviderCall.Http call, Way way) {
    String body = new String(call.body(), StandardCharsets.UTF_8);
    String sent =
        call.headers()
            + (body.startsWith("Action=") ? URLDecoder.decode(body, StandardCharsets.UTF_8) : body);
    assertThat(sent).contains(Offers.ID);
    assertThat(call.url()).startsWith("https://").doesNotContain("/../").doesNotContain(" ");
    for (String secret : way.secrets()) {
      assertThat(call.secrets()).contains(secret);
    }
    if (call.headers().toString().contains(FOUND)) {
      assertThat(call.secrets()).contains(FOUND);
    }
  }

  /** With every question answered. */
  private static <C extends Content> Preparation prepared(
      Provider<C> provider, Way way, int round) {
    DeliveryRequest<C> request = request(provider, way, round);
    for (int questions = 0; questions < 4; questions++) {
      Preparation preparation = provider.prepare(request);
      if (!(preparation instanceof Preparation.Ask(var lookup))) {
        return preparation;
      }
      assertThat(lookup.call().url()).startsWith("https://");
      request = Offers.knowing(request, lookup, FOUND);
    }
    return provider.prepare(request);
  }

  private static <C extends Content> DeliveryRequest<C> request(
      Provider<C> provider, Way way, int round) {
    var random = new Random(round);
    Json.Obj overrides = round == 0 ? Json.Obj.EMPTY : overrides(new Specimens(random), random);
    return Offers.of(
        provider, way.settings(), provider.content().cast(way.content().of(random, overrides)));
  }

  /** Also those that would take the id away, or send elsewhere. */
  private static Json.Obj overrides(Specimens chance, Random random) {
    Json.Obj overrides = chance.object(3);
    for (String name :
        List.of(
            "data",
            "Message",
            "GCM",
            "APNS",
            "metadata",
            "to",
            "channel",
            "token",
            "aps",
            "biz_opaque_callback_data",
            "knock_message_id",
            "headers",
            "activity")) {
      if (random.nextInt(3) == 0) {
        overrides = overrides.with(name, chance.json(3));
      }
    }
    return random.nextInt(4) == 0 ? overrides.with("__strategy__", "replace") : overrides;
  }

  private static Way push(String key, Json.Obj settings, String token) {
    return new Way(
        key + " " + token,
        provider(key),
        settings,
        (random, overrides) -> {
          var chance = new Specimens(random);
          return new Content.Push(
              token,
              chance.text(),
              chance.text(),
              chance.object(3),
              random.nextBoolean(),
              overrides);
        });
  }

  private static Way chat(String key, Json.Obj settings, String connection, String... secrets) {
    return new Way(
        key + " " + connection,
        provider(key),
        settings,
        (random, overrides) -> {
          var chance = new Specimens(random);
          ChatBody body =
              random.nextBoolean()
                  ? new ChatBody.Markdown(chance.text() + "\n\n" + chance.text())
                  : new ChatBody.Blocks(chance.json(3), chance.text());
          return new Content.Chat(Offers.quoted(connection), body, overrides);
        },
        secrets);
  }

  private static Provider<?> provider(String key) {
    return Providers.named(key).orElseThrow();
  }
}
