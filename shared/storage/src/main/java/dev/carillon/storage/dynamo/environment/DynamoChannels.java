package dev.carillon.storage.dynamo.environment;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelSet;
import dev.carillon.channel.ChannelType;
import dev.carillon.channel.Channels;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.storage.cache.TtlCache;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Range;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Channels in the table; remembered for five seconds. One that is asked for by name and not among
 * them is looked for anew: it may have been made meanwhile.
 */
public final class DynamoChannels implements Channels {
  private static final Duration AGE = Duration.ofSeconds(5);

  /**
   * The names of the credentials that the channel has, beside its document: who changes the one
   * does not touch the other.
   */
  private static final String CREDENTIALS = "cr";

  /** No credential is called so. */
  private static final String NONE = "-";

  private final DynamoTable table;
  private final TtlCache<EnvironmentId, ChannelSet> all;

  public DynamoChannels(DynamoTable table) {
    this.table = table;
    this.all = new TtlCache<>(table.clock(), AGE, this::read);
  }

  @Override
  public ChannelSet configured(EnvironmentId environment) {
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

  private ChannelSet read(EnvironmentId environment) {
    var channels = new ArrayList<Channel>();
    var lacking = new LinkedHashMap<ChannelId, List<String>>();
    for (Item item :
        table.all(
            Range.between(EnvironmentKeys.channels(environment), Range.LOWEST, Range.HIGHEST))) {
      Json.Obj document = CompressedJson.unpackObject(item.bytes(Item.BODY));
      Channel channel = read(item, document);
      channels.add(channel);
      List<String> lacks = lacks(item, document);
      if (!lacks.isEmpty()) {
        lacking.put(channel.id(), lacks);
      }
    }
    return new ChannelSet(channels, lacking);
  }

  /** An item of an earlier version bears no note of its credentials: they count as being there. */
  private static List<String> lacks(Item item, Json.Obj document) {
    Optional<String> noted = item.findText(CREDENTIALS);
    if (noted.isEmpty()) {
      return List.of();
    }
    Set<String> names = Set.of(noted.get().split(" "));
    return document.list("needs").stream()
        .filter(Json.Str.class::isInstance)
        .map(it -> ((Json.Str) it).value())
        .filter(it -> !names.contains(it))
        .toList();
  }

  @Override
  public void put(EnvironmentId environment, Channel channel, List<String> needs) {
    Json.Obj document =
        new DocumentFields()
            .put("key", channel.key())
            .put("name", channel.name())
            .put("type", channel.type().wireName())
            .put("provider", channel.provider())
            .put("settings", channel.settings())
            .put("created_at", channel.createdAt())
            .put("updated_at", channel.updatedAt())
            .put("needs", needs, Json::of)
            .json();
    byte[] body = CompressedJson.pack(document);
    Key key = key(environment, channel.id());
    boolean added =
        table.putIf(Item.at(key).bytes(Item.BODY, body).text(CREDENTIALS, NONE), Condition.NEW);
    if (!added) {
      table.overlayIf(Item.at(key).bytes(Item.BODY, body), List.of(), Condition.THERE);
    }
    all.forget(environment);
  }

  @Override
  public void noteCredentials(EnvironmentId environment, ChannelId channel, Set<String> names) {
    String noted = names.isEmpty() ? NONE : String.join(" ", new TreeSet<>(names));
    table.overlayIf(
        Item.at(key(environment, channel)).text(CREDENTIALS, noted), List.of(), Condition.THERE);
    all.forget(environment);
  }

  private static Key key(EnvironmentId environment, ChannelId channel) {
    return new Key(EnvironmentKeys.channels(environment), channel.toString());
  }

  private static Channel read(Item item, Json.Obj document) {
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
