package dev.carillon.memory.contract.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.access.DeploymentKey;
import dev.carillon.access.DeploymentKeys;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

public abstract class DeploymentKeysContract {

  /** As another function of the same deployment has them. */
  protected abstract DeploymentKeys keys();

  @Test
  void all_functions_of_a_deployment_have_the_same_key_also_when_they_ask_at_once() {
    var seen = ConcurrentHashMap.<DeploymentKey>newKeySet();
    IntStream.range(0, 16).parallel().forEach(_ -> seen.add(keys().key()));
    DeploymentKeys one = keys();
    assertThat(one.key()).isEqualTo(one.key());
    assertThat(seen).containsExactly(one.key());
  }

  @Test
  void its_text_says_nothing_of_the_secret() {
    assertThat(keys().key().toString()).doesNotContain(keys().key().secret().substring(0, 8));
  }
}
