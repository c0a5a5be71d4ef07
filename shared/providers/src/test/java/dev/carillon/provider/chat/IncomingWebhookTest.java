package dev.carillon.provider.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncomingWebhookTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.chat.example/a/b?c=d",
        "https://HOOKS.chat.example/a",
        "https://hooks.chat.example:443/a",
        " https://hooks.chat.example/a "
      })
  void a_url_of_the_product_leads_there(String url) {
    assertThat(of(url)).isEqualTo(new IncomingWebhook.To(url.strip()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hooks.chat.example",
        "http://hooks.chat.example/a",
        "https://evil.example/a",
        "https://evil.example/hooks.chat.example",
        "https://hooks.chat.example.evil.example/a",
        "https://hooks.chat.example@evil.example/a",
        "https://me@hooks.chat.example/a",
        "https://hooks.chat.example:8443/a",
        "https://hooks.chat.example/a#b",
        "https://hooks.chat.example/a b",
        "https://127.0.0.1/a",
        "javascript:alert(1)"
      })
  void any_other_leads_nowhere(String url) {
    assertThat(of(url)).isEqualTo(new IncomingWebhook.Elsewhere());
  }

  @Test
  void a_connection_to_a_conversation_has_none() {
    assertThat(IncomingWebhook.of(Json.object().with("channel_id", "C1"), _ -> true))
        .isEqualTo(new IncomingWebhook.None());
  }

  private static IncomingWebhook of(String url) {
    return IncomingWebhook.of(
        Json.object().with("incoming_webhook", Json.object().with("url", url)),
        Set.of("hooks.chat.example")::contains);
  }
}
