package dev.carillon.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.local.template.StackTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HttpApiRoutesTest {
  private final HttpApiRoutes routes =
      new HttpApiRoutes(
          Stream.of(
                  "GET /v1/users/{id}",
                  "ANY /v1/users/{id}",
                  "GET /v1/users/me",
                  "GET /v1/{rest+}",
                  "GET /v1/users/{id}/feeds/{channel}",
                  "$default")
              .map(key -> new StackTemplate.Route(key, key, key))
              .toList());

  @Test
  void the_most_specific_route_wins() {
    assertThat(route("GET", "/v1/users/me")).contains("GET /v1/users/me");
    assertThat(route("GET", "/v1/users/you")).contains("GET /v1/users/{id}");
    assertThat(route("PUT", "/v1/users/me")).contains("ANY /v1/users/{id}");
    assertThat(route("GET", "/v1/users/you/feeds/f"))
        .contains("GET /v1/users/{id}/feeds/{channel}");
    assertThat(route("GET", "/v1/users/you/else")).contains("GET /v1/{rest+}");
    assertThat(route("POST", "/other")).contains("$default");
  }

  @Test
  void variables_get_what_stands_in_their_place() {
    assertThat(routes.match("GET", "/v1/users/Zoë 🎈/feeds/in-app").orElseThrow().parameters())
        .isEqualTo(Map.of("id", "Zoë 🎈", "channel", "in-app"));
    assertThat(routes.match("GET", "/v1/a/b/c").orElseThrow().parameters())
        .isEqualTo(Map.of("rest", "a/b/c"));
  }

  @Test
  void an_empty_segment_is_no_variable() {
    assertThat(route("PUT", "/v1/users/")).contains("$default");
  }

  @Test
  void without_a_default_an_unknown_path_has_no_route() {
    assertThat(
            new HttpApiRoutes(List.of(new StackTemplate.Route("GET /a", "f", "f")))
                .match("GET", "/b"))
        .isEmpty();
  }

  private Optional<String> route(String method, String path) {
    return routes.match(method, path).map(match -> match.route().key());
  }
}
