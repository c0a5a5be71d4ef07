package dev.carillon.testing.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.Content;
import dev.carillon.message.Message;
import dev.carillon.outbound.OutboundResult;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.FakeEndpoints;
import dev.carillon.testing.engine.FakeEndpoints.Heard;
import dev.carillon.testing.engine.FakeOutside;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.GuideEngine;
import dev.carillon.testing.scenarios.TrackingScenarios;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What endpoints hear, when, and what becomes of those that do not answer as they should. */
class TellingEndpointsTest {
  private final HookScene scene = new HookScene();

  private static Json.Obj body(Heard heard) {
    return (Json.Obj) JsonText.parse(heard.request().body());
  }

  private static OutboundResult status(int status) {
    return FakeOutside.json(status, "{}");
  }

  private static Set<String> events(List<Heard> heard) {
    return heard.stream().map(Heard::event).collect(Collectors.toSet());
  }

  @Test
  void each_change_of_a_message_and_a_run_is_told_once_with_the_entity_of_the_api() {
    scene.hook(HookScene.URL, HookScene.EVERYTHING);
    scene.welcome("ada");
    List<Heard> heard = scene.heard(HookScene.URL);
    assertThat(heard)
        .extracting(Heard::type)
        .containsExactlyInAnyOrder(
            "workflow_recipient_run.started", "workflow_recipient_run.completed", "message.sent");
    assertThat(events(heard)).hasSize(3);
    Json.Obj sent =
        heard.stream()
            .filter(it -> it.type().equals("message.sent"))
            .map(TellingEndpointsTest::body)
            .findFirst()
            .orElseThrow();
    assertThat(sent.text("__typename")).contains("Event");
    assertThat(sent.object("data").text("status")).contains("sent");
    assertThat(sent.object("data").object("data").text("word")).contains("ahoy");
    assertThat(sent.object("data").object("channel").text("key")).contains("email");
    assertThat(sent.get("event_data")).contains(Json.NULL);
  }

  @Test
  void an_endpoint_hears_of_what_it_asked_for_and_of_nothing_else() {
    scene.hook(HookScene.URL, List.of("message.seen"));
    var filtered =
        scene.engine.call(
            Call.post(
                "/v1/webhooks",
                Json.object()
                    .with("url", HookScene.OTHER)
                    .with("event_types", Json.texts(HookScene.EVERYTHING))
                    .with("workflows", Json.texts(List.of("another")))));
    assertThat(filtered.ok()).isTrue();
    scene.welcome("ada");
    assertThat(scene.heard(HookScene.URL)).isEmpty();
    assertThat(scene.heard(HookScene.OTHER)).isEmpty();
    assertThat(scene.engine.ports().webhookDeliveries()).isNotNull();
  }

  @Test
  void a_failing_endpoint_is_tried_eight_times_over_three_days_and_keeps_nobody_waiting() {
    Json.Obj hook = scene.hook(HookScene.URL, List.of("message.sent"));
    scene.hook(HookScene.OTHER, List.of("message.sent"));
    scene.answers(HookScene.URL, _ -> status(500));
    scene.welcome("ada");
    assertThat(scene.heard(HookScene.OTHER)).as("the other's, at once").hasSize(1);
    scene.engine.advance(Duration.ofDays(5));
    assertThat(scene.heard(HookScene.URL)).hasSize(8);
    assertThat(events(scene.heard(HookScene.URL))).hasSize(1);
    Json.Obj line =
        (Json.Obj) scene.get(hook, "/deliveries?status=failed").list("items").getFirst();
    assertThat(line.list("attempts")).hasSize(8);
    assertThat(scene.engine.deadLetters()).isEmpty();
    assertThat(scene.heard(HookScene.OTHER)).hasSize(1);
  }

