package dev.carillon.message;

import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which message it is: what it was made as and never changes.
 *
 * @param actors who acted, of a batch all of them
 * @param source which step of which run made it
 * @param snapshot the recipient's {@code email} and {@code name} as they were when it was made
 * @param flatData the scalars at the top of its data, texts cut to 256 characters: what feeds are
 *     filtered by; empty for other channels
 */
public record MessageOrigin(
    EnvironmentId environment,
    MessageId id,
    ChannelId channel,
    ChannelType channelType,
    RecipientId recipient,
    List<RecipientId> actors,
    Optional<TenantId> tenant,
    Message.Source source,
    Json.Obj snapshot,
    Json.Obj flatData,
    Instant insertedAt) {

  public MessageOrigin {
    actors = List.copyOf(actors);
  }
}
