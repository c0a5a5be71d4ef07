package dev.carillon.functions.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.access.ApiKey;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.provider.Provider;
import dev.carillon.provider.Providers;
import dev.carillon.setting.NewKeys;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeedTest {
  private static final String KEYS_TO_MAKE =
      """
      {"action": "seed", "environment": {"slug": "production", "name": "Production"},
       "keys": [{"kind": "secret"}, {"kind": "public"}]}
      """;
  private static final EnvironmentId PRODUCTION = new EnvironmentId("production");

  private final Bench bench = new Bench();

  @Test
  void a_key_that_was_not_given_is_made_shown_once_and_kept_as_its_hash() {
    var key = key(bench.ask(KEYS_TO_MAKE), 0).text("key").orElseThrow();

    assertThat(key).matches("sk_production_[0-9A-Za-z]{28}");
    assertThat(key).endsWith(NewKeys.checksum(key.substring(0, key.length() - 6)));
    assertThat(bench.keys.find(Digest.hex(key)))
        .contains(new ApiKey(PRODUCTION, ApiKey.Kind.SECRET, false));
  }

  @Test
  void seeding_again_makes_no_more_keys_and_says_so() {
    bench.ask(KEYS_TO_MAKE);
    var again = bench.ask(KEYS_TO_MAKE);

    assertThat(key(again, 0).get("key")).isEmpty();
    assertThat(key(again, 0).text("note"))
        .contains(
            "The environment has secret keys already; ask with \"new_keys\": true for another.");
  }

  @Test
  void new_keys_are_made_when_asked_for() {
    var first = key(bench.ask(KEYS_TO_MAKE), 0).text("key").orElseThrow();
    var second =
        key(bench.ask(KEYS_TO_MAKE.replace("\"keys\"", "\"new_keys\": true, \"keys\"")), 0)
            .text("key");

    assertThat(second).isPresent().get().isNotEqualTo(first);
    assertThat(bench.keys.find(Digest.hex(first))).isPresent();
  }

  @Test
  void two_keys_of_a_kind_can_be_made_at_once() {
    var answer =
        bench.ask(
            """
            {"action": "seed", "environment": {"slug": "production"},
             "keys": [{"kind": "secret"}, {"kind": "secret"}]}
            """);

    assertThat(key(answer, 0).text("key")).isPresent();
    assertThat(key(answer, 1).text("key")).isPresent().isNotEqualTo(key(answer, 0).text("key"));
  }

  @Test
  void a_key_that_was_given_counts_and_a_revoked_one_stays_revoked() {
    var seed =
        """
        {"action": "seed", "environment": {"slug": "local"},
         "keys": [{"kind": "secret", "key": "sk_local"}]}
        """;
    bench.ask(seed);
    assertThat(bench.keys.find(Digest.hex("sk_local")))
        .contains(new ApiKey(Bench.LOCAL, ApiKey.Kind.SECRET, false));

    var revoked = bench.ask("{\"action\": \"revoke_key\", \"key\": \"sk_local\"}");
    var again = bench.ask(seed);

    assertThat(revoked.get("revoked")).contains(Json.TRUE);
    assertThat(key(again, 0).text("note")).contains("This key was revoked, and stays so.");
    assertThat(bench.keys.find(Digest.hex("sk_local")).orElseThrow().revoked()).isTrue();
  }

  @Test
  void a_key_of_one_environment_is_not_given_to_another() {
    var seed =
        """
        {"action": "seed", "environment": {"slug": "%s"},
         "keys": [{"kind": "secret", "key": "sk_local"}]}
        """;
    bench.ask(seed.formatted("local"));

    assertThat(Bench.error(bench.ask(seed.formatted("production")), "field"))
        .isEqualTo("keys[0].key");
    assertThat(bench.keys.find(Digest.hex("sk_local")).orElseThrow().environment())
        .isEqualTo(Bench.LOCAL);
  }

  @Test
  void revoking_by_hash_works_and_an_unknown_key_is_an_error() {
    bench.ask(
        """
        {"action": "seed", "environment": {"slug": "local"},
         "keys": [{"kind": "public", "key": "pk_local"}]}
        """);
    var answer =
        bench.ask(
            "{\"action\": \"revoke_key\", \"sha256\": \"%s\"}".formatted(Digest.hex("pk_local")));

    assertThat(answer.text("kind")).contains("public");
    assertThat(bench.keys.find(Digest.hex("pk_local")).orElseThrow().revoked()).isTrue();
    assertThat(
            Bench.error(bench.ask("{\"action\": \"revoke_key\", \"key\": \"sk_never\"}"), "code"))
        .isEqualTo("resource_missing");
  }

  @Test
  void a_channels_id_follows_from_its_key_and_repeating_changes_nothing() {
    var seed =
        """
        {"action": "seed", "environment": {"slug": "%s"},
         "channels": [{"key": "email", "name": "Email", "type": "email",
                       "settings": {"from_address": "hello@carillon.example"}}]}
        """;
    bench.ask(seed.formatted("local"));
    var first = bench.channels.all(Bench.LOCAL);
    bench.clock.advance(Duration.ofHours(1));
    bench.ask(seed.formatted("local"));
    bench.ask(seed.formatted("production"));

    assertThat(bench.channels.all(Bench.LOCAL)).isEqualTo(first);
    assertThat(first.getFirst().type()).isEqualTo(ChannelType.EMAIL);
    assertThat(first.getFirst().provider()).isEqualTo("email_aws_ses");
    assertThat(bench.channels.all(PRODUCTION).getFirst().id()).isEqualTo(first.getFirst().id());
  }

  @Test
  void changed_settings_replace_the_old_ones_and_keep_the_id() {
    var seed =
        """
        {"action": "seed", "environment": {"slug": "local"}, "channels": [{%s
         "key": "feed", "type": "in_app_feed", "settings": {"sandbox_mode": %s}}]}
        """;
    bench.ask(seed.formatted("\"id\": \"6a1f0c52-8d3b-4c7e-9b40-1e5d2f7a9c02\",", "false"));
    bench.clock.advance(Duration.ofHours(1));
    bench.ask(seed.formatted("", "true"));

    var channel = bench.channels.all(Bench.LOCAL).getFirst();
    assertThat(bench.channels.all(Bench.LOCAL)).hasSize(1);
    assertThat(channel.id().toString()).isEqualTo("6a1f0c52-8d3b-4c7e-9b40-1e5d2f7a9c02");
    assertThat(channel.sandbox()).isTrue();
    assertThat(channel.updatedAt()).isEqualTo(channel.createdAt().plus(Duration.ofHours(1)));
  }

  @Test
  void a_request_that_is_wrong_anywhere_leaves_nothing_behind() {
    var seed =
        """
        {"action": "seed", "environment": {"slug": "local"},
         "keys": [{"kind": "secret", "key": "sk_local"}],
         "channels": [{"key": "email", "type": "email"},
                      {"key": "email", "type": "email", "id": "%s"}]}
        """;

    assertThat(
            Bench.error(bench.ask(seed.formatted("6a1f0c52-8d3b-4c7e-9b40-1e5d2f7a9c01")), "field"))
        .isEqualTo("channels[1].key");
    assertThat(bench.channels.all(Bench.LOCAL)).isEmpty();
    assertThat(bench.keys.find(Digest.hex("sk_local"))).isEmpty();
  }

  @Test
  void what_is_wrong_with_a_request_is_named() {
    assertThat(field("[]")).isEqualTo("body");
    assertThat(field("{\"action\": \"destroy\"}")).isEqualTo("action");
    assertThat(field("{\"action\": \"seed\"}")).isEqualTo("environment");
    assertThat(field("{\"action\": \"seed\", \"environment\": {\"slug\": \"Local\"}}"))
        .isEqualTo("environment.slug");
    assertThat(seedField("\"keys\": [{\"kind\": \"secret\", \"key\": \"pk_x\"}]"))
        .isEqualTo("keys[0].key");
    assertThat(seedField("\"keys\": [{\"kind\": \"master\"}]")).isEqualTo("keys[0].kind");
    assertThat(seedField("\"channels\": [{\"key\": \"a\", \"type\": \"pigeon\"}]"))
        .isEqualTo("channels[0].type");
    assertThat(seedField("\"channels\": [{\"key\": \"a\", \"type\": \"email\", \"id\": \"7\"}]"))
        .isEqualTo("channels[0].id");
    assertThat(seedField("\"tenants\": []")).isEqualTo("tenants");
    assertThat(Bench.error(bench.ask("{\"action\": "), "code")).isEqualTo("invalid_json");
  }

  @Test
  void conditions_of_a_channel_that_make_no_sense_are_refused() {
    var channel =
        """
        "channels": [{"key": "a", "type": "email", "settings": {"conditions": {"all": [
          {"variable": "%s", "operator": "%s", "argument": "$message.sent"}]}}}]
        """;
    assertThat(seedField(channel.formatted("recipient.plan", "equals")))
        .isEqualTo("channels[0].settings.conditions.all[0].operator");
    assertThat(seedField(channel.formatted("refs.a.delivery_status", "equal_to")))
        .isEqualTo("channels[0].settings.conditions.all[0]");
    bench.ask(
        "{\"action\": \"seed\", \"environment\": {\"slug\": \"local\"}, "
            + channel.formatted("recipient.plan", "equal_to")
            + "}");
    assertThat(bench.channels.all(Bench.LOCAL)).hasSize(1);
  }

  @Test
  void a_channel_names_any_provider_of_its_type() {
    for (Provider<?> provider : Providers.all()) {
      String channel =
          """
          "channels": [{"key": "a", "type": "%s", "provider": "%s"}]
          """
              .formatted(provider.type().wireName(), provider.key());
      assertThat(seedField(channel)).as(provider.key()).isEmpty();
      assertThat(bench.channels.all(Bench.LOCAL).getFirst().provider()).isEqualTo(provider.key());
    }
    assertThat(seedField("\"channels\": [{\"key\": \"a\", \"type\": \"sms\"}]"))
        .isEqualTo("channels[0].provider");
    assertThat(
            seedField(
                "\"channels\": [{\"key\": \"a\", \"type\": \"sms\", \"provider\":"
                    + " \"email_sendgrid\"}]"))
        .isEqualTo("channels[0].provider");
  }

  @Test
  void who_takes_over_from_a_channel_is_another_one_of_its_type() {
    assertThat(
            bench
                .ask(
                    """
                    {"action": "seed", "environment": {"slug": "local"}, "channels": [
                      {"key": "mail", "type": "email", "settings": {"failover": ["second"]}},
                      {"key": "second", "type": "email", "provider": "email_sendgrid"}]}
                    """)
                .get("error"))
        .isEmpty();
    for (String taking : List.of("feed", "gone", "mail")) {
      assertThat(
              Bench.error(
                  bench.ask(
                      """
                      {"action": "seed", "environment": {"slug": "local"}, "channels": [
                        {"key": "feed", "type": "in_app_feed"},
                        {"key": "mail", "type": "email", "settings": {"failover": ["%s"]}}]}
                      """
                          .formatted(taking)),
                  "field"))
          .isEqualTo("channels[1].settings.failover[0]");
    }
    assertThat(
            Bench.error(
                bench.ask(
                    """
                    {"action": "seed", "environment": {"slug": "local"}, "channels": [
                      {"key": "hook", "type": "http", "settings": {"failover": ["mail"]}}]}
                    """),
                "field"))
        .isEqualTo("channels[0].settings.failover");
  }

  @Test
  void only_a_provider_that_can_be_asked_is_polled() {
    assertThat(
            Bench.error(
                bench.ask(
                    """
                    {"action": "seed", "environment": {"slug": "local"}, "channels": [
                      {"key": "mail", "type": "email", "settings": {"status_polling": true}}]}
                    """),
                "field"))
        .isEqualTo("channels[0].settings.status_polling");
  }

  @Test
  void a_credential_among_a_channels_settings_is_refused() {
    assertThat(
            seedField(
                """
                "channels": [{"key": "a", "type": "email", "provider": "email_sendgrid",
                              "settings": {"api_key": "SG.secret"}}]
                """))
        .isEqualTo("channels[0].settings.api_key");
    assertThat(bench.channels.all(Bench.LOCAL)).isEmpty();
  }

  private String field(String payload) {
    return Bench.error(bench.ask(payload), "field");
  }

  private String seedField(String rest) {
    return field("{\"action\": \"seed\", \"environment\": {\"slug\": \"local\"}, " + rest + "}");
  }

  private static Json.Obj key(Json.Obj answer, int index) {
    return (Json.Obj) answer.list("keys").get(index);
  }
}
