package dev.carillon.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.change.Origin;
import dev.carillon.channel.ChannelType;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.ContentCodec;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.engine.InvocationJson;
import dev.carillon.testing.scenarios.DeliveryScenarios;
import dev.carillon.testing.scenarios.GuideEngine;
import dev.carillon.testing.scenarios.SourceScenarios;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a deletion leaves behind: nothing of whom it deletes, and everything of others. */
class DeletingTest {
  private final GuideEngine scene =
      GuideEngine.open()
          .workflow("hello", GuideEngine.mail("Hello"), GuideEngine.feed("Hello"))
          .users("ana", "bob");

  private CallAnswer get(String path) {
    return scene.engine.call(
        new Call("GET", path, Map.of("authorization", "Bearer sk_test"), Optional.empty()));
  }

  private List<String> recipients() {
    return scene.messages().stream().map(it -> it.recipient().id()).distinct().toList();
  }

  @Test
  void messages_and_feed_items_go_with_their_user() {
    scene.trigger("hello", "{'recipients': ['ana', 'bob']}");
    assertThat(recipients()).containsExactlyInAnyOrder("ana", "bob");
    scene.must(Call.delete("/v1/users/ana", Json.object()));
    scene.engine.settle();
    assertThat(recipients()).containsExactly("bob");
    assertThat(get("/v1/users/ana").status()).isEqualTo(404);
    assertThat(get("/v1/users/ana/feeds/feed").body().list("entries")).isEmpty();
    assertThat(get("/v1/users/bob/feeds/feed").body().list("entries")).hasSize(1);
  }

  @Test
  void what_providers_call_its_messages_goes_too() {
    DeliveryScenarios.withIdsOfTheProvider(scene.engine);
    scene.trigger("hello", "{'recipients': ['ana', 'bob']}");
    Message gone = made("ana", ChannelType.EMAIL);
    Message stays = made("bob", ChannelType.EMAIL);
    assertThat(called(gone)).contains(gone.id());
    scene.must(Call.delete("/v1/users/ana", Json.object()));
    scene.engine.settle();
    assertThat(called(gone)).isEmpty();
    assertThat(called(stays)).contains(stays.id());
  }

  private Optional<MessageId> called(Message message) {
    return scene
        .engine
        .ports()
        .externalIds()
        .find(message.environment(), message.takenBy(), message.externalId().orElseThrow());
  }

  @Test
  void a_deletion_leaves_nothing_that_was_said_about_somebody_and_an_export_had_all_of_it() {
    String mark = "M4RK";
    String said =
        """
        {'name': 'M4RK-name', 'email': 'M4RK-mail@example.com', 'phone_number': '+1M4RK', 'plan': {'tier': 'M4RK-nested'},
         'list': ['M4RK-item'], 'avatar': 'https://x.example/M4RK-picture',
         'preferences': {'default': {'categories': {'M4RK-category': false}}},
         'channel_data': {'%s': {'tokens': ['M4RK-token']}}}
        """
            .formatted(channel("email"));
    scene.must(Call.put("/v1/users/vic", GuideEngine.json(said)));
    scene.must(
        Call.post(
            "/v1/objects/projects/p1/subscriptions",
            GuideEngine.json("{'recipients': ['vic'], 'properties': {'role': 'M4RK-role'}}")));
    scene.must(
        Call.post(
            "/v1/audiences/beta/members?create_audience=true",
            GuideEngine.json("{'members': [{'user': {'id': 'vic'}, 'tenant': 'acme'}]}")));
    scene.must(
        Call.post(
            "/v1/schedules",
            GuideEngine.json(
                "{'workflow': 'hello', 'recipients': ['vic'], 'data': {'x': 'M4RK-scheduled'},"
                    + " 'scheduled_at': '2099-01-01T00:00:00Z'}")));
    scene.workflow(
        "greet",
        GuideEngine.mail("{{recipient.name}}"),
        GuideEngine.feed("{{recipient.plan.tier}}"));
    scene.trigger("greet", "{'recipients': ['vic', 'bob']}");
    scene.trigger(
        "greet",
        "{'recipients': [{'id': 'vic', 'city': 'M4RK-city', '$trigger_data': {'x': 'M4RK-own'}},"
            + " 'bob'], 'data': {'y': 'of both'}}");
    scene.trigger(
        "greet",
        "{'recipients': ['vic'], 'actor': {'id': 'vic', 'pet': 'M4RK-pet'}, 'data': {'y':"
            + " 'M4RK-hers'}}");
    scene.workflow(
        "later",
        "{'type': 'delay', 'ref': 'wait', 'settings': {'delay_for': {'unit': 'days', 'value':"
            + " 30}}}",
        GuideEngine.mail("Hello"));
    scene.trigger("later", "{'recipients': ['vic'], 'data': {'y': 'M4RK-waits'}}");
    String export = InvocationJson.of(get("/v1/users/vic/export").body());
    var before = KeptTexts.with(mark, scene.engine.ports());
    assertThat(before).hasSizeGreaterThan(12);
    for (String text : before) {
      Pattern.compile("M4RK[-a-z]*")
          .matcher(text)
          .results()
          .forEach(it -> assertThat(export).contains(it.group()));
    }
    assertThat(export).contains("\"key\":\"beta\"");

    scene.must(Call.delete("/v1/users/vic", Json.object()));
    scene.engine.settle();
    scene.pass("PT1M");

    assertThat(KeptTexts.with(mark, scene.engine.ports())).isEmpty();
    assertThat(get("/v1/audiences/beta/members").body().list("entries")).isEmpty();
    assertThat(recipients()).containsExactly("bob");
    assertThat(KeptTexts.with("of both", scene.engine.ports())).isNotEmpty();
    assertThat(get("/v1/waiting").body().list("items")).isEmpty();
    assertThat(get("/v1/audit?since=2000-01-01T00:00:00Z").body().get("balanced"))
        .contains(Json.TRUE);
  }

