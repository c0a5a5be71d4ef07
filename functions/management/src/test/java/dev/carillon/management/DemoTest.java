package dev.carillon.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The project that the local stack begins with is taken whole. */
class DemoTest {
  private static final Path DEMO = Path.of("..", "..", "infra", "local", "demo");

  private final Bench bench = new Bench();

  @Test
  void the_demos_seed_gives_the_local_keys_and_channels() throws IOException {
    var answer = bench.ask(Files.readAllBytes(DEMO.resolve("seed.json")));

    assertThat(answer.get("error")).isEmpty();
    assertThat(answer.list("keys"))
        .extracting(key -> ((Json.Obj) key).text("key").orElseThrow())
        .containsExactly("sk_local", "pk_local");
    assertThat(bench.channels.all(Bench.LOCAL))
        .extracting(channel -> channel.key())
        .containsExactlyInAnyOrder("email", "feed", "webhook");
  }

  @Test
  void the_demos_project_is_accepted() {
    var answer = bench.push(Bench.directory(DEMO));

    assertThat(Bench.refused(answer)).isEmpty();
    assertThat(Bench.accepted(answer))
        .containsExactly("new-comment", "order-shipped", "password-reset");
    assertThat(bench.variables.open(Bench.LOCAL).get("order_webhook_token")).isEmpty();
  }

  @Test
  void the_address_of_the_webhook_can_be_given_with_the_push() {
    bench.push(
        Bench.directory(DEMO),
        Json.object().with("order_webhook_url", "http://127.0.0.1:9090/_local/sink"));

    assertThat(bench.variables.open(Bench.LOCAL).text("order_webhook_url"))
        .contains("http://127.0.0.1:9090/_local/sink");
  }
}
