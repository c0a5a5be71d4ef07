package dev.carillon.storage.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.storage.dynamo.environment.DynamoChannels;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DynamoChannelsTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");

  @Test
  void a_channel_that_another_instance_just_made_is_found() {
    DynamoTable table = LocalTable.table(InstantSource.fixed(NOW));
    var environment = new EnvironmentId("made-" + UUID.randomUUID());
    var here = new DynamoChannels(table);
    assertThat(here.find(environment, "mail")).isEmpty();
    var channel =
        new Channel(
            new ChannelId(new UUID(1, 2)),
            "mail",
            "Mail",
            ChannelType.EMAIL,
            "email_smtp",
            Json.Obj.EMPTY,
            NOW,
            NOW);
    new DynamoChannels(table).put(environment, channel);
    assertThat(here.find(environment, "mail")).contains(channel);
    assertThat(here.all(environment)).containsExactly(channel);
  }
}
