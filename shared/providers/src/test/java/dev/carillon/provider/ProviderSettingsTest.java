package dev.carillon.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderSettingsTest {
  static Stream<Provider<?>> providers() {
    return Providers.all().stream();
  }

  /** Many have a region; only AWS's is the one that the deployment is in. */
  @ParameterizedTest
  @MethodSource("providers")
  void a_channel_that_has_what_its_provider_needs_is_usable(Provider<?> provider) {
    Json.Obj own = Json.object();
    for (ProviderSetting setting : provider.settings()) {
      boolean told = provider.needs(Json.Obj.EMPTY).contains(setting.name());
      own =
          !told
              ? own
              : setting.type() instanceof ProviderSetting.Type.Number(var least, _)
                  ? own.with(setting.name(), Json.of(least))
                  : own.with(setting.name(), "told");
    }
    assertThat(provider.needs(own)).isEmpty();
    Json.Obj deployment =
        Json.object().with("region", "eu-central-1").with("configuration_set", "carillon");
    assertThat(ProviderSettings.of(provider.settings(), deployment, own).fault()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void every_credential_that_must_be_there_is_needed(Provider<?> provider) {
    assertThat(provider.needs(Json.Obj.EMPTY))
        .containsAll(
            provider.settings().stream()
                .filter(it -> it.required() && it.secret())
                .map(ProviderSetting::name)
                .toList())
        .isSubsetOf(provider.settings().stream().map(ProviderSetting::name).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "email_aws_ses",
        "sms_aws_sns",
        "push_aws_sns",
        "chat_slack",
        "chat_discord",
        "chat_ms_teams",
        "http_carillon_webhook"
      })
  void who_needs_no_credentials_of_a_channel_lacks_none(String key) {
    assertThat(Providers.named(key).orElseThrow().needs(Json.Obj.EMPTY)).isEmpty();
  }

  @Test
  void what_is_needed_depends_on_what_is_set() {
    var ses = Providers.named("email_aws_ses").orElseThrow();
    assertThat(ses.needs(Json.object().with("access_key_id", "AKIA")))
        .containsExactly("secret_access_key");
    var apns = Providers.named("push_apns").orElseThrow();
    assertThat(apns.needs(Json.Obj.EMPTY))
        .containsExactly("bundle_id", "signing_key", "key_id", "team_id");
    assertThat(
            apns.needs(
                Json.object()
                    .with("authentication_scheme", "certificate")
                    .with("bundle_id", "a.b")
                    .with("certificate", "PEM")))
        .containsExactly("private_key");
  }
}
