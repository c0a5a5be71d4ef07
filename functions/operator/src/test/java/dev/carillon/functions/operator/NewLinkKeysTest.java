package dev.carillon.functions.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.memory.events.EventPayloads;
import dev.carillon.tracking.link.KeyRing;
import dev.carillon.tracking.link.LinkKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NewLinkKeysTest {
  private final Bench bench = new Bench();

  @Test
  void seeding_makes_the_first_key_and_seeding_again_none() throws IOException {
    bench.ask(EventPayloads.read("operator-seed"));
    LinkKey first = bench.ports.linkKeys().current();
    bench.ask(EventPayloads.read("operator-seed"));
    assertThat(bench.ports.linkKeys().current()).isSameAs(first);
  }

  @Test
  void a_push_makes_the_key_of_a_deployment_that_was_seeded_without() {
    bench.push(Map.of());
    assertThat(bench.ports.linkKeys().current().id()).isEqualTo(1);
  }

  @Test
  void a_rotation_signs_with_a_new_key_and_keeps_the_old_ones() throws IOException {
    bench.ask(EventPayloads.read("operator-seed"));
    for (int id = 2; id <= 3; id++) {
      assertThat(bench.ask(EventPayloads.read("operator-rotate-link-key")).get("link_key"))
          .contains(Json.of(id));
    }
    assertThat(bench.ports.linkKeys().current().id()).isEqualTo(3);
    assertThat(bench.ports.linkKeys().find(1)).isPresent();
    assertThat(bench.ports.linkKeys().find(2)).isPresent();
  }

  @Test
  void an_answer_never_holds_a_key() throws IOException {
    bench.ask(EventPayloads.read("operator-seed"));
    assertThat(bench.ask(EventPayloads.read("operator-rotate-link-key")).fields())
        .containsOnlyKeys("link_key");
  }

  @Test
  void what_is_stored_is_read_back() {
    var ring =
        KeyRing.of(new LinkKey(1, new byte[32]))
            .rotated(new LinkKey(2, "x".repeat(32).getBytes(StandardCharsets.US_ASCII)));
    KeyRing again = KeyRing.read(ring.json());
    assertThat(again.current().id()).isEqualTo(2);
    assertThat(again.find(1)).isPresent();
    assertThat(again.json()).isEqualTo(ring.json());
  }
}
