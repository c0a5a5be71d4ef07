package dev.carillon.storage.dynamo.environment;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.environment.Environments;
import dev.carillon.json.Json;
import dev.carillon.storage.cache.TtlCache;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import java.time.Duration;
import java.time.ZoneId;

/** The settings of environments in the table, one item each; remembered for five seconds. */
public final class DynamoEnvironments implements Environments {
  private static final Duration AGE = Duration.ofSeconds(5);

  private final DynamoTable table;
  private final TtlCache<EnvironmentId, EnvironmentSettings> settings;

  public DynamoEnvironments(DynamoTable table) {
    this.table = table;
    this.settings = new TtlCache<>(table.clock(), AGE, this::read);
  }

  @Override
  public EnvironmentSettings settings(EnvironmentId environment) {
    return settings.get(environment);
  }

  private EnvironmentSettings read(EnvironmentId environment) {
    return table
        .get(EnvironmentKeys.settings(environment))
        .map(item -> read(CompressedJson.unpackObject(item.bytes(Item.BODY))))
        .orElse(EnvironmentSettings.NONE);
  }

  @Override
  public void put(EnvironmentId environment, EnvironmentSettings replacement) {
    Json.Obj document =
        new DocumentFields()
            .put("z", replacement.timezone(), zone -> Json.of(zone.getId()))
            .putObject("p", replacement.preferences())
            .put("g", replacement.channelGroups(), group -> group)
            .putObject("t", replacement.trackingDomains())
            .putObject("c", replacement.preferenceCenter())
            .json();
    table.put(
        Item.at(EnvironmentKeys.settings(environment))
            .bytes(Item.BODY, CompressedJson.pack(document)));
    settings.forget(environment);
  }

  private static EnvironmentSettings read(Json.Obj document) {
    return new EnvironmentSettings(
        document.text("z").map(ZoneId::of),
        document.object("p"),
        DocumentFields.list(document, "g", DocumentFields::object),
        document.object("t"),
        document.object("c"));
  }
}
