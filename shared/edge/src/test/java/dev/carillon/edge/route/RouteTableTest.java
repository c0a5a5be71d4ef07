package dev.carillon.edge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carillon.edge.access.Access;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTableTest {
  private final RouteTable<String> table =
      table(
          "GET /v1/messages",
          "GET /v1/messages/{id}",
          "PUT /v1/messages/{id}/seen",
          "GET /v1/messages/{id}/content",
          "GET /v1/messages/batch/content",
          "GET /v1/users/{id}/{what}",
          "GET /v1/users/{id}/feeds",
          "GET /v1/{anything}/me/feeds");

  @Test
  void a_call_takes_the_route_of_its_method_and_path() {
    assertThat(taken("GET", "/v1/messages")).isEqualTo("GET /v1/messages");
    assertThat(taken("GET", "/v1/messages/7")).isEqualTo("GET /v1/messages/{id}");
    assertThat(taken("PUT", "/v1/messages/7/seen")).isEqualTo("PUT /v1/messages/{id}/seen");
  }

  @Test
  void a_literal_wins_over_a_parameter_from_the_left() {
    assertThat(taken("GET", "/v1/messages/batch/content"))
        .isEqualTo("GET /v1/messages/batch/content");
    assertThat(taken("GET", "/v1/messages/7/content")).isEqualTo("GET /v1/messages/{id}/content");
    assertThat(taken("GET", "/v1/users/me/feeds")).isEqualTo("GET /v1/users/{id}/feeds");
    assertThat(taken("GET", "/v1/users/me/else")).isEqualTo("GET /v1/users/{id}/{what}");
    assertThat(taken("GET", "/v1/objects/me/feeds")).isEqualTo("GET /v1/{anything}/me/feeds");
  }

  @Test
  void any_number_of_routes_is_put_in_order() {
    var paths = new ArrayList<String>();
    for (var first : List.of("users", "objects", "{anything}", "tenants")) {
      for (var second : List.of("{id}", "bulk", "me", "them")) {
        for (var third : List.of("messages", "{what}", "feeds")) {
          paths.add("GET /v1/" + first + "/" + second + "/" + third);
          paths.add("GET /v1/" + second + "/" + first + "/x/" + third + "/" + second + "y");
        }
        paths.add("GET /v1/" + first + "/" + second);
      }
    }
    for (int turn = 0; turn < paths.size(); turn++) {
      Collections.rotate(paths, 1);
      var table = table(paths.toArray(String[]::new));
      assertThat(table.match("GET", "/v1/users/me/messages").orElseThrow().target())
          .isEqualTo("GET /v1/users/me/messages");
      assertThat(table.match("GET", "/v1/users/7/messages").orElseThrow().target())
          .isEqualTo("GET /v1/users/{id}/messages");
      assertThat(table.match("GET", "/v1/else/7/feeds").orElseThrow().target())
          .isEqualTo("GET /v1/{anything}/{id}/feeds");
    }
  }

  @Test
  void a_literal_of_another_method_hides_nothing() {
    assertThat(taken("PUT", "/v1/messages/batch/seen")).isEqualTo("PUT /v1/messages/{id}/seen");
  }

  @Test
  void what_no_route_takes_is_nothing() {
    for (var call :
        List.of(
            "DELETE /v1/messages",
            "get /v1/messages",
            "GET /v1/messages/",
            "GET /v1/messages//content",
            "GET //v1/messages",
            "GET v1/messages",
            "GET /v1/messages/7/content/",
            "GET /",
            "GET ")) {
      String[] parts = call.split(" ", 2);
      assertThat(table.match(parts[0], parts[1])).as(call).isEmpty();
    }
  }

  @Test
  void a_parameter_is_one_segment_whatever_is_in_it() {
    for (var id : List.of("7", "a b", "a+b", "%2F", "👩‍🚀", "..", "{id}", "x".repeat(10_000))) {
      assertThat(table.match("GET", "/v1/messages/" + id).orElseThrow().parameters())
          .isEqualTo(Map.of("id", id));
    }
    assertThat(table.match("GET", "/v1/users/ann/logs").orElseThrow().parameters())
        .isEqualTo(Map.of("id", "ann", "what", "logs"));
  }

  @Test
  void two_routes_that_take_the_same_calls_are_a_mistake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table("GET /v1/users/{id}", "GET /v1/users/{user_id}"))
        .withMessage("Two answers for GET /v1/users/{user_id}");
    assertThat(table("GET /v1/users/{id}", "PUT /v1/users/{user_id}")).isNotNull();
  }

  @Test
  void a_template_is_checked_when_it_is_written() {
    for (var text : List.of("v1/users", "/v1//users", "/v1/users/", "/v1/{id}/{id}", "")) {
      assertThatIllegalArgumentException().as(text).isThrownBy(() -> PathTemplate.of(text));
    }
    var template = PathTemplate.of("/v1/objects/{collection}/{id}");
    assertThat(template.parameters()).containsExactly("collection", "id");
    assertThat(template).hasToString("/v1/objects/{collection}/{id}");
  }

  private String taken(String method, String path) {
    return table.match(method, path).orElseThrow().target();
  }

  private static RouteTable<String> table(String... keys) {
    return new RouteTable<>(
        Arrays.stream(keys)
            .map(
                key -> {
                  String[] parts = key.split(" ", 2);
                  return new RouteTable.Entry<>(
                      new RouteDeclaration(
                          HttpMethod.valueOf(parts[0]),
                          PathTemplate.of(parts[1]),
                          Access.SECRET_KEY),
                      key);
                })
            .toList());
  }
}
