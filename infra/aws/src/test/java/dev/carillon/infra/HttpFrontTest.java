package dev.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.edge.CallbackPath;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpFrontTest {
  private final Synthesized stack = Synthesized.DEFAULTS;

  @Test
  void every_route_leads_to_the_function_that_answers_it() {
    var routes = stack.routesByFunction();
    assertThat(routes)
        .containsOnlyKeys(
            "Intake", "Feeds", "Management", "Tracking", "Api", "Callbacks", "Delivery");
    assertThat(routes.get("Intake"))
        .containsExactlyInAnyOrder(
            "POST /v1/workflows/{key}/trigger",
            "POST /v1/workflows/{key}/cancel",
            "POST /v1/notify",
            "POST /v1/notify/cancel",
            "POST /integrations/receive/{id}");
    assertThat(routes.get("Feeds"))
        .containsExactlyInAnyOrder(
            "GET /v1/users/{id}/feeds/{channel}", "GET /v1/users/{id}/feeds/{channel}/settings");
    assertThat(routes.get("Tracking"))
        .containsExactlyInAnyOrder(
            "ANY /l/{token}",
            "ANY /o/{token}",
            "ANY /{key}",
            "ANY /v1/track/click/{token}",
            "ANY /v1/track/open/{token+}");
    assertThat(routes.get("Api")).containsExactly("$default");
    assertThat(routes.get("Delivery"))
        .containsExactlyInAnyOrder(
            "POST /v1/channels/{channel}/test",
            "GET /v1/providers/{provider}/{channel}/auth_check",
            "GET /v1/providers/{provider}/{channel}/channels",
            "GET /v1/providers/{provider}/{channel}/teams",
            "PUT /v1/providers/{provider}/{channel}/revoke_access",
            "GET /providers/{provider}/authenticate");
    assertThat(routes.get("Callbacks")).containsExactly("ANY " + CallbackPath.ROUTE);
  }

  @Test
  void a_browser_may_send_its_keys_and_mark_messages() {
    var api = stack.api("HTTP");
    assertThat(Tree.texts(api.at("CorsConfiguration", "AllowHeaders")))
        .contains("Authorization", "X-Knock-User-Token", "X-Knock-Client", "Content-Type");
    assertThat(Tree.texts(api.at("CorsConfiguration", "AllowMethods")))
        .isEqualTo(List.of("GET", "POST", "PUT", "DELETE"));
  }

  @Test
  void a_page_sees_when_to_come_again_and_which_call_failed() {
    assertThat(Tree.texts(stack.api("HTTP").at("CorsConfiguration", "ExposeHeaders")))
        .containsExactly("Retry-After", "x-request-id");
  }

  @Test
  void the_log_of_requests_holds_neither_headers_nor_query_strings_nor_addresses() {
    assertThat(Tree.text(stack.stage("$default").at("AccessLogSettings", "Format")))
        .contains("$context.requestId")
        .doesNotContain("header", "query", "path", "sourceIp", "authorizer");
  }
}