  @Test
  void an_endpoint_that_is_down_for_three_days_loses_nothing() {
    scene.hook(HookScene.URL, List.of("message.sent"));
    scene.hook(HookScene.OTHER, List.of("message.sent"));
    scene.answers(HookScene.URL, _ -> new OutboundResult.Broken());
    String[] people = IntStream.range(0, 25).mapToObj(i -> "u" + i).toArray(String[]::new);
    scene.welcome(people);
    for (int day = 0; day < 3; day++) {
      scene.engine.advance(Duration.ofDays(1));
      int before = scene.heard(HookScene.OTHER).size();
      scene.welcome("day" + day);
      assertThat(scene.heard(HookScene.OTHER)).as("in its usual time").hasSize(before + 1);
    }
    scene.answers(HookScene.URL, _ -> status(204));
    scene.engine.advance(Duration.ofDays(4));
    var taken = scene.heard(HookScene.URL).stream().filter(Heard::taken).toList();
    assertThat(taken).hasSize(28);
    assertThat(events(taken)).isEqualTo(events(scene.heard(HookScene.OTHER))).hasSize(28);
  }

  /** The order is that of things happening; what failed comes behind what did not. */
  @Test
  void one_that_failed_comes_after_those_that_did_not() {
    scene.hook(HookScene.URL, List.of("message.sent"));
    scene.answers(
        HookScene.URL,
        request ->
            new String(request.body(), java.nio.charset.StandardCharsets.UTF_8)
                        .contains("\"recipient\":\"first\"")
                    && scene.heard(HookScene.URL).isEmpty()
                ? new OutboundResult.TimedOut()
                : status(200));
    scene.welcome("first");
    scene.welcome("second");
    scene.engine.advance(Duration.ofSeconds(20));
    assertThat(scene.heard(HookScene.URL).stream().filter(Heard::taken).map(it -> body(it)))
        .extracting(it -> it.object("data").text("recipient").orElseThrow())
        .containsExactly("second", "first");
  }

  @Test
  void an_endpoint_is_left_alone_for_as_long_as_it_asks() {
    scene.hook(HookScene.URL, List.of("message.sent"));
    scene.answers(
        HookScene.URL,
        _ ->
            scene.heard(HookScene.URL).isEmpty()
                ? new OutboundResult.Answered(
                    429,
                    Map.of("retry-after", List.of("3600")),
                    new byte[0],
                    OutboundResult.End.WHOLE)
                : status(200));
    scene.welcome("ada");
    scene.engine.advance(Duration.ofMinutes(59));
    assertThat(scene.heard(HookScene.URL)).hasSize(1);
    scene.engine.advance(Duration.ofMinutes(2));
    assertThat(scene.heard(HookScene.URL)).hasSize(2);
  }

  @Test
  void one_that_fails_for_five_days_is_called_no_more_and_the_others_hear_of_it() {
    Json.Obj hook = scene.hook(HookScene.URL, List.of("message.sent"));
    scene.hook(HookScene.OTHER, List.of("webhook_endpoint.disabled"));
    scene.answers(HookScene.URL, _ -> status(500));
    for (int day = 0; day < 6; day++) {
      scene.welcome("day" + day);
      scene.engine.advance(Duration.ofDays(1));
    }
    Json.Obj shown = scene.get(hook, "");
    assertThat(shown.get("enabled")).contains(Json.FALSE);
    assertThat(shown.text("disabled_reason")).contains("failing");
    assertThat(scene.heard(HookScene.OTHER))
        .singleElement()
        .satisfies(
            heard -> {
              assertThat(heard.type()).isEqualTo("webhook_endpoint.disabled");
              assertThat(body(heard).object("data").text("id")).isEqualTo(hook.text("id"));
            });

    int calls = scene.heard(HookScene.URL).size();
    scene.welcome("late");
    scene.engine.advance(Duration.ofDays(5));
    assertThat(scene.heard(HookScene.URL)).hasSize(calls);

    // The owner who mends it gets what was missed, also what happened while it was called no more.
    scene.answers(HookScene.URL, _ -> status(200));
    scene.put(hook, Json.object().with("enabled", Json.TRUE));
    assertThat(
            scene
                .post(
                    hook,
                    "/replay",
                    Json.object()
                        .with("since", "2026-01-05T00:00:00Z")
                        .with("failed_only", Json.TRUE))
                .status())
        .isEqualTo(202);
    scene.engine.settle();
    var taken = scene.heard(HookScene.URL).stream().filter(Heard::taken).toList();
    assertThat(events(taken)).hasSize(7);
    assertThat(taken).hasSize(7);
  }

