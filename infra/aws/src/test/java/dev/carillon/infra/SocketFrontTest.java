package dev.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SocketFrontTest {
  private final Synthesized stack = Synthesized.DEFAULTS;

  @Test
  void one_function_hears_of_connections_their_ends_and_all_that_is_said() {
    var integrations = stack.all("AWS::ApiGatewayV2::Integration");
    Map<String, String> functions =
        stack.routes("WEBSOCKET").stream()
            .collect(
                Collectors.toMap(
                    route -> Tree.text(route.at("RouteKey")),
                    route -> {
                      var target = Tree.text(route.at("Target")).replace("integrations/", "");
                      return Tree.text(integrations.get(Tree.target(target)).at("IntegrationUri"));
                    }));
    assertThat(functions).containsOnlyKeys("$connect", "$disconnect", "$default");
    assertThat(functions.values()).allMatch(uri -> uri.contains("SocketsAlias"));
    assertThat(
            stack.all("AWS::Lambda::Permission").values().stream()
                .map(permission -> Tree.text(permission.at("SourceArn")))
                .filter(route -> route.contains("Carillon-SocketApi"))
                .map(route -> route.substring(route.lastIndexOf('$'))))
        .hasSize(3)
        .allMatch(key -> functions.keySet().stream().anyMatch(key::contains));
  }

  @Test
  void what_the_function_answers_to_a_message_goes_back_on_the_socket() {
    var response = stack.only("AWS::ApiGatewayV2::RouteResponse");
    var route =
        stack.routes("WEBSOCKET").stream()
            .filter(it -> it.at("RouteKey").equals("$default"))
            .findFirst()
            .orElseThrow();
    assertThat(Tree.target(response.at("RouteId"))).isEqualTo(route.id());
  }

  @Test
  void broadcast_is_told_where_the_connections_are() {
    var url =
        Tree.text(stack.function("Broadcast").at("Environment", "Variables", "CONNECTIONS_URL"));
    assertThat(url)
        .startsWith("https://${Carillon-SocketApi}")
        .contains(".execute-api.")
        .endsWith("/live");
    assertThat(stack.stage("live").at("AutoDeploy")).isEqualTo(true);
  }
}
