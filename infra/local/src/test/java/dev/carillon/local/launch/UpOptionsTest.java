package dev.carillon.local.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.local.egress.ProviderRoutes;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpOptionsTest {
  @TempDir Path folder;

  @Test
  void without_any_the_stack_is_in_memory_on_port_8080() {
    var options = UpOptions.parse(List.of());

    assertThat(options.port()).isEqualTo(8080);
    assertThat(options.data()).isEmpty();
    assertThat(options.workflows()).isEmpty();
    assertThat(options.allowedHosts()).isEmpty();
  }

  @Test
  void each_may_be_given_in_two_words_or_one() {
    var options =
        UpOptions.parse(
            List.of(
                "--port=0",
                "--data",
                folder.toString(),
                "--workflows=" + folder,
                "--allow-host",
                "localhost:9000",
                "--allow-host=[::1]:9001",
                "--allow-origin",
                "https://app.example",
                "--provider",
                "push_expo=live",
                "--provider=sms_twilio=http://127.0.0.1:9002"));

    assertThat(options.port()).isZero();
    assertThat(options.data()).contains(folder);
    assertThat(options.workflows()).contains(folder);
    assertThat(options.allowedHosts()).containsExactly("localhost:9000", "[::1]:9001");
    assertThat(options.allowedOrigins()).containsExactly("https://app.example");
    assertThat(options.providers().routes())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "push_expo",
                new ProviderRoutes.Route.Live(),
                "sms_twilio",
                new ProviderRoutes.Route.To(URI.create("http://127.0.0.1:9002"))));
  }

  @Test
  void what_cannot_be_obeyed_is_refused_in_one_sentence() {
    for (var arguments :
        List.of(
            List.of("--prot", "1"),
            List.of("--port"),
            List.of("--port", "http"),
            List.of("--port", "70000"),
            List.of("--workflows", folder.resolve("none").toString()),
            List.of("--allow-host", "localhost"),
            List.of("--provider", "sms_twilio"),
            List.of("--provider", "sms_pigeon=live"),
            List.of("--provider", "email_smtp=http://127.0.0.1:25"),
            List.of("--provider", "http_carillon_webhook=http://127.0.0.1:80"),
            List.of("--allow-origin", "app.example"))) {
      assertThatThrownBy(() -> UpOptions.parse(arguments))
          .as(arguments.toString())
          .isInstanceOf(UpOptions.Refused.class)
          .hasMessageEndingWith(".");
    }
  }
}
