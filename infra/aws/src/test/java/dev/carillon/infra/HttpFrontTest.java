package dev.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HttpFrontTest {
  private final Synthesized stack = Synthesized.DEFAULTS;

  @Test
  void every_route_leads_to_the_function_that_answers_it() {
    var integrations = stack.all("AWS::ApiGatewayV2::Integration");
    var routes =
        stack.all("AWS::ApiGatewayV2::Route").values().stream()
            .collect(
                Collectors.groupingBy(
                    route -> {
                      var id =
                          Tree.target(Tree.text(route.at("Target")).replace("integrations/", ""));
                      return Tree.target(integrations.get(id).at("IntegrationUri"))
                          .replaceAll("Alias.*", "");
                    },
                    Collectors.mapping(
                        route -> Tree.text(route.at("RouteKey")), Collectors.toList())));
    assertThat(routes).containsOnlyKeys("Intake", "Feeds", "Api");
    assertThat(routes.get("Intake"))
        .containsExactlyInAnyOrder(
            "POST /v1/workflows/{key}/trigger",
            "POST /v1/workflows/{key}/cancel",
            "POST /v1/notify",
            "POST /v1/notify/cancel");
    assertThat(routes.get("Feeds")).containsExactly("GET /v1/users/{id}/feeds/{channel}");
    assertThat(routes.get("Api"))
        .containsExactlyInAnyOrder(
            "GET /v1/users/{id}",
            "PUT /v1/users/{id}",
            "GET /v1/messages",
            "GET /v1/messages/{id}",
            "GET /v1/messages/{id}/activities",
            "GET /v1/messages/{id}/content",
            "GET /v1/messages/{id}/delivery_logs",
            "GET /v1/messages/{id}/events",
            "PUT /v1/messages/{id}/seen",
            "PUT /v1/messages/{id}/read",
            "PUT /v1/messages/{id}/archived",
            "PUT /v1/messages/{id}/interacted",
            "DELETE /v1/messages/{id}/seen",
            "DELETE /v1/messages/{id}/read",
            "DELETE /v1/messages/{id}/archived",
            "GET /v1/schedules",
            "POST /v1/schedules",
            "PUT /v1/schedules",
            "DELETE /v1/schedules",
            "GET /v1/users/{id}/schedules",
            "GET /v1/objects/{collection}/{id}/schedules",
            "PUT /v1/workflows/{key}/activate",
            "GET /v1/workflow_recipient_runs",
            "GET /v1/workflow_recipient_runs/{id}",
            "GET /v1/explain",
            "GET /v1/waiting",
            "POST /v1/waiting/{id}/cancel",
            "POST /v1/waiting/{id}/send_now",
            "POST /v1/waiting/{id}/flush",
            "GET /v1/audit",
            "$default");
  }

  @Test
  void a_browser_may_send_its_keys_but_cannot_trigger_a_workflow() {
    var api = stack.only("AWS::ApiGatewayV2::Api");
    assertThat(Tree.texts(api.at("CorsConfiguration", "AllowHeaders")))
        .contains("Authorization", "X-Knock-User-Token", "X-Knock-Client", "Content-Type");
    assertThat(Tree.texts(api.at("CorsConfiguration", "AllowMethods")))
        .isEqualTo(List.of("GET", "PUT", "DELETE"));
  }

  @Test
  void the_log_of_requests_holds_neither_headers_nor_query_strings_nor_addresses() {
    assertThat(Tree.text(stack.only("AWS::ApiGatewayV2::Stage").at("AccessLogSettings", "Format")))
        .contains("$context.requestId")
        .doesNotContain("header", "query", "path", "sourceIp", "authorizer");
  }
}