  @Test
  void logs_of_webhooks_and_what_is_known_of_clicks_go_too_and_were_in_the_export() {
    scene.must(
        Call.post(
            "/v1/webhooks",
            GuideEngine.json(
                "{'url': 'https://hooks.example/a', 'event_types': ['message.sent',"
                    + " 'message.delivered', 'message.seen',"
                    + " 'workflow_recipient_run.completed']}")));
    scene.pass("PT10S");
    scene.workflow(
        "greet",
        GuideEngine.mail("Hello {{recipient.name}}")
            .replace("<p>Body</p>", "<a href=https://x.example/a>here</a>")
            .replace(
                "'channel_key':", "'channel_overrides': {'link_tracking': true}, 'channel_key':"),
        GuideEngine.feed("{{recipient.name}}"));
    scene.user("vic", "'name': 'M4RK-name', 'email': 'M4RK-mail@example.com'");
    scene.trigger("greet", "{'recipients': ['vic', 'bob']}");
    String item = made("vic", ChannelType.IN_APP_FEED).id().value();
    scene.must(Call.put("/v1/messages/" + item + "/seen", Json.object()));
    click(made("vic", ChannelType.EMAIL));
    var before = KeptTexts.with("M4RK", scene.engine.ports());
    assertThat(before).anyMatch(it -> it.contains("M4RK-agent"));
    String export = InvocationJson.of(get("/v1/users/vic/export").body());
    assertThat(export).contains("M4RK-agent", "M4RK-name", "M4RK-mail@example.com");

    scene.must(Call.delete("/v1/users/vic", Json.object()));
    scene.engine.settle();

    assertThat(KeptTexts.with("M4RK", scene.engine.ports())).isEmpty();
    String hook = items("/v1/webhooks").getFirst().text("id").orElseThrow();
    List<Json.Obj> log = items("/v1/webhooks/" + hook + "/deliveries");
    assertThat(log).as("of others it stays").isNotEmpty();
    assertThat(log)
        .extracting(
            it ->
                get("/v1/webhooks/" + hook + "/deliveries/" + it.text("id").orElseThrow())
                    .body()
                    .toString())
        .anyMatch(it -> it.contains("bob@example.com"));
  }

