package dev.carillon.testing.tracking;

import static dev.carillon.testing.tracking.TrackingStage.json;
import static dev.carillon.testing.tracking.TrackingStage.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Engagement;
import dev.carillon.message.Message;
import dev.carillon.testing.engine.Call;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Knock's page on message statuses says of engagement, statement by statement. */
class EngagementStatusTest {
  private static final String ITEM =
      """
      {'type': 'channel', 'ref': 'feed', 'channel_type': 'in_app_feed', 'channel_key': 'feed',
       'channel_overrides': {'link_tracking': true},
       'template': {'markdown_body': 'See [this](https://acme.example/in)', 'action_url': 'https://acme.example/action'}}\
      """;
  private static final String TEXT =
      """
      {'type': 'channel', 'ref': 'text', 'channel_type': 'sms', 'channel_key': 'sms',
       'channel_overrides': {'link_tracking': true}, 'template': {'text_body': 'https://acme.example/s'}}\
      """;

  @Test
  void engagement_statuses_are_mutually_inclusive() {
    var stage = TrackingStage.open().workflow("hello", ITEM);
    Message item = stage.trigger("hello", "");
    put(stage, item, "seen");
    put(stage, item, "read");
    assertThat(shown(stage, item).list("engagement_statuses"))
        .containsExactlyInAnyOrder(Json.of("seen"), Json.of("read"));
  }

  @Test
  void a_timestamp_is_that_of_the_most_recent_action() {
    var stage = TrackingStage.open().workflow("hello", ITEM);
    Message item = stage.trigger("hello", "");
    put(stage, item, "seen");
    stage.pass(Duration.ofMinutes(5));
    put(stage, item, "seen");
    assertThat(stage.when(item, Engagement.SEEN))
        .isEqualTo(TrackingStage.START.plus(Duration.ofMinutes(5)));
  }

  @Test
  void a_click_on_sms_counts_as_an_open_too() {
    var stage = TrackingStage.open().workflow("hello", TEXT);
    Message text = stage.trigger("hello", "");
    stage.visit(stage.tracked(text).getFirst());
    assertThat(stage.timeline(text)).endsWith("link_clicked", "read");
    assertThat(stage.message(text).status()).isEqualTo(DeliveryStatus.SENT);
  }

  @Test
  void a_click_in_mail_says_nothing_of_an_open() {
    var stage =
        TrackingStage.open()
            .workflow(
                "hello", mail("<a href=\"https://acme.example/a\">A</a>", "'link_tracking': true"));
    Message message = stage.trigger("hello", "");
    stage.visit(stage.tracked(message).getFirst());
    assertThat(stage.message(message).engagement()).containsOnlyKeys(Engagement.LINK_CLICKED);
    Json.Obj shown = shown(stage, message);
    assertThat(shown.get("link_clicked_at")).isEqualTo(shown.get("clicked_at"));
  }

  @Test
  void links_in_an_items_body_are_clicked_where_tracking_is_on_and_its_action_is_left_alone() {
    var stage = TrackingStage.open().workflow("hello", ITEM);
    Message item = stage.trigger("hello", "");
    assertThat(stage.content(item)).contains("https://acme.example/action");
    stage.visit(stage.tracked(item).getFirst());
    assertThat(stage.message(item).engagement()).containsOnlyKeys(Engagement.LINK_CLICKED);
  }

  @Test
  void a_click_on_the_item_itself_is_an_interaction_and_a_read_that_its_client_tells() {
    var stage = TrackingStage.open().workflow("hello", ITEM);
    Message item = stage.trigger("hello", "");
    put(stage, item, "interacted");
    assertThat(stage.message(item).engagement())
        .containsOnlyKeys(Engagement.READ, Engagement.INTERACTED);
    put(stage, item, "interacted");
    assertThat(stage.timeline(item)).endsWith("read", "interacted", "interacted");
  }

  @Test
  void marking_all_as_read_never_means_clicked() {
    var stage = TrackingStage.open().workflow("hello", ITEM);
    Message item = stage.trigger("hello", "");
    stage.must(
        Call.post(
            "/v1/messages/batch/read",
            Json.object().with("message_ids", Json.texts(List.of(item.id().value())))));
    assertThat(stage.message(item).engagement()).containsOnlyKeys(Engagement.READ);
    assertThat(stage.timeline(item)).doesNotContain("link_clicked", "interacted");
  }

  @Test
  void reading_on_one_channel_says_nothing_of_the_other() {
    var stage =
        TrackingStage.open().workflow("hello", ITEM, mail("<p>Hi</p>", "'open_tracking': true"));
    stage.trigger("hello", "");
    Message mail = of(stage, "email");
    Message item = of(stage, "feed");
    stage.visit(stage.tracked(mail).getFirst());
    assertThat(stage.message(mail).engagement()).containsKey(Engagement.READ);
    assertThat(stage.message(item).engagement()).isEmpty();
  }

  @Test
  void each_change_of_status_is_an_event_of_the_message() {
    var stage =
        TrackingStage.open()
            .workflow(
                "hello", mail("<a href=\"https://acme.example/a\">A</a>", "'link_tracking': true"));
    Message message = stage.trigger("hello", "");
    stage.visit(stage.tracked(message).getFirst());
    Json.Obj newest =
        (Json.Obj)
            stage
                .must(Call.get("/v1/messages/" + message.id() + "/events"))
                .body()
                .list("items")
                .getFirst();
    assertThat(newest.text("type")).contains("message.link_clicked");
    assertThat(newest.object("data").text("url")).contains("https://acme.example/a");
  }

  @Test
  void a_push_has_no_links_that_could_be_tracked() {
    assertThat(
            TrackingStage.open()
                .engine
                .refused(
                    Map.of(
                        "workflows/push/workflow.json",
                        """
                        {"name": "P", "steps": [{"type": "channel", "ref": "p", "channel_type": "push",
                          "channel_key": "p", "channel_overrides": {"link_tracking": true},
                          "template": {"title": "a", "text_body": "b"}}]}
                        """)))
        .anySatisfy(
            it ->
                assertThat(it.toString()).contains("link_tracking", "mail, in-app, SMS and chat"));
  }

  private static Message of(TrackingStage stage, String step) {
    return stage.messages().stream()
        .filter(it -> it.source().step().value().equals(step))
        .findFirst()
        .orElseThrow();
  }

  private static void put(TrackingStage stage, Message message, String status) {
    stage.must(Call.put("/v1/messages/" + message.id() + "/" + status, json("{}")));
  }

  private static Json.Obj shown(TrackingStage stage, Message message) {
    return stage.must(Call.get("/v1/messages/" + message.id())).body();
  }
}
