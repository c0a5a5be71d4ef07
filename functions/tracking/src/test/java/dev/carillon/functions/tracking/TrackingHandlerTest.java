package dev.carillon.functions.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.functions.tracking.Tracker.Answered;
import dev.carillon.tracking.TrackedLink;
import dev.carillon.tracking.TrackedMail;
import dev.carillon.tracking.TrackingEvent;
import dev.carillon.tracking.link.ShortKey;
import dev.carillon.tracking.link.ShortLinks;
import dev.carillon.tracking.visitor.MachineSign;
import dev.carillon.tracking.visitor.Visitor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrackingHandlerTest {
  private static final String URL = "https://acme.example/orders/7?utm_source=mail#top";

  private final Tracker tracker = new Tracker();

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void a_click_is_told_and_redirects_to_its_target() {
    for (String path : List.of(tracker.standard(URL), tracker.shortened(URL))) {
      Answered answer = tracker.get(path);
      assertThat(answer.status()).isEqualTo(302);
      assertThat(answer.header("location")).contains(URL);
      List<TrackingEvent> told = tracker.told.take();
      assertThat(told).hasSize(1);
      assertThat(told.getFirst().subject()).isEqualTo(tracker.link(URL));
      assertThat(told.getFirst().at()).isEqualTo(Tracker.NOON);
      assertThat(told.getFirst().visitor()).isEqualTo(new Visitor.Person());
      assertThat(told.getFirst().address()).contains("203.0.113.9");
    }
  }

  @Test
  void an_answer_sets_no_cookie_is_not_cached_and_leaks_no_referrer() {
    for (String path :
        List.of(tracker.standard(URL), tracker.shortened(URL), tracker.pixel(), "/missing")) {
      Answered answer = tracker.get(path);
      assertThat(answer.headers()).doesNotContainKey("set-cookie");
      assertThat(answer.header("cache-control").orElseThrow()).contains("no-store", "no-cache");
      assertThat(answer.header("referrer-policy")).contains("no-referrer");
    }
  }

  @Test
  void a_token_that_is_not_ours_is_a_404_without_a_redirect_and_without_an_event() {
    String path = tracker.standard(URL);
    for (int i = "/l/".length(); i < path.length(); i++) {
      for (int bit = 0; bit < 7; bit++) {
        var flipped = new StringBuilder(path);
        flipped.setCharAt(i, (char) (path.charAt(i) ^ 1 << bit));
        Answered answer = tracker.get(flipped.toString());
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.headers()).doesNotContainKey("location");
      }
    }
    assertThat(tracker.told.take()).isEmpty();
  }

  @Test
  void a_link_that_does_not_exist_answers_like_one_that_is_forged() {
    Answered forged = tracker.get("/l/forged");
    for (String path : List.of("/", "/0123456789", "/l/", "/v1/track/click/x", "/favicon.ico")) {
      assertThat(tracker.get(path)).isEqualTo(forged);
    }
  }

  @Test
  void a_link_works_years_later_and_after_two_rotations_of_the_key() {
    String standard = tracker.standard(URL);
    String shortened = tracker.shortened(URL);
    tracker.keys = tracker.keys.rotated(Tracker.key(2)).rotated(Tracker.key(3));
    tracker.clock.advance(Duration.ofDays(3_650));
    assertThat(tracker.get(standard).header("location")).contains(URL);
    assertThat(tracker.get(shortened).header("location")).contains(URL);
  }

  @Test
  void who_clicked_arrives_even_when_the_click_cannot_be_told() {
    tracker.telling =
        _ -> {
          throw new IllegalStateException("the queue is away");
        };
    assertThat(tracker.get(tracker.standard(URL)).header("location")).contains(URL);
    assertThat(tracker.get(tracker.pixel()).status()).isEqualTo(200);
    assertThat(tracker.logged.toString(StandardCharsets.UTF_8))
        .contains("tracking.lost", Tracker.MESSAGE.value())
        .doesNotContain("acme.example");
  }

  @Test
  void a_short_link_that_cannot_be_looked_up_is_to_be_tried_again() {
    tracker.looked =
        new ShortLinks() {
          @Override
          public boolean put(ShortKey key, TrackedLink link) {
            return false;
          }

          @Override
          public Optional<TrackedLink> find(ShortKey key) {
            throw new IllegalStateException("the table is away");
          }
        };
    Answered answer = tracker.get(tracker.shortened(URL));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("retry-after")).isPresent();
    assertThat(tracker.get(tracker.standard(URL)).status()).as("needs no table").isEqualTo(302);
  }

  @Test
  void a_head_request_gets_the_headers_alone_and_counts_as_a_machines() {
    for (String path : List.of(tracker.standard(URL), tracker.pixel())) {
      Answered get = tracker.get(path);
      tracker.told.take();
      Answered head = tracker.ask("HEAD", path, "", Map.of("user-agent", Tracker.SAFARI));
      assertThat(head.status()).isEqualTo(get.status());
      assertThat(head.headers()).isEqualTo(get.headers());
      assertThat(head.body()).isEmpty();
      assertThat(tracker.told.take().getFirst().visitor())
          .isEqualTo(new Visitor.Automaton(MachineSign.HEAD_REQUEST));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Purpose, prefetch;prerender, PREFETCH",
    "User-Agent, Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots), LINK_PREVIEW",
    "User-Agent, Mozilla/5.0, MAIL_PRIVACY"
  })
  void a_machine_is_redirected_as_anyone_and_told_with_a_flag(
      String header, String value, MachineSign sign) {
    var sent = new HashMap<>(Map.of("User-Agent", Tracker.SAFARI));
    sent.put(header, value);
    assertThat(tracker.ask("GET", tracker.standard(URL), "", sent).header("location"))
        .contains(URL);
    assertThat(tracker.told.take().getFirst().visitor()).isEqualTo(new Visitor.Automaton(sign));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
  void links_are_followed_and_not_written_to(String method) {
    Answered answer = tracker.ask(method, tracker.standard(URL), "", Map.of());
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("allow")).contains("GET, HEAD");
    assertThat(answer.headers()).doesNotContainKey("location");
    assertThat(tracker.told.take()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/_a_path_of_the_api", "/users", "/123456789", "/01234567890"})
  void who_writes_to_what_can_be_no_link_hears_it_as_of_the_api(String path) {
    Answered answer = tracker.ask("PUT", path, "", Map.of());
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("content-type")).contains("application/json; charset=utf-8");
    assertThat(answer.header("x-request-id")).isPresent();
    assertThat(answer.body()).contains("\"code\":\"route_missing\"", "\"status\":404");
  }

  @Test
  void the_token_of_a_pixel_is_no_link_and_that_of_a_link_no_pixel() {
    String mail = tracker.pixel().replace("/o/", "/l/").replace(".png", "");
    assertThat(tracker.get(mail).status()).isEqualTo(404);
    String link = tracker.standard(URL).replace("/l/", "/o/") + ".png";
    assertThat(tracker.get(link).status()).isEqualTo(200);
    assertThat(tracker.told.take()).isEmpty();
  }

  @Test
  void loading_the_pixel_registers_an_open_of_its_message() {
    Answered answer = tracker.get(tracker.pixel());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).contains("image/png");
    var told = tracker.told.take();
    assertThat(told).hasSize(1);
    assertThat(told.getFirst().subject())
        .isEqualTo(new TrackedMail(Tracker.ENVIRONMENT, Tracker.MESSAGE));
  }

  @Test
  void the_pixel_is_a_1x1_transparent_png_and_the_second_products_a_gif() throws IOException {
    String token = tracker.pixel().substring("/o/".length()).replace(".png", "");
    for (String path : List.of(tracker.pixel(), "/v1/track/open/" + token)) {
      Answered answer = tracker.get(path);
      assertThat(answer.base64()).isTrue();
      byte[] bytes = Base64.getDecoder().decode(answer.body());
      assertThat(new String(bytes, 0, 4, StandardCharsets.ISO_8859_1))
          .isEqualTo(path.endsWith(".png") ? "\u0089PNG" : "GIF8");
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
      assertThat(image.getWidth()).isOne();
      assertThat(image.getHeight()).isOne();
      assertThat(image.getRGB(0, 0) >>> 24).isZero();
    }
  }

  @Test
  void the_open_pixel_of_the_second_product_always_answers_200_with_the_gif() {
    Answered good =
        tracker.get(tracker.pixel().replace("/o/", "/v1/track/open/").replace(".png", ""));
    assertThat(tracker.told.take()).hasSize(1);
    for (String id : List.of("", "x", Tracker.MESSAGE.value(), "..%2f..", "a/b", "🎉")) {
      assertThat(tracker.get("/v1/track/open/" + id)).isEqualTo(good);
    }
    assertThat(tracker.told.take()).isEmpty();
    assertThat(good.status()).isEqualTo(200);
    assertThat(good.header("content-type")).contains("image/gif");
    assertThat(good.header("cache-control").orElseThrow()).contains("no-cache");
    assertThat(good.header("pragma")).contains("no-cache");
    assertThat(good.header("expires")).contains("0");
  }

  @Test
  void a_click_of_the_second_product_finds_its_target_from_the_tracking_id() {
    String id = tracker.standard(URL).substring("/l/".length());
    assertThat(tracker.get("/v1/track/click/" + id).header("location")).contains(URL);
    assertThat(tracker.get("/v1/track/click/" + id, "url=" + encoded("https://evil.example/")))
        .extracting(answer -> answer.header("location").orElseThrow())
        .isEqualTo(URL);
    assertThat(tracker.told.take()).hasSize(2);
  }

  @Test
  void the_url_of_broadcast_mode_works_only_when_the_tracking_id_was_made_for_it() {
    String id = tracker.tokens().sealBeside(tracker.link(URL));
    Answered answer = tracker.get("/v1/track/click/" + id, "url=" + encoded(URL));
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("location")).contains(URL);
    assertThat(tracker.told.take()).hasSize(1);
    for (String query :
        List.of(
            "",
            "url=",
            "url=" + encoded("https://evil.example/"),
            "url=" + encoded(URL) + "&url=" + encoded(URL),
            "url=%",
            "url=%ff",
            "URL=" + encoded(URL))) {
      assertThat(tracker.get("/v1/track/click/" + id, query).status()).as(query).isEqualTo(404);
    }
    assertThat(tracker.get("/l/" + id, "url=" + encoded(URL)).status()).isEqualTo(404);
    assertThat(tracker.told.take()).isEmpty();
  }

  @Test
  void a_click_carries_user_agent_address_and_referer() {
    tracker.ask(
        "GET",
        tracker.standard(URL),
        "",
        Map.of("User-Agent", Tracker.SAFARI, "Referer", "https://mail.example/"));
    var told = tracker.told.take().getFirst();
    assertThat(told.userAgent()).contains(Tracker.SAFARI);
    assertThat(told.referer()).contains("https://mail.example/");
    assertThat(told.address()).contains("203.0.113.9");
  }

  @Test
  void two_clicks_are_two_events() {
    tracker.get(tracker.standard(URL));
    tracker.get(tracker.standard(URL));
    assertThat(tracker.told.take())
        .extracting(TrackingEvent::id)
        .doesNotHaveDuplicates()
        .hasSize(2);
  }

  @Test
  void what_is_no_event_of_the_gateway_is_a_mistake_in_the_wiring() {
    assertThatThrownBy(
            () -> TrackingCall.of(new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
