package dev.carillon.local.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.local.http.HttpApiRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoopbackOriginsTest {
  private final LoopbackOrigins origins = new LoopbackOrigins(8080, List.of("https://app.example"));

  @Test
  void programs_on_this_machine_are_welcome() {
    for (var host : List.of("localhost:8080", "127.0.0.1:8080", "[::1]:8080")) {
      assertThat(origins.refusalOfPages(request(Map.of("host", host)))).as(host).isEmpty();
    }
  }

  @Test
  void its_own_page_is_welcome() {
    assertThat(
            origins.refusalOfPages(
                request(Map.of("host", "localhost:8080", "origin", "http://localhost:8080"))))
        .isEmpty();
  }

  @Test
  void a_name_that_somebody_made_point_here_is_refused() {
    for (var host :
        List.of(
            "evil.example:8080",
            "localhost.evil.example:8080",
            "localhost:9090",
            "127.0.0.1",
            "localhost@evil.example:8080",
            "")) {
      assertThat(origins.refusalOfPages(request(Map.of("host", host)))).as(host).isPresent();
    }
    assertThat(origins.refusalOfPages(request(Map.of()))).isPresent();
  }

  @Test
  void a_page_elsewhere_is_refused() {
    for (var origin :
        List.of("https://evil.example", "null", "http://localhost:3000", "http://127.0.0.1:8080")) {
      assertThat(
              origins.refusalOfPages(request(Map.of("host", "localhost:8080", "origin", origin))))
          .as(origin)
          .isPresent();
    }
  }

  @Test
  void the_api_answers_pages_of_this_machine_and_those_it_was_told_of() {
    for (var origin :
        List.of("http://localhost:3000", "https://127.0.0.1:8443", "https://app.example")) {
      assertThat(origins.refusalOfApi(request(Map.of("host", "localhost:8080", "origin", origin))))
          .as(origin)
          .isEmpty();
    }
    assertThat(origins.refusalOfApi(request(Map.of("host", "127.0.0.1:8080")))).isEmpty();
  }

  @Test
  void the_api_refuses_pages_elsewhere_unless_all_are_allowed() {
    for (var origin :
        List.of("https://evil.example", "null", "http://localhost.evil.example", "file://")) {
      var asked = request(Map.of("host", "localhost:8080", "origin", origin));
      assertThat(origins.refusalOfApi(asked)).as(origin).isPresent();
      assertThat(new LoopbackOrigins(8080, List.of("*")).refusalOfApi(asked)).isEmpty();
    }
    // A name of its own that it has made point here: then the page is of the same origin.
    assertThat(origins.refusalOfApi(request(Map.of("host", "evil.example:8080")))).isPresent();
  }

  private static HttpApiRequest request(Map<String, String> headers) {
    var all = new HashMap<String, List<String>>();
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    return new HttpApiRequest(
        "POST", "/_local/advance", "", all, new byte[0], "127.0.0.1", "HTTP/1.1");
  }
}
