package dev.carillon.testing.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.InvocationJson;
import dev.carillon.testing.scenarios.GuideEngine;
import dev.carillon.testing.scenarios.Scenarios;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Secret variables in a webhook's request: the receiver gets them, and nobody who looks at it. */
class WebhookSecretsTest {
  private final GuideEngine scene = GuideEngine.open();

  @Test
  void a_secret_reaches_the_receiver_and_is_masked_in_content_and_delivery_logs() {
    scene.engine.push(
        Map.of("variables.json", "{\"key\": {\"type\": \"secret\", \"value\": \"hush\"}}"));
    scene.workflow(
        "flow",
        """
        {'type': 'channel', 'ref': 'http_1', 'channel_type': 'http', 'channel_key': 'webhook',
         'template': {'method': 'post', 'url': 'https://hooks.example/{{vars.key}}',
           'headers': [{'key': 'Authorization', 'value': 'Bearer {{vars.key}}'}],
           'body': '{\\"key\\": {{json vars.key}}}'}}\
        """);
    scene.trigger("flow", "{'recipients': [{'id': 'elmo', 'name': 'Elmo'}]}");

    var sent = InvocationJson.of(scene.engine.webhook().accepted().getFirst().words());
    assertThat(sent).contains("Bearer hush", "hooks.example/hush");
    String message = Scenarios.messages(scene.engine, _ -> true).getFirst().id().value();
    for (String view : new String[] {"content", "delivery_logs"}) {
      String shown =
          InvocationJson.of(
              scene.engine.call(Call.get("/v1/messages/" + message + "/" + view)).body());
      assertThat(shown).contains("Bearer [secret]").doesNotContain("hush");
    }
    assertThat(
            InvocationJson.of(
                scene.engine.call(Call.get("/v1/messages/" + message + "/delivery_logs")).body()))
        .contains("\"path\":\"/%5Bsecret%5D\"");
  }
}
