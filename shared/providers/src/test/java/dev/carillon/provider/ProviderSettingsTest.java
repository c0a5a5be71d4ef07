package dev.carillon.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProviderSettingsTest {
  static Stream<Provider<?>> providers() {
    return Providers.all().stream();
  }

  /** Many have a region; only AWS's is the one that the deployment is in. */
  @ParameterizedTest
  @MethodSource("providers")
  void what_the_deployment_says_makes_no_channel_unusable_that_says_what_it_must(
      Provider<?> provider) {
    Json.Obj own = Json.object();
    for (ProviderSetting setting : provider.settings()) {
      boolean told = setting.required() && !setting.name().equals("region");
      own =
          !told
              ? own
              : setting.type() instanceof ProviderSetting.Type.Number(var least, _)
                  ? own.with(setting.name(), Json.of(least))
                  : own.with(setting.name(), "told");
    }
    Json.Obj deployment =
        Json.object().with("region", "eu-central-1").with("configuration_set", "carillon");
    assertThat(ProviderSettings.of(provider.settings(), deployment, own).fault()).isEmpty();
  }
}
