package dev.carillon.functions.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.json.Json;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChannelCredentialsTest {
  private final Bench bench = new Bench();

  @BeforeEach
  void a_channel() {
    bench.ask(
        """
        {"action": "seed", "environment": {"slug": "local"},
         "channels": [{"key": "mail", "type": "email", "provider": "email_sendgrid"},
                      {"key": "feed", "type": "in_app_feed"}]}
        """);
  }

  @Test
  void credentials_are_kept_apart_from_the_channel_and_only_their_names_are_answered() {
    Json.Obj answer = set("mail", "{\"api_key\": \"SG.secret\"}");

    assertThat(answer.toString()).contains("api_key").doesNotContain("SG.secret");
    assertThat(kept()).isEqualTo(Json.object().with("api_key", "SG.secret"));
    assertThat(bench.channels.all(Bench.LOCAL).toString()).doesNotContain("SG.secret");
  }

  @Test
  void they_replace_those_there_were_and_the_channel_may_be_named_by_its_id() {
    set("mail", "{\"api_key\": \"SG.first\"}");
    set(mail().id().toString(), "{\"api_key\": \"SG.second\"}");

    assertThat(kept()).isEqualTo(Json.object().with("api_key", "SG.second"));
  }

  @Test
  void a_channel_is_configured_while_it_has_what_its_provider_needs() {
    assertThat(lacking()).containsExactly("api_key");
    set("mail", "{\"api_key\": \"SG.secret\"}");
    assertThat(lacking()).isEmpty();
    set("mail", "{}");
    assertThat(lacking()).containsExactly("api_key");
  }

  @Test
  void credentials_that_somebody_else_kept_are_found_when_the_channel_is_seeded() {
    bench
        .ports
        .channelCredentials()
        .put(Bench.LOCAL, mail().id(), Json.object().with("api_key", "SG.terraform"));
    assertThat(lacking()).containsExactly("api_key");
    a_channel();
    assertThat(lacking()).isEmpty();
  }

  private List<String> lacking() {
    return bench.channels.configured(Bench.LOCAL).lackedBy(mail());
  }

  @Test
  void what_is_not_a_credential_of_the_provider_is_refused_by_name() {
    assertThat(Bench.error(set("mail", "{\"token\": \"x\"}"), "field"))
        .isEqualTo("credentials.token");
    assertThat(Bench.error(set("feed", "{\"api_key\": \"x\"}"), "field"))
        .isEqualTo("credentials.api_key");
    assertThat(Bench.error(set("mail", "{\"api_key\": 7}"), "field"))
        .isEqualTo("credentials.api_key");
    assertThat(Bench.error(set("pigeons", "{}"), "field")).isEqualTo("channel");
    assertThat(kept()).isEqualTo(Json.Obj.EMPTY);
  }

  private Json.Obj set(String channel, String credentials) {
    return bench.ask(
        """
        {"action": "channel_credentials", "environment": "local", "channel": "%s",
         "credentials": %s}
        """
            .formatted(channel, credentials));
  }

  private Channel mail() {
    return bench.channels.all(Bench.LOCAL).stream()
        .filter(it -> it.key().equals("mail"))
        .findFirst()
        .orElseThrow();
  }

  private Json.Obj kept() {
    return bench.ports.channelCredentials().find(Bench.LOCAL, mail().id());
  }
}