  @Test
  void one_that_is_gone_is_called_no_more_at_once() {
    Json.Obj hook = scene.hook(HookScene.URL, List.of("message.sent"));
    scene.answers(HookScene.URL, _ -> status(410));
    scene.welcome("ada", "bob");
    scene.welcome("cleo");
    assertThat(scene.get(hook, "").text("disabled_reason")).contains("gone");
    assertThat(scene.heard(HookScene.URL).size()).isLessThanOrEqualTo(2);
  }

  private List<Content.Email> mailsTo(String address) {
    return scene.engine.email().accepted().stream()
        .map(it -> (Content.Email) it.content().content())
        .filter(it -> it.envelope().to().getFirst().address().equals(address))
        .toList();
  }

  @Test
  void the_owner_of_one_that_is_given_up_is_mailed_once_each_time() {
    Json.Obj hook = scene.hook(HookScene.URL, List.of("message.sent"));
    String url = HookScene.URL + "?token=hidden";
    assertThat(
            scene
                .put(hook, Json.object().with("url", url).with("owner_email", "owner@acme.example"))
                .ok())
        .isTrue();
    scene.answers(url, _ -> status(500));
    for (int day = 0; day < 6; day++) {
      scene.welcome("day" + day, "dusk" + day);
      assertThat(mailsTo("owner@acme.example")).hasSize(day < 5 ? 0 : 1);
      scene.engine.advance(Duration.ofDays(1));
    }
    assertThat(mailsTo("owner@acme.example"))
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.text())
                  .contains(
                      "since 2026-01-05T09:00:00Z",
                      "PUT /v1/webhooks/" + hook.text("id").orElseThrow() + " {\"enabled\": true}",
                      "It was called at " + HookScene.URL + "\n")
                  .doesNotContain("hidden");
              assertThat(mail.html()).contains("is called no more");
            });
    var listed =
        scene
            .engine
            .call(Call.get("/v1/messages?source=carillon-webhook-disabled"))
            .body()
            .list("items");
    assertThat(listed)
        .singleElement()
        .satisfies(it -> assertThat(((Json.Obj) it).text("status")).contains("sent"));

    // Given up once more after it was switched on: that is another time.
    scene.put(hook, Json.object().with("enabled", Json.TRUE));
    scene.answers(url, _ -> status(410));
    scene.welcome("late", "later");
    assertThat(mailsTo("owner@acme.example")).hasSize(2);
    assertThat(mailsTo("owner@acme.example").getLast().text()).contains("410 Gone");
    assertThat(scene.engine.deadLetters()).isEmpty();
  }

  @Test
  void nobody_is_mailed_of_one_that_somebody_switched_off_or_that_has_no_owner_any_more() {
    Json.Obj off = scene.hook(HookScene.URL, List.of("message.sent"));
    scene.put(off, Json.object().with("owner_email", "owner@acme.example"));
    scene.put(off, Json.object().with("enabled", Json.FALSE));
    Json.Obj left = scene.hook(HookScene.OTHER, List.of("message.sent"));
    scene.put(left, Json.object().with("owner_email", "owner@acme.example"));
    assertThat(
            scene.put(left, Json.object().with("owner_email", Json.NULL)).body().get("owner_email"))
        .contains(Json.NULL);
    scene.answers(HookScene.OTHER, _ -> status(410));
    scene.welcome("ada");
    assertThat(mailsTo("owner@acme.example")).isEmpty();
  }

  @Test
  void an_owner_is_one_address_that_the_environment_can_mail_to() {
    Json.Obj hook = scene.hook(HookScene.URL, List.of("message.sent"));
    for (String wrong :
        List.of("", "ada", "Ada <ada@acme.example>", "a@b, c@d", "a@b\r\nBcc: c@d")) {
      CallAnswer answer = scene.put(hook, Json.object().with("owner_email", wrong));
      assertThat(answer.status()).as(wrong).isEqualTo(422);
      assertThat(answer.body().toString()).contains("owner_email");
    }
  }

  @Test
  void an_event_is_replayed_under_its_id_and_everything_since_a_time_too() {
    Json.Obj hook = scene.hook(HookScene.URL, List.of("message.sent"));
    String[] people = IntStream.range(0, 60).mapToObj(i -> "u" + i).toArray(String[]::new);
    scene.welcome(people);
    assertThat(scene.heard(HookScene.URL)).hasSize(60);
    String one = scene.heard(HookScene.URL).getFirst().event();
    assertThat(scene.post(hook, "/deliveries/" + one + "/replay", Json.object()).ok()).isTrue();
    scene.engine.settle();
    assertThat(scene.heard(HookScene.URL)).hasSize(61);
    assertThat(scene.heard(HookScene.URL).getLast().event()).isEqualTo(one);

    scene.engine.advance(Duration.ofMinutes(1));
    scene.post(hook, "/replay", Json.object().with("since", "2026-01-05T00:00:00Z"));
    scene.engine.settle();
    assertThat(scene.heard(HookScene.URL)).hasSize(121);
    assertThat(events(scene.heard(HookScene.URL))).hasSize(60);
    Json.Obj line = scene.get(hook, "/deliveries/" + one);
    assertThat(line.list("attempts")).hasSize(3);
    assertThat(line.object("payload").text("type")).contains("message.sent");
  }

  @Test
  void opens_and_clicks_of_a_mail_are_told_in_the_words_of_the_second_product_too() {
    scene.hook(HookScene.URL, List.of("email.opened", "email.clicked"));
    scene.engine.workflow(
        "linked",
        """
        {"name": "Linked", "steps": [
          {"type": "channel", "ref": "email_1", "channel_key": "email", "channel_type": "email",
           "channel_overrides": {"link_tracking": true, "open_tracking": true},
           "template": {"subject": "Hi", "html_body": "<a href='https://shop.example/a'>Shop</a>"}}]}
        """);
    scene.engine.call(
        Call.trigger(
            "linked",
            GuideEngine.json("{'recipients': [{'id': 'ana', 'email': 'ana@example.com'}]}")));
    scene.engine.settle();
    Message mail = EngineFixtures.messages(scene.engine).getFirst();
    TrackingScenarios.events(mail, scene.engine.now()).forEach(scene.engine.functions()::tracked);
    scene.engine.advance(Duration.ofMinutes(1));
    assertThat(scene.heard(HookScene.URL))
        .extracting(FakeEndpoints.Heard::type)
        .containsExactlyInAnyOrder("email.opened", "email.clicked");
    assertThat(scene.heard(HookScene.URL))
        .extracting(it -> new String(it.request().body(), StandardCharsets.UTF_8))
        .anySatisfy(
            it ->
                assertThat(it)
                    .contains(
                        "\"object\":\"email_event\"", "\"type\":\"clicked\"", mail.id().value()))
        .allSatisfy(it -> assertThat(it).contains("\"user_agent\""));
  }

  @Test
  void a_test_event_arrives_whatever_the_endpoint_asked_for() {
    Json.Obj hook = scene.hook(HookScene.URL, List.of("message.seen"));
    assertThat(scene.post(hook, "/test", Json.object()).ok()).isTrue();
    scene.engine.settle();
    assertThat(scene.heard(HookScene.URL)).extracting(Heard::type).containsExactly("webhook.test");
  }

  @Test
  void what_was_deleted_hears_nothing_any_more() {
    Json.Obj hook = scene.hook(HookScene.URL, List.of("message.sent"));
    scene.answers(HookScene.URL, _ -> status(500));
    scene.welcome("ada");
    scene.engine.call(Call.delete("/v1/webhooks/" + hook.text("id").orElseThrow()));
    scene.engine.advance(Duration.ofDays(5));
    assertThat(scene.heard(HookScene.URL)).hasSize(1);
    assertThat(scene.engine.deadLetters()).isEmpty();
  }
}
