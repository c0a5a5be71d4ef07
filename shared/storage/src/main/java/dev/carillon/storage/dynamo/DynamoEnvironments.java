package dev.carillon.storage.dynamo;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Environments;
import dev.carillon.environment.Settings;
import dev.carillon.json.Json;
import java.time.Duration;
import java.time.ZoneId;

/** The settings of environments in the table, one item each; remembered for five seconds. */
public final class DynamoEnvironments implements Environments {
  private static final Duration AGE = Duration.ofSeconds(5);

  private final Table table;
  private final Briefly<EnvironmentId, Settings> settings;

  public DynamoEnvironments(Table table) {
    this.table = table;
    this.settings = new Briefly<>(table.clock(), AGE, this::read);
  }

  @Override
  public Settings settings(EnvironmentId environment) {
    return settings.get(environment);
  }

  private Settings read(EnvironmentId environment) {
    return table
        .get(Keys.settings(environment))
        .map(item -> read(Packed.unpackObject(item.bytes(Item.BODY))))
        .orElse(Settings.NONE);
  }

  @Override
  public void put(EnvironmentId environment, Settings replacement) {
    Json.Obj document =
        new Fields()
            .put("z", replacement.timezone(), zone -> Json.of(zone.getId()))
            .putObject("p", replacement.preferences())
            .put("g", replacement.channelGroups(), group -> group)
            .json();
    table.put(Item.at(Keys.settings(environment)).bytes(Item.BODY, Packed.pack(document)));
    settings.forget(environment);
  }

  private static Settings read(Json.Obj document) {
    return new Settings(
        document.text("z").map(ZoneId::of),
        document.object("p"),
        Fields.list(document, "g", Fields::object));
  }
}
