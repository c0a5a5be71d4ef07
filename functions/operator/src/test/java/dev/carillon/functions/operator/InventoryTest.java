package dev.carillon.functions.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InventoryTest {
  private final Bench bench = new Bench();

  @Test
  void a_deployment_that_was_never_seeded_has_no_environment() {
    assertThat(JsonText.write(inventory())).isEqualTo("{\"environments\":[]}");
  }

  @Test
  void an_environment_tells_of_its_keys_channels_and_workflows_and_what_a_provider_still_needs() {
    bench.ask(
        """
        {"action": "seed", "environment": {"slug": "local"}, "keys": [{"kind": "secret"}],
         "channels": [{"key": "mail", "type": "email", "provider": "email_sendgrid"},
                      {"key": "feed", "type": "in_app_feed"}]}
        """);
    assertThat(JsonText.write(environment()))
        .contains("\"slug\":\"local\"", "\"secret_key\":true", "\"workflows\":0")
        .contains(
            "\"key\":\"mail\",\"provider\":\"email_sendgrid\",\"missing_credentials\":[\"api_key\"]")
        .contains("\"key\":\"feed\"", "\"missing_credentials\":[]");

    bench.ask(
        """
        {"action": "channel_credentials", "environment": "local", "channel": "mail",
         "credentials": {"api_key": "SG.secret"}}
        """);
    bench.push(
        Map.of(
            "workflows/a/workflow.json",
            """
            {"name": "A", "steps": [{"type": "delay", "ref": "delay_1",
              "settings": {"delay_for": {"unit": "days", "value": 1}}}]}
            """));
    assertThat(JsonText.write(environment()))
        .contains("\"workflows\":1")
        .doesNotContain("api_key", "SG.secret");
  }

  @Test
  void an_environment_without_keys_says_so() {
    bench.ask("{\"action\": \"seed\", \"environment\": {\"slug\": \"local\"}}");
    assertThat(environment().get("secret_key")).contains(Json.FALSE);
  }

  private Json.Obj environment() {
    return (Json.Obj) inventory().list("environments").getFirst();
  }

  private Json.Obj inventory() {
    return bench.ask("{\"action\": \"inventory\"}");
  }
}
