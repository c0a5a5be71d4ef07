package dev.carillon.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.ChannelCredentials;
import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.memory.MutableClock;
import dev.carillon.memory.contract.outgoing.CollectorHeadersContract;
import dev.carillon.storage.FakeAws.Answer;
import dev.carillon.storage.FakeAws.Asked;
import dev.carillon.webhook.stream.CollectorHeaders;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SecretsTest {
  private static final EnvironmentId ENVIRONMENT = new EnvironmentId("production");
  private static final ChannelId CHANNEL = new ChannelId(new UUID(1, 2));
  private static final Json.Obj VALUES = Json.object().with("api_key", "ü#1");

  private final Map<String, String> stored = new ConcurrentHashMap<>();
  private final Map<String, String> previous = new ConcurrentHashMap<>();

  /** As little of Secrets Manager as is used. */
  private Answer answer(Asked asked) {
    String operation = asked.headers().get("x-amz-target").replace("secretsmanager.", "");
    String id = asked.body().text("SecretId").or(() -> asked.body().text("Name")).orElseThrow();
    String value = asked.body().text("SecretString").orElse("");
    return switch (operation) {
      case "CreateSecret" -> {
        stored.put(id, value);
        yield Answer.ok(Json.object().with("Name", id));
      }
      case "PutSecretValue" -> {
        String before = stored.replace(id, value);
        if (before != null) {
          previous.put(id, before);
        }
        yield before == null
            ? Answer.error(400, "ResourceNotFoundException")
            : Answer.ok(Json.object().with("Name", id));
      }
      default -> {
        boolean present = asked.body().text("VersionStage").orElseThrow().equals("AWSCURRENT");
        String held = (present ? stored : previous).get(id);
        yield held == null
            ? Answer.error(400, "ResourceNotFoundException")
            : Answer.ok(
                Json.object().with("SecretString", held).with("CreatedDate", Json.of(1_000)));
      }
    };
  }

  @Test
  void a_secret_is_made_then_replaced_and_read_under_its_prefix() throws Exception {
    try (var aws = new FakeAws(this::answer)) {
      var secrets = new SecretStore(aws.clients()::secrets, "carillon/");
      assertThat(secrets.read(ENVIRONMENT)).isEqualTo(Json.Obj.EMPTY);
      secrets.write(ENVIRONMENT, Json.object().with("a", "1"));
      secrets.write(ENVIRONMENT, VALUES);
      assertThat(secrets.read(ENVIRONMENT)).isEqualTo(VALUES);
      assertThat(stored).containsOnlyKeys("carillon/production/variables");
    }
  }

  @Test
  void a_channels_credentials_before_are_there_once_it_had_others() throws Exception {
    try (var aws = new FakeAws(this::answer)) {
      var clock = new MutableClock(Instant.EPOCH);
      var secrets = new ChannelSecrets(new SecretStore(aws.clients()::secrets, "carillon/"), clock);
      secrets.put(ENVIRONMENT, CHANNEL, VALUES);
      assertThat(secrets.replaced(ENVIRONMENT, CHANNEL)).isEmpty();
      secrets.put(ENVIRONMENT, CHANNEL, Json.object().with("api_key", "2"));
      var before = secrets.replaced(ENVIRONMENT, CHANNEL).orElseThrow();
      assertThat(before)
          .isEqualTo(new ChannelCredentials.Replaced(VALUES, Instant.ofEpochSecond(1_000)));
      assertThat(before.countsAt(before.at().plus(Duration.ofHours(71)))).isTrue();
      assertThat(before.countsAt(before.at().plus(Duration.ofHours(72)))).isFalse();
    }
  }

  @Test
  void a_channels_credentials_are_read_again_after_a_minute() throws Exception {
    try (var aws = new FakeAws(this::answer)) {
      var clock = new MutableClock(Instant.EPOCH);
      var secrets = new ChannelSecrets(new SecretStore(aws.clients()::secrets, "carillon/"), clock);
      assertThat(secrets.find(ENVIRONMENT, CHANNEL)).isEqualTo(Json.Obj.EMPTY);
      secrets.put(ENVIRONMENT, CHANNEL, VALUES);
      assertThat(secrets.find(ENVIRONMENT, CHANNEL)).isEqualTo(VALUES);
      String name = "carillon/production/channels/" + CHANNEL;
      assertThat(stored).containsOnlyKeys(name);
      stored.put(name, "{}");
      assertThat(secrets.find(ENVIRONMENT, CHANNEL)).isEqualTo(VALUES);
      clock.advance(Duration.ofMinutes(1));
      assertThat(secrets.find(ENVIRONMENT, CHANNEL)).isEqualTo(Json.Obj.EMPTY);
    }
  }

  @Nested
  class OfCollectorHeaders extends CollectorHeadersContract {
    private FakeAws aws;

    @Override
    protected CollectorHeaders headers() throws IOException {
      aws = new FakeAws(SecretsTest.this::answer);
      return new CollectorSecret(
          new SecretStore(aws.clients()::secrets, "carillon/"), new MutableClock(Instant.EPOCH));
    }

    @AfterEach
    void close() {
      aws.close();
    }
  }

  @Test
  void the_headers_of_a_collector_are_one_secret_that_is_read_again_after_a_minute()
      throws Exception {
    try (var aws = new FakeAws(this::answer)) {
      var clock = new MutableClock(Instant.EPOCH);
      var headers =
          new CollectorSecret(new SecretStore(aws.clients()::secrets, "carillon/"), clock);
      assertThat(headers.find()).isEmpty();
      headers.put(Map.of("authorization", "Bearer a"));
      headers.put(Map.of("x-api-key", "b"));
      assertThat(headers.find()).isEqualTo(Map.of("x-api-key", "b"));
      assertThat(stored).containsOnlyKeys("carillon/collector");
      stored.put("carillon/collector", "{}");
      clock.advance(Duration.ofMinutes(1));
      assertThat(headers.find()).isEmpty();
    }
  }

  @Test
  void opentelemetrys_own_variable_is_read_as_its_specification_says() {
    assertThat(CollectorSecret.parse("")).isEmpty();
    assertThat(CollectorSecret.parse("Authorization=Basic%20a+b=, x-api-key = k,junk"))
        .isEqualTo(Map.of("authorization", "Basic a+b=", "x-api-key", "k"));
    assertThat(CollectorSecret.parse("x-api-key=100%")).isEqualTo(Map.of("x-api-key", "100%"));
  }
}
