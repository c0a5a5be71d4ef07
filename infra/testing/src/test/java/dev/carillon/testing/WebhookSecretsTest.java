package dev.carillon.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Secret variables in a webhook's request: the receiver gets them, and nobody who looks at it. */
class WebhookSecretsTest {
  private final GuideEngine scene = GuideEngine.open();

  @Test
  void a_secret_reaches_the_receiver_and_is_masked_in_content_and_delivery_logs() {
    scene.engine.push(
        Map.of("variables.json", "{\"key\": {\"type\": \"secret\", \"value\": \"hush-hush\"}}"));
    scene.workflow(
        "flow",
        """
        {'type': 'channel', 'ref': 'http_1', 'channel_type': 'http', 'channel_key': 'webhook',
         'template': {'method': 'post', 'url': 'https://hooks.example/{{vars.key}}',
           'headers': [{'key': 'Authorization', 'value': 'Bearer {{vars.key}}'}],
           'body': '{\\"key\\": {{json vars.key}}}'}}\
        """);
    scene.trigger("flow", "{'recipients': [{'id': 'elmo', 'name': 'Elmo'}]}");

    var sent = Text.of(scene.engine.webhook().accepted().getFirst().words());
    assertThat(sent).contains("Bearer hush-hush", "hooks.example/hush-hush");
    String message = Scenarios.messages(scene.engine, _ -> true).getFirst().id().value();
    for (String view : new String[] {"content", "delivery_logs"}) {
      String shown =
          Text.of(scene.engine.call(Call.get("/v1/messages/" + message + "/" + view)).body());
      assertThat(shown).contains("Bearer [secret]").doesNotContain("hush-hush");
    }
    assertThat(
            Text.of(
                scene.engine.call(Call.get("/v1/messages/" + message + "/delivery_logs")).body()))
        .contains("\"path\":\"/%5Bsecret%5D\"");
  }
}
