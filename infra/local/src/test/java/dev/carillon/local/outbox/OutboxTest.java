package dev.carillon.local.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.local.egress.EgressCall;
import dev.carillon.local.ses.SentEmail;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
  private static final Instant NOW = Instant.parse("2030-01-05T09:00:00Z");
  private static final MessageContents FEED =
      id ->
          Optional.of(
              new MessageContents.Said(
                  "user-1",
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of("<p>" + id + "</p>"),
                  "text of " + id));

  @TempDir Path folder;

  @Test
  void the_oldest_makes_room_when_there_are_ten_thousand() {
    try (var outbox = Outbox.open(Optional.empty())) {
      for (var i = 0; i <= Outbox.KEPT; i++) {
        outbox.feedItem("m" + i, Instant.EPOCH);
      }
      var kept = outbox.newestFirst(_ -> Optional.empty());
      assertThat(kept).hasSize(Outbox.KEPT);
      assertThat(kept.getFirst().messageId()).isEqualTo("m" + Outbox.KEPT);
      assertThat(kept.getLast().messageId()).isEqualTo("m1");
      outbox.feedItem("m0", Instant.EPOCH);
      assertThat(outbox.newestFirst(_ -> Optional.empty()).getFirst().messageId())
          .isEqualTo("m" + Outbox.KEPT);
    }
  }

  @Test
  void the_newest_delivery_comes_first_and_each_has_every_field() {
    var outbox = Outbox.open(Optional.empty());
    outbox.email(email("One"));
    outbox.feedItem("msg-2", NOW.plusSeconds(1));

    var all = outbox.json(FEED).items();
    assertThat(all).hasSize(2);
    var feed = (Json.Obj) all.getFirst();
    var mail = (Json.Obj) all.getLast();
    assertThat(feed.fields().keySet())
        .isEqualTo(mail.fields().keySet())
        .contains(
            "at",
            "channel_type",
            "provider",
            "message_id",
            "to",
            "from",
            "subject",
            "html",
            "text",
            "headers",
            "request");
    assertThat(feed.text("channel_type")).contains("in_app_feed");
    assertThat(feed.text("to")).contains("user-1");
    assertThat(feed.text("text")).contains("text of msg-2");
    assertThat(mail.text("message_id")).contains("msg-1");
    assertThat(mail.text("to")).contains("jane@example.com");
    assertThat(mail.text("subject")).contains("One");
    assertThat(mail.object("headers").text("X-Tag")).contains("t");
    assertThat(mail.get("request")).contains(Json.NULL);
  }

  @Test
  void a_feed_item_that_is_written_again_is_not_delivered_again_not_even_after_clearing() {
    var outbox = Outbox.open(Optional.empty());
    outbox.feedItem("msg-1", NOW);
    outbox.feedItem("msg-1", NOW.plusSeconds(1));
    assertThat(outbox.json(FEED).items()).hasSize(1);

    outbox.clear();
    outbox.feedItem("msg-1", NOW.plusSeconds(2));
    assertThat(outbox.json(FEED).items()).isEmpty();
  }

  @Test
  void only_what_a_receiver_took_is_delivered() {
    var outbox = Outbox.open(Optional.empty());
    outbox.egressed(call(new EgressCall.Outcome.Answered(204, Map.of(), new byte[0], false)));
    outbox.egressed(call(new EgressCall.Outcome.AnswerLost()));
    outbox.egressed(call(new EgressCall.Outcome.Answered(500, Map.of(), new byte[0], false)));
    outbox.egressed(call(new EgressCall.Outcome.Answered(200, Map.of(), new byte[0], true)));
    outbox.egressed(call(new EgressCall.Outcome.Failed("timeout")));

    var all = outbox.json(FEED).items();
    assertThat(all).hasSize(2);
    var request = ((Json.Obj) all.getLast()).object("request");
    assertThat(request.text("method")).contains("POST");
    assertThat(request.text("url")).contains("https://hooks.example/in");
    assertThat(request.text("body")).contains("{\"a\":1}");
    assertThat(request.get("status")).contains(Json.of(204));
    assertThat(((Json.Obj) all.getFirst()).text("message_id")).contains("msg-9");
  }

  @Test
  void what_was_delivered_is_still_there_after_a_kill() {
    var killed = Outbox.open(Optional.of(folder));
    killed.email(email("Before"));
    killed.clear();
    killed.email(email("After"));
    killed.feedItem("msg-2", NOW);
    // Not closed: a process that is killed closes nothing.

    var outbox = Outbox.open(Optional.of(folder));
    outbox.feedItem("msg-2", NOW);
    assertThat(outbox.newestFirst(FEED))
        .extracting(OutboxEntry::channelType)
        .containsExactly("in_app_feed", "email");
    assertThat(outbox.newestFirst(FEED).getLast().subject()).contains("After");
    outbox.close();
    killed.close();
  }

  @Test
  void the_page_shows_mail_in_a_frame_that_can_run_nothing() {
    var outbox = Outbox.open(Optional.empty());
    outbox.email(email("<script>alert(1)</script> & \"Söhne\""));

    var page = OutboxPage.of(outbox, FEED);
    assertThat(page)
        .contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Söhne&quot;")
        .contains("sandbox=\"\"")
        .contains("srcdoc=\"&lt;p title=&quot;x&quot;&gt;Hi&lt;/p&gt;\"")
        .doesNotContain("<script")
        .doesNotContain("allow-scripts");
  }

  @Test
  void an_empty_outbox_says_so() {
    assertThat(OutboxPage.of(Outbox.open(Optional.empty()), FEED)).contains("0 messages");
  }

  private static SentEmail email(String subject) {
    return new SentEmail(
        NOW,
        "ses-1",
        "Shop <shop@example.com>",
        List.of("jane@example.com"),
        List.of(),
        List.of(),
        List.of(),
        subject,
        Optional.of("<p title=\"x\">Hi</p>"),
        Optional.of("Hi"),
        List.of(new SentEmail.Header("X-Tag", "t")),
        List.of(),
        Map.of("carillon_message_id", "msg-1"),
        Optional.empty());
  }

  private static EgressCall call(EgressCall.Outcome outcome) {
    return new EgressCall(
        NOW,
        "POST",
        URI.create("https://hooks.example/in"),
        Map.of("X-Carillon-Message-Id", List.of("msg-9")),
        "{\"a\":1}".getBytes(StandardCharsets.UTF_8),
        outcome,
        Optional.empty());
  }
}
