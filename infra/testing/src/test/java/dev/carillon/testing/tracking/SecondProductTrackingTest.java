package dev.carillon.testing.tracking;

import static dev.carillon.testing.tracking.TrackingStage.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.message.Message;
import dev.carillon.testing.engine.Call;
import dev.carillon.tracking.Engage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the second product's page on tracking says, statement by statement. */
class SecondProductTrackingTest {
  private static final String LINK = "<a href=\"https://acme.example/a\">A</a>";

  /** Tracked by what the trigger says alone. */
  private static TrackingStage stage() {
    return TrackingStage.open().workflow("hello", mail(LINK, ""));
  }

  private static String token(TrackingStage stage, Message message, String kind) {
    return stage.tracked(message).stream()
        .filter(it -> it.startsWith(kind))
        .findFirst()
        .orElseThrow()
        .substring(kind.length())
        .replace(".png", "");
  }

  @ParameterizedTest
  @CsvSource({
    "{}, true, true",
    "{'open': false}, false, true",
    "{'click': false}, true, false",
    "{'open': false| 'click': false}, false, false"
  })
  void opens_and_clicks_default_to_true_in_the_tracking_object(
      String tracking, boolean opens, boolean clicks) {
    var stage = stage();
    Message message = stage.trigger("hello", ", 'tracking': " + tracking.replace('|', ','));
    assertThat(stage.tracked(message).stream().anyMatch(it -> it.startsWith("/o/")))
        .isEqualTo(opens);
    assertThat(stage.tracked(message).stream().anyMatch(it -> it.startsWith("/l/")))
        .isEqualTo(clicks);
  }

  @Test
  void the_open_endpoint_always_returns_the_gif_and_no_cache_headers() {
    var stage = stage();
    Message message = stage.trigger("hello", ", 'tracking': {}");
    for (String id : List.of(token(stage, message, "/o/"), message.id().value(), "nonsense")) {
      var answer = stage.visit("/v1/track/open/" + id);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("content-type")).contains("image/gif");
      assertThat(answer.header("cache-control").orElseThrow()).contains("no-store", "no-cache");
    }
  }

  @Test
  void opened_at_is_the_first_open() {
    var stage = stage();
    Message message = stage.trigger("hello", ", 'tracking': {}");
    String open = "/v1/track/open/" + token(stage, message, "/o/");
    stage.pass(Duration.ofMinutes(1));
    stage.visit(open);
    stage.pass(Duration.ofMinutes(1));
    stage.visit(open);
    assertThat(Engage.openedAt(stage.message(message)))
        .contains(TrackingStage.START.plus(Duration.ofMinutes(1)));
    assertThat(stage.must(Call.get("/v1/messages/" + message.id())).body().text("opened_at"))
        .contains("2026-01-05T09:01:00Z");
  }

  @Test
  void a_click_is_a_302_to_the_target_and_an_email_event_with_agent_address_and_referer() {
    var stage = stage();
    Message message = stage.trigger("hello", ", 'tracking': {}");
    var answer = stage.visit("/v1/track/click/" + token(stage, message, "/l/"));
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("location")).contains("https://acme.example/a");
    stage.visit("/v1/track/open/" + token(stage, message, "/o/"));
    Json.Obj list = stage.must(Call.get("/v1/email_events?email_id=" + message.id())).body();
    assertThat(list.list("items"))
        .extracting(it -> ((Json.Obj) it).text("type").orElseThrow())
        .containsExactlyInAnyOrder("opened", "clicked");
    Json.Obj clicked =
        (Json.Obj)
            list.list("items").stream()
                .filter(it -> ((Json.Obj) it).text("type").orElse("").equals("clicked"))
                .findFirst()
                .orElseThrow();
    assertThat(clicked.text("url")).contains("https://acme.example/a");
    assertThat(clicked.text("email_id")).contains(message.id().value());
    assertThat(clicked.object("metadata").text("user_agent")).contains(TrackingStage.BROWSER);
  }

  @Test
  void the_url_of_the_query_is_no_redirect_unless_the_token_was_made_for_it() {
    var stage = stage();
    Message message = stage.trigger("hello", ", 'tracking': {}");
    String token = token(stage, message, "/l/");
    assertThat(
            stage
                .visit("/v1/track/click/" + token + "?url=https%3A%2F%2Fevil.example")
                .header("location"))
        .contains("https://acme.example/a");
    assertThat(stage.visit("/v1/track/click/none?url=https%3A%2F%2Fevil.example").status())
        .isEqualTo(404);
  }

  @Test
  void who_is_erased_leaves_no_agent_or_address_behind() {
    var stage = stage();
    Message message = stage.trigger("hello", ", 'tracking': {}");
    stage.visit("/v1/track/open/" + token(stage, message, "/o/"));
    stage.must(Call.delete("/v1/users/ana"));
    stage.pass(Duration.ofMinutes(5));
    assertThat(stage.engine.ports().trackingEvents().ofMessage(message.environment(), message.id()))
        .isEmpty();
  }
}
