package dev.carillon.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.access.DeploymentKey;
import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallbackPathTest {
  private static final CallbackPath PATHS =
      new CallbackPath(() -> new DeploymentKey("00".repeat(32)));
  private static final EnvironmentId LOCAL = new EnvironmentId("local");
  private static final ChannelId SMS =
      new ChannelId(UUID.fromString("6a1f0c52-8d3b-4c7e-9b40-1e5d2f7a9c04"));

  @Test
  void a_path_leads_back_to_its_channel() {
    String path = PATHS.of(LOCAL, SMS);
    assertThat(path).startsWith("/v1/providers/callbacks/").matches("[A-Za-z0-9/_-]+");
    assertThat(PATHS.owner(path)).contains(new CallbackPath.Owner(LOCAL, SMS));
    assertThat(PATHS.of(LOCAL, SMS)).isEqualTo(path);
  }

  @Test
  void nobody_makes_one_up() {
    String path = PATHS.of(LOCAL, SMS);
    String id = path.substring(path.lastIndexOf('/') + 1);
    var others = new CallbackPath(() -> new DeploymentKey("11".repeat(32)));
    assertThat(PATHS.owner(others.of(LOCAL, SMS))).isEmpty();
    assertThat(PATHS.owner("/v1/providers/callbacks/")).isEmpty();
    assertThat(PATHS.owner("/v1/providers/callbacks/x")).isEmpty();
    assertThat(PATHS.owner("/v1/elsewhere/" + id)).isEmpty();
    for (int i = 0; i < id.length(); i++) {
      char other = id.charAt(i) == 'A' ? 'B' : 'A';
      assertThat(
              PATHS.owner(
                  "/v1/providers/callbacks/" + id.substring(0, i) + other + id.substring(i + 1)))
          .isEmpty();
    }
  }
}
