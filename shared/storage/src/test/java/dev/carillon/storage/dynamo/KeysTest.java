package dev.carillon.storage.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.audience.Audiences.Member;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.storage.dynamo.recipient.RecipientKeys;
import dev.carillon.storage.dynamo.run.RunKeys;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeysTest {

  @Test
  void no_two_ids_give_one_part_and_none_holds_a_separator() {
    var random = new Random(3);
    var ids = new HashSet<String>();
    var parts = new HashSet<String>();
    char[] alphabet = {'%', '#', '0', '2', '3', '5', 'a', '\u0000', '\uD83C', '\uDF89', 'é'};
    for (int i = 0; i < 50_000; i++) {
      var id = new StringBuilder();
      for (int n = random.nextInt(5) + 1; n > 0; n--) {
        id.append(alphabet[random.nextInt(alphabet.length)]);
      }
      if (ids.add(id.toString())) {
        String part = Keys.part(id.toString());
        assertThat(part).doesNotContain("#");
        assertThat(parts.add(part)).as(id.toString()).isTrue();
      }
    }
  }

  @Test
  void the_longest_ids_fit_into_keys() {
    var id = new RecipientId("𝕏".repeat(256), "#".repeat(256));
    var environment = new EnvironmentId("e".repeat(64));
    assertThat(bytes(Keys.recipient(environment, id))).isLessThan(2_048);
    assertThat(bytes(RunKeys.runsOf(environment, id))).isLessThan(2_048);
    assertThat(bytes("CANCEL#" + Keys.part(id.collection()) + "#" + Keys.part(id.id())))
        .isLessThan(1_024);
    Key subscription = RecipientKeys.subscription(environment, id, id);
    assertThat(bytes(subscription.partition())).isLessThan(2_048);
    assertThat(bytes(subscription.sort())).isLessThan(1_024);
    var member =
        new Member(RecipientId.user("𝕏".repeat(256)), Optional.of(new TenantId("#".repeat(256))));
    Key key = RecipientKeys.member(environment, "ü".repeat(255), member);
    assertThat(bytes(key.partition())).isLessThan(2_048);
    assertThat(bytes(key.sort())).isLessThan(1_024);
    assertThat(Keys.part("%sha256-x")).isNotEqualTo("%sha256-x");
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