  @Test
  void who_is_in_an_audience_that_was_archived_leaves_nothing_there_either() {
    scene.must(
        Call.post(
            "/v1/audiences/beta/members?create_audience=true",
            GuideEngine.json("{'members': [{'user': {'id': 'vic'}, 'tenant': 'acme'}]}")));
    var origin = new Origin("ann", "", "call", scene.engine.now());
    scene
        .engine
        .ports()
        .commits()
        .archiveAudience(
            InProcessEngine.ENVIRONMENT,
            "beta",
            scene.engine.now(),
            origin.change("archived", "audience/beta", "", ""));
    scene.must(Call.delete("/v1/users/vic", Json.object()));
    scene.engine.settle();
    assertThat(
            scene
                .engine
                .ports()
                .audiences()
                .of(InProcessEngine.ENVIRONMENT, RecipientId.user("vic"), Set.of("beta")))
        .isEmpty();
  }

  @Test
  void what_came_in_of_somebody_by_a_source_is_in_the_export_and_goes_with_her() {
    var source = SourceScenarios.shop(scene.engine);
    for (String who : List.of("vic", "bob")) {
      scene.must(
          new Call(
              "POST",
              source,
              Map.of(),
              Optional.of(
                  "{\"type\": \"password.forgotten\", \"id\": \"%s\", \"user\": {\"id\": \"%s\", \"email\": \"%s-M4RK@example.com\"}, \"data\": {\"code\": \"M4RK-code-%s\"}}"
                      .formatted(who, who, who, who))));
    }
    scene.engine.settle();
    String export = InvocationJson.of(get("/v1/users/vic/export").body());
    assertThat(export).contains("M4RK-code-vic", "vic-M4RK@example.com").doesNotContain("-bob");
    scene.must(Call.delete("/v1/users/vic", Json.object()));
    scene.engine.settle();
    assertThat(KeptTexts.with("M4RK", scene.engine.ports()))
        .isNotEmpty()
        .noneMatch(it -> it.contains("vic") && !it.contains("Trigger"));
  }

  private List<Json.Obj> items(String path) {
    return get(path).body().list("items").stream().map(Json.Obj.class::cast).toList();
  }

  private Message made(String user, ChannelType type) {
    return scene.messages().stream()
        .filter(it -> it.recipient().id().equals(user) && it.channelType() == type)
        .findFirst()
        .orElseThrow();
  }

  /** Somebody follows the link of a mail. */
  private void click(Message mail) {
    var content =
        scene.engine.ports().messages().content(mail.environment(), mail.id()).orElseThrow();
    var link =
        Pattern.compile("https://[^/]*(/l/[A-Za-z0-9_-]+)")
            .matcher(JsonText.write(ContentCodec.write(content.content())));
    assertThat(link.find()).isTrue();
    scene.engine.call(
        Call.get(link.group(1))
            .with("authorization", "none")
            .with("user-agent", "Mozilla/5.0 M4RK-agent"));
    scene.engine.settle();
  }

  private String channel(String key) {
    return scene
        .engine
        .ports()
        .channels()
        .find(InProcessEngine.ENVIRONMENT, key)
        .orElseThrow()
        .id()
        .toString();
  }

  @Test
  void who_is_identified_anew_begins_with_nothing() {
    scene.trigger("hello", "{'recipients': ['ana']}");
    scene.must(Call.delete("/v1/users/ana", Json.object()));
    scene.engine.settle();
    scene.pass("PT1S").user("ana");
    scene.trigger("hello", "{'recipients': ['ana']}");
    assertThat(recipients()).containsExactly("ana");
    assertThat(get("/v1/users/ana/feeds/feed").body().list("entries")).hasSize(1);
  }

  @Test
  void subscriptions_end_on_both_sides() {
    String subscribers = "/v1/objects/projects/p1/subscriptions";
    scene.must(Call.post(subscribers, GuideEngine.json("{'recipients': ['ana', 'bob']}")));
    scene.must(Call.delete("/v1/users/ana", Json.object()));
    scene.engine.settle();
    assertThat(get(subscribers).body().list("entries")).hasSize(1);
    scene.must(Call.delete("/v1/objects/projects/p1", Json.object()));
    scene.engine.settle();
    assertThat(get(subscribers).body().list("entries")).isEmpty();
    assertThat(get("/v1/users/bob/subscriptions").body().list("entries")).isEmpty();
  }
}
