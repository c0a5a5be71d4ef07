package dev.carillon.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.local.template.StackTemplate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every route of the HTTP API is needed: each is asked once without a key, and again where there is
 * no route but {@code $default}, whose function then says that there is nothing at this path. A
 * route that is answered alike both times is unused, and is named. Whose routes should be there is
 * DeclaredRoutesTest's; those of the WebSocket API have a grant each, and are GrantsInUseTest's.
 */
class RoutesInUseTest {
  private static final String DEFAULT = "$default";
  private static final String MISSING = "route_missing";

  /** The same, where the path would be another call's if an id had slashes. */
  private static final String NO_OTHER_CALL = "there is no other call at this path";

  /** Whose paths nobody can make up: the function itself says so of this test's. */
  private static final Set<String> SEALED =
      Set.of(
          "ANY /v1/providers/callbacks/{channel}",
          "GET /providers/{provider}/authenticate",
          "POST /integrations/receive/{id}");

  @TempDir private Path folder;

  @Test
  void without_any_route_what_it_led_to_is_missing() throws Exception {
    var template = DeployedStack.template();
    var routes =
        template.apis().getFirst().routes().stream()
            .map(StackTemplate.Route::key)
            .filter(key -> !key.equals(DEFAULT))
            .toList();
    var answers = answers(template, routes);
    var alone =
        answers(
            MutatedTemplate.of(
                folder,
                mutated ->
                    mutated
                        .ids(
                            "AWS::ApiGatewayV2::Route",
                            route -> route.text("RouteKey").orElseThrow().contains(" "))
                        .forEach(mutated::remove)),
            routes);
    System.out.println("routes: " + routes.size());
    assertThat(answers)
        .as("routes that lead to nothing: take them out of ServicesStack, or name them in SEALED")
        .isNotEmpty()
        .allSatisfy(
            (route, answer) ->
                assertThat(answer.contains(MISSING)).as(route).isEqualTo(SEALED.contains(route)));
    assertThat(alone)
        .as("routes that $default would serve: take them out of ServicesStack")
        .allSatisfy(
            (route, answer) -> assertThat(answer).as(route).containsAnyOf(MISSING, NO_OTHER_CALL));
  }

  private static Map<String, String> answers(StackTemplate template, List<String> routes)
      throws Exception {
    var answers = new TreeMap<String, String>();
    try (var stack = DeployedStack.bare(template)) {
      for (var route : routes) {
        var method = route.substring(0, route.indexOf(' '));
        var answer =
            stack.send(
                "",
                method.equals("ANY") ? "GET" : method,
                route.substring(route.indexOf(' ') + 1).replaceAll("\\{[^}]*}", "x"),
                method.equals("POST") || method.equals("PUT") ? "{}" : "");
        answers.put(route, answer.statusCode() + " " + answer.body());
      }
    }
    return answers;
  }
}
