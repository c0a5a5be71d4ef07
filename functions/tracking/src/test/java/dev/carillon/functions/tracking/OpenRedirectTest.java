package dev.carillon.functions.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.tracking.Tracker.Answered;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nobody but who holds the key decides where a link leads. */
class OpenRedirectTest {
  private static final String URL = "https://acme.example/";

  private static final List<String> STARTS =
      List.of(
          "",
          "/",
          "//",
          "///",
          "////",
          "\\",
          "\\\\",
          "/\\",
          "\\/",
          "//\\",
          "/./",
          "/../",
          "/%2e/",
          "/%09/",
          "/%0a/",
          "/%0d%0a/",
          "%2f%2f",
          "%5c%5c",
          "%09//",
          "%20//",
          "./",
          "..//",
          ";//",
          "//;@",
          "https:",
          "https:/",
          "https://",
          "https:///",
          "https:\\\\",
          "hTTps://",
          "http://",
          "http:",
          "//https:",
          "https://acme.example@",
          "https://acme.example%40",
          "https://acme.example:443@",
          "https://acme.example\\@",
          "https://acme.example%2f@",
          "https://acme.example#@",
          "https://acme.example?@",
          "//acme.example@",
          "javascript://",
          "data:text/html,",
          "ftp://",
          "https://acme.example.",
          "/%0d%0aLocation:%20https://");

  private static final List<String> ENDS =
      List.of(
          "evil.example",
          "evil.example/",
          "evil.example/%2e%2e",
          "evil.example?acme.example",
          "evil.example#acme.example",
          "evil%E3%80%82example",
          "evil.example%00.acme.example",
          "[::ffff:203.0.113.1]",
          "3405803777");

  private static Set<String> payloads() {
    var payloads = new LinkedHashSet<String>();
    for (String start : STARTS) {
      for (String end : ENDS) {
        payloads.add(start + end);
      }
    }
    return payloads;
  }

  @Test
  void no_payload_in_any_place_redirects_elsewhere() {
    var tracker = new Tracker();
    String token = tracker.standard(URL).substring("/l/".length());
    String shortened = tracker.shortened(URL);
    String beside = tracker.tokens().sealBeside(tracker.link(URL));
    Set<String> payloads = payloads();
    assertThat(payloads).hasSizeGreaterThan(300);
    int asked = 0;
    for (String payload : payloads) {
      String once = URLEncoder.encode(payload, StandardCharsets.UTF_8);
      String twice = URLEncoder.encode(once, StandardCharsets.UTF_8);
      for (String text : List.of(payload, once, twice)) {
        for (String place : List.of("/", "/l/", "/o/", "/v1/track/click/", "/v1/track/open/")) {
          leadsNowhere(tracker.get(place + text), text);
          leadsNowhere(tracker.get(place + token.substring(0, 40) + text), text);
        }
        leadsNowhere(tracker.get("/l/" + token + "/" + text), text);
        leadsNowhere(tracker.get("/l/" + token + text), text);
        leadsNowhere(tracker.get("/v1/track/click/x", "url=" + text), text);
        leadsNowhere(tracker.get("/v1/track/click/", "url=" + text), text);
        leadsNowhere(tracker.get("/v1/track/click/" + beside, "url=" + text), text);
        leadsNowhere(tracker.get("/l/x", "url=" + text + "&next=" + text), text);
        for (String good : List.of("/l/" + token, "/v1/track/click/" + token, shortened)) {
          Answered answer = tracker.get(good, "url=" + text + "&redirect=" + text);
          assertThat(answer.header("location")).as(text).contains(URL);
        }
        asked += 19;
      }
    }
    assertThat(asked).isGreaterThan(20_000);
  }

  @Test
  void no_header_moves_a_redirect() {
    var tracker = new Tracker();
    for (String header :
        List.of(
            "Host", "X-Forwarded-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded", "Origin")) {
      var headers = Map.of("User-Agent", Tracker.SAFARI, header, "evil.example");
      assertThat(tracker.ask("GET", tracker.standard(URL), "", headers).header("location"))
          .contains(URL);
      leadsNowhere(tracker.ask("GET", "/l/x", "", headers), header);
    }
  }

  private static void leadsNowhere(Answered answer, String payload) {
    assertThat(answer.headers()).as(payload).doesNotContainKey("location");
    assertThat(answer.status()).as(payload).isIn(200, 404);
    assertThat(answer.body()).as(payload).doesNotContain("evil");
  }
}
