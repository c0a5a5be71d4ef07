package dev.carillon.testing.tracking;

import static dev.carillon.testing.tracking.TrackingStage.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Engagement;
import dev.carillon.message.Message;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.FakeEndpoints;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Knock's page on link and open tracking says, statement by statement. */
class LinkAndOpenTrackingTest {
  private static final String LINK = "<p><a href=\"https://acme.example/a\">A</a></p>";
  private static final String ON = "'link_tracking': true, 'open_tracking': true";
  private static final String CHANNEL_ON =
      "{'from_address': 'hello@carillon.example', 'link_tracking': true, 'open_tracking': true}";

  /** With a domain of twelve characters. */
  private static final Pattern SHORT =
      Pattern.compile("https://c1[.]acmes[.]app(/[0-9A-Za-z]{10})");

  @Test
  void open_and_link_tracking_default_to_off_when_a_channel_is_first_created() {
    var stage = TrackingStage.open().workflow("hello", mail(LINK, ""));
    Message message = stage.trigger("hello", "");
    assertThat(stage.tracked(message)).isEmpty();
    assertThat(stage.content(message)).contains("https://acme.example/a").doesNotContain("<img");
  }

  @Test
  void tracking_is_configured_per_environment_in_the_channels_settings() {
    var stage = TrackingStage.withMail(CHANNEL_ON).workflow("hello", mail(LINK, ""));
    assertThat(stage.tracked(stage.trigger("hello", ""))).anyMatch(it -> it.startsWith("/l/"));
  }

  @Test
  void a_steps_toggles_reflect_the_channel_until_it_says_otherwise_and_opt_out_or_in() {
    var on = TrackingStage.withMail(CHANNEL_ON);
    on.workflow("out", mail(LINK, "'link_tracking': false"));
    assertThat(on.tracked(on.trigger("out", ""))).allMatch(it -> it.startsWith("/o/")).isNotEmpty();
    var off = TrackingStage.open();
    off.workflow("in", mail(LINK, "'link_tracking': true"));
    assertThat(off.tracked(off.trigger("in", "")))
        .allMatch(it -> it.startsWith("/l/"))
        .isNotEmpty();
  }

