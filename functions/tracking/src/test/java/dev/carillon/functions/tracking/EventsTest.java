package dev.carillon.functions.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.tracking.Tracker.Answered;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.tracking.visitor.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plays each payload in {@code events} that is for this function through its handler. */
class EventsTest {
  private static final Path EVENTS = Path.of("..", "..", "events");
  private static final String URL = "https://acme.example/orders/7?utm_source=mail&x=%20#top";

  private static final String EXPECTED =
      """
      tracking-email-click, 302, person
      tracking-email-click-broadcast, 302, person
      tracking-email-click-elsewhere, 404, nobody
      tracking-email-open, 200, person
      tracking-link, 302, person
      tracking-link-by-slack, 302, link_preview
      tracking-link-forged, 404, nobody
      tracking-link-head, 302, head_request
      tracking-link-post, 405, nobody
      tracking-link-prefetched, 302, prefetch
      tracking-pixel, 200, person
      tracking-pixel-by-gmail, 200, image_proxy
      tracking-pixel-forged, 200, nobody
      tracking-short, 302, person
      tracking-short-unknown, 404, nobody
      """;

  private final Tracker tracker = new Tracker();

  @ParameterizedTest
  @CsvSource(textBlock = EXPECTED)
  void is_answered_and_told_as_expected(String event, int status, String who) throws IOException {
    tracker.shortened(URL);
    byte[] payload = Files.readAllBytes(EVENTS.resolve(event + ".json"));
    Answered answer = tracker.play((Json.Obj) JsonText.parse(payload));
    assertThat(answer.status()).isEqualTo(status);
    if (status == 302) {
      assertThat(answer.header("location").orElseThrow())
          .startsWith("https://acme.example/orders/7");
    }
    var told = tracker.told.take();
    assertThat(told.isEmpty() ? "nobody" : name(told.getFirst().visitor())).isEqualTo(who);
  }

  private static String name(Visitor visitor) {
    return switch (visitor) {
      case Visitor.Person() -> "person";
      case Visitor.Automaton(var sign) -> sign.wireName();
    };
  }

  @Test
  void no_payload_is_left_out() throws IOException {
    try (var files = Files.newDirectoryStream(EVENTS, "tracking-*.json")) {
      assertThat(files)
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .containsExactlyInAnyOrderElementsOf(
              EXPECTED.lines().map(line -> line.substring(0, line.indexOf(','))).toList());
    }
  }
}
