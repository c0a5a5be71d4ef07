package dev.carillon.storage.dynamo.environment;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.channel.Channels;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.storage.cache.TtlCache;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Range;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Channels in the table; remembered for five seconds. One that is asked for by name and not among
 * them is looked for anew: it may have been made meanwhile.
 */
public final class DynamoChannels implements Channels {
  private static final Duration AGE = Duration.ofSeconds(5);

  private final DynamoTable table;
  private final TtlCache<EnvironmentId, List<Channel>> all;

  public DynamoChannels(DynamoTable table) {
    this.table = table;
    this.all = new TtlCache<>(table.clock(), AGE, this::read);
  }

  @Override
  public List<Channel> all(EnvironmentId environment) {
    return all.get(environment);
  }

  @Override
  public Optional<Channel> find(EnvironmentId environment, String keyOrId) {
    Optional<Channel> known = Channels.super.find(environment, keyOrId);
    if (known.isPresent()) {
      return known;
    }
    all.forget(environment);
    return Channels.super.find(environment, keyOrId);
  }

  private List<Channel> read(EnvironmentId environment) {
    return table
        .all(Range.between(EnvironmentKeys.channels(environment), Range.LOWEST, Range.HIGHEST))
        .stream()
        .map(DynamoChannels::read)
        .toList();
  }

  @Override
  public void put(EnvironmentId environment, Channel channel) {
    Json.Obj document =
        new DocumentFields()
            .put("key", channel.key())
            .put("name", channel.name())
            .put("type", channel.type().wireName())
            .put("provider", channel.provider())
            .put("settings", channel.settings())
            .put("created_at", channel.createdAt())
            .put("updated_at", channel.updatedAt())
            .json();
    table.put(
        Item.at(new Key(EnvironmentKeys.channels(environment), channel.id().toString()))
            .bytes(Item.BODY, CompressedJson.pack(document)));
    all.forget(environment);
  }

  private static Channel read(Item item) {
    Json.Obj document = CompressedJson.unpackObject(item.bytes(Item.BODY));
    String id = item.text(Item.SK);
    return new Channel(
        new ChannelId(UUID.fromString(id)),
        DocumentFields.text(document, "key"),
        DocumentFields.text(document, "name"),
        ChannelType.named(DocumentFields.text(document, "type"))
            .orElseThrow(() -> new IllegalStateException("Channel " + id + " is of no known type")),
        DocumentFields.text(document, "provider"),
        document.object("settings"),
        DocumentFields.time(document, "created_at"),
        DocumentFields.time(document, "updated_at"));
  }
}