  @Test
  void each_mail_open_is_a_read_event_and_read_at_the_latest_open() {
    var stage = TrackingStage.open().workflow("hello", mail(LINK, ON));
    Message message = stage.trigger("hello", "");
    String pixel =
        stage.tracked(message).stream().filter(it -> it.startsWith("/o/")).findFirst().get();
    stage.pass(Duration.ofMinutes(1));
    var answer = stage.visit(pixel);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).contains("image/png");
    stage.pass(Duration.ofMinutes(1));
    stage.visit(pixel);
    assertThat(stage.timeline(message)).containsSequence("read", "read");
    assertThat(stage.when(message, Engagement.READ))
        .isEqualTo(TrackingStage.START.plus(Duration.ofMinutes(2)));
    assertThat(stage.message(message).status()).isEqualTo(DeliveryStatus.SENT);
  }

  @Test
  void each_click_is_a_link_clicked_event_and_leads_to_the_target() {
    var stage = TrackingStage.open().workflow("hello", mail(LINK, "'link_tracking': true"));
    Message message = stage.trigger("hello", "");
    String link = stage.tracked(message).getFirst();
    stage.pass(Duration.ofMinutes(3));
    var answer = stage.visit(link);
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("location")).contains("https://acme.example/a");
    stage.pass(Duration.ofMinutes(1));
    stage.visit(link);
    assertThat(stage.timeline(message)).containsSequence("link_clicked", "link_clicked");
    assertThat(stage.when(message, Engagement.LINK_CLICKED))
        .isEqualTo(TrackingStage.START.plus(Duration.ofMinutes(4)));
    assertThat(stage.message(message).engagement()).doesNotContainKey(Engagement.READ);
    assertThat(stage.message(message).events().getLast().data().text("url"))
        .contains("https://acme.example/a");
  }

  @Test
  void a_click_can_be_required_for_a_later_step_to_execute() {
    String later =
        """
        {'type': 'delay', 'ref': 'wait', 'settings': {'delay_for': {'unit': 'hours', 'value': 1}}},
        {'type': 'channel', 'ref': 'feed', 'channel_type': 'in_app_feed', 'channel_key': 'feed',
         'conditions': {'all': [{'variable': 'refs.email.engagement_status', 'operator': 'contains', 'argument': '$message.link_clicked'}]},
         'template': {'markdown_body': 'You clicked'}}\
        """;
    for (boolean clicks : List.of(true, false)) {
      var stage =
          TrackingStage.open().workflow("hello", mail(LINK, "'link_tracking': true"), later);
      Message message = stage.trigger("hello", "");
      if (clicks) {
        stage.visit(stage.tracked(message).getFirst());
      }
      stage.pass(Duration.ofHours(2));
      assertThat(stage.messages()).hasSize(clicks ? 2 : 1);
    }
  }

  @Test
  void a_run_that_waits_for_a_click_goes_on_with_a_persons_and_not_with_a_machines() {
    String waiting =
        """
        {'type': 'wait_for_event', 'ref': 'wait', 'settings': {
          'event': {'event_type': 'message', 'source_type': 'workflow', 'source_key': 'hello', 'event_key': 'link_clicked'},
          'match_conditions': [{'operator': 'and', 'conditions': [{'variable': 'event.step_ref', 'operator': 'equal_to', 'argument': 'email'}]}],
          'expires_after': {'unit': 'hours', 'value': 1}}},
        {'type': 'channel', 'ref': 'feed', 'channel_type': 'in_app_feed', 'channel_key': 'feed',
         'template': {'markdown_body': '{{refs.wait.matched}}'}}\
        """;
    var stage =
        TrackingStage.open()
            .workflow("hello", mail(LINK, "'link_tracking': true"))
            .workflow("waiting", waiting);
    stage.must(Call.put("/v1/users/ana", TrackingStage.json("{'name': 'Ana'}")));
    stage.must(Call.trigger("waiting", TrackingStage.json("{'recipients': ['ana']}")));
    stage.engine.settle();
    Message message = stage.trigger("hello", "");
    String link = stage.tracked(message).getFirst();
    stage.visit(link, "Slackbot-LinkExpanding 1.0");
    assertThat(stage.messages()).hasSize(1);
    stage.visit(link);
    assertThat(stage.messages()).hasSize(2);
    assertThat(stage.content(stage.messages().getFirst())).contains("true");
  }

  @Test
  void hyperlinks_in_html_and_targets_in_markdown_and_bare_urls_are_replaced() {
    String visual =
        """
        {'type': 'channel', 'ref': 'email', 'channel_type': 'email', 'channel_key': 'email',
         'channel_overrides': {'link_tracking': true},
         'template': {'subject': 'Hello', 'visual_blocks': [
           {'type': 'markdown', 'id': 'b1', 'content': 'See [this](https://acme.example/m) or https://acme.example/bare now'}]}}\
        """;
    var stage = TrackingStage.open().workflow("hello", visual);
    Message message = stage.trigger("hello", "");
    assertThat(stage.tracked(message).stream().map(it -> stage.visit(it).header("location").get()))
        .contains("https://acme.example/m", "https://acme.example/bare");
    assertThat(stage.content(message)).contains(">https://acme.example/bare<");
  }

  @Test
  void chat_app_json_is_traversed() {
    String slack =
        """
        {'type': 'channel', 'ref': 'slack', 'channel_type': 'chat', 'channel_key': 'slack',
         'channel_overrides': {'link_tracking': true},
         'template': {'json_body': {'blocks': [
           {'type': 'section', 'text': {'type': 'mrkdwn', 'text': 'See <https://acme.example/x|this>'}},
           {'type': 'actions', 'elements': [{'type': 'button', 'text': {'type': 'plain_text', 'text': 'Go'}, 'url': 'https://acme.example/y'}]}]}}}\
        """;
    var stage = TrackingStage.open().workflow("hello", slack);
    Message message = stage.trigger("hello", "");
    assertThat(stage.tracked(message).stream().map(it -> stage.visit(it).header("location").get()))
        .containsExactly("https://acme.example/x", "https://acme.example/y");
    assertThat(stage.message(message).engagement())
        .as("a click on chat is a read too")
        .containsKeys(Engagement.LINK_CLICKED, Engagement.READ);
  }

  @ParameterizedTest
  @CsvSource({
    "sms, sms, text_body",
    "chat, whatsapp, markdown_body",
  })
  void short_links_are_used_for_sms_and_whatsapp_and_have_ten_characters_behind_the_domain(
      String type, String channel, String body) {
    String step =
        """
        {'type': 'channel', 'ref': 'text', 'channel_type': '%s', 'channel_key': '%s',
         'channel_overrides': {'link_tracking': true},
         'template': {'%s': 'Go: https://acme.example/a/rather/long/path?with=a&query=too'}}\
        """
            .formatted(type, channel, body);
    var stage = TrackingStage.open().workflow("hello", step);
    stage.engine.push(
        Map.of("environment.json", "{\"tracking_domains\": {\"short_link\": \"c1.acmes.app\"}}"));
    Message message = stage.trigger("hello", "");
    Matcher link = SHORT.matcher(stage.content(message));
    assertThat(link.find()).isTrue();
    assertThat(link.group()).hasSize(31);
    String path = link.group(1);
    stage.pass(Duration.ofDays(365));
    var answer = stage.visit(path);
    assertThat(answer.header("location"))
        .contains("https://acme.example/a/rather/long/path?with=a&query=too");
  }

  @Test
  void a_custom_domain_per_environment_and_use_serves_links_and_pixels() {
    var stage = TrackingStage.open().workflow("hello", mail(LINK, ON));
    stage.engine.push(
        Map.of(
            "environment.json",
            "{\"tracking_domains\": {\"link\": \"go.acme.example\", \"open\":"
                + " \"see.acme.example\"}}"));
    Message message = stage.trigger("hello", "");
    assertThat(stage.content(message))
        .contains("https://go.acme.example/l/", "https://see.acme.example/o/")
        .doesNotContain("links.carillon.example");
  }

  @Test
  void a_domain_that_is_none_is_refused_by_name() {
    assertThat(
            TrackingStage.open()
                .engine
                .refused(
                    Map.of(
                        "environment.json",
                        "{\"tracking_domains\": {\"link\": \"https://go.acme.example\"}}")))
        .singleElement()
        .asString()
        .contains("tracking_domains.link", "must be a domain name");
  }

  @Test
  void a_mail_links_only_what_is_https_and_leaves_what_opts_out() {
    String html =
        "<a href=\"http://acme.example/1\">1</a><a href=\"mailto:a@acme.example\">2</a>"
            + "<a href=\"tel:+1555\">3</a><a href=\"#top\">4</a>"
            + "<a data-knock-no-track href=\"https://acme.example/5\">5</a>"
            + "<a rel=\"unsubscribe\" href=\"https://acme.example/6\">6</a>";
    var stage = TrackingStage.open().workflow("hello", mail(html, "'link_tracking': true"));
    Message message = stage.trigger("hello", "");
    assertThat(stage.content(message))
        .contains("http://acme.example/1", "mailto:a@acme.example", "tel:+1555", "#top")
        .contains("https://acme.example/6")
        .doesNotContain("data-knock-no-track");
    assertThat(stage.tracked(message).stream().filter(it -> it.startsWith("/l/"))).isEmpty();
  }

  @Test
  void the_pixel_is_last_in_the_body() {
    var stage =
        TrackingStage.open()
            .workflow(
                "hello", mail("<html><body><p>Hi</p></body></html>", "'open_tracking': true"));
    String content = stage.content(stage.trigger("hello", ""));
    assertThat(content).containsPattern("<img [^>]*/o/[^>]*>\\s*(\\\\n)*\\s*</body>");
  }

  @Test
  void the_same_message_says_the_same_whenever_it_is_made() {
    var stage = TrackingStage.open().workflow("hello", mail(LINK, ON));
    Message message = stage.trigger("hello", "");
    assertThat(stage.tracked(message)).isNotEmpty();
    assertThat(stage.mails().accepted()).hasSize(1);
    assertThat(stage.mails().accepted().getFirst().words().toString())
        .contains(stage.tracked(message).getFirst());
  }

  @Test
  void reads_and_clicks_are_told_to_webhooks() {
    var stage = TrackingStage.open().workflow("hello", mail(LINK, ON));
    stage.must(
        Call.post(
            "/v1/webhooks",
            TrackingStage.json(
                "{'url': 'https://hooks.example/', 'event_types': ['message.read',"
                    + " 'message.link_clicked']}")));
    Message message = stage.trigger("hello", "");
    for (String kind : List.of("/l/", "/o/")) {
      stage.visit(
          stage.tracked(message).stream().filter(it -> it.startsWith(kind)).findFirst().get());
    }
    assertThat(stage.engine.endpoints().heard("https://hooks.example/"))
        .extracting(FakeEndpoints.Heard::type)
        .containsExactlyInAnyOrder("message.read", "message.link_clicked");
  }

  @Test
  void an_item_of_a_feed_has_no_open_tracking_to_configure() {
    assertThat(
            TrackingStage.open()
                .engine
                .refused(
                    Map.of(
                        "workflows/item/workflow.json",
                        """
                        {"name": "I", "steps": [{"type": "channel", "ref": "f",
                          "channel_type": "in_app_feed", "channel_key": "feed",
                          "channel_overrides": {"open_tracking": true},
                          "template": {"markdown_body": "b"}}]}
                        """)))
        .anySatisfy(it -> assertThat(it.toString()).contains("open_tracking"));
  }

  @Test
  void links_work_after_their_message_is_gone() {
    var stage = TrackingStage.open().workflow("hello", mail(LINK, "'link_tracking': true"));
    Message message = stage.trigger("hello", "");
    String link = stage.tracked(message).getFirst();
    stage.pass(Duration.ofDays(366));
    assertThat(stage.engine.ports().messages().find(message.environment(), message.id())).isEmpty();
    assertThat(stage.visit(link).header("location")).contains("https://acme.example/a");
  }

  @Test
  void a_mailbox_that_preloads_is_a_machine_and_moves_no_status() {
    var stage = TrackingStage.open().workflow("hello", mail(LINK, ON));
    Message message = stage.trigger("hello", "");
    String pixel =
        stage.tracked(message).stream().filter(it -> it.startsWith("/o/")).findFirst().get();
    String link =
        stage.tracked(message).stream().filter(it -> it.startsWith("/l/")).findFirst().get();
    stage.visit(
        pixel, "Mozilla/5.0 (Windows NT 5.1) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)");
    stage.visit(link, "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)");
    assertThat(stage.timeline(message)).contains("machine_read", "machine_link_clicked");
    assertThat(stage.message(message).engagement()).isEmpty();
  }

  @Test
  void rates_are_told_by_workflow_channel_version_and_day() {
    var stage = TrackingStage.open().workflow("hello", mail(LINK, ON));
    Message first = stage.trigger("hello", "");
    stage.trigger("hello", "");
    String pixel =
        stage.tracked(first).stream().filter(it -> it.startsWith("/o/")).findFirst().get();
    stage.visit(pixel);
    stage.visit(pixel);
    stage.visit(stage.tracked(first).getFirst());
    Json.Obj answer = stage.must(Call.get("/v1/workflows/hello/engagement")).body();
    Json.Obj total = answer.object("total");
    assertThat(total.get("sent")).contains(Json.of(2));
    assertThat(total.get("opened")).contains(Json.of(1));
    assertThat(total.get("opens")).contains(Json.of(2));
    assertThat(total.get("clicked")).contains(Json.of(1));
    assertThat(total.get("open_rate").orElseThrow().toString()).contains("0.5");
    assertThat(answer.list("items")).hasSize(1);
  }
}
