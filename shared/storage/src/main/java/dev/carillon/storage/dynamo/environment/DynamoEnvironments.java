package dev.carillon.storage.dynamo.environment;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.EnvironmentSettings;
import dev.carillon.environment.Environments;
import dev.carillon.json.Json;
import dev.carillon.storage.cache.TtlCache;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.OptimisticRetry;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The settings of environments in the table, one item each; remembered for five seconds. */
public final class DynamoEnvironments implements Environments {
  private static final Duration AGE = Duration.ofSeconds(5);

  private final DynamoTable table;
  private final TtlCache<EnvironmentId, EnvironmentSettings> settings;
  private final OptimisticRetry retry = new OptimisticRetry();

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

  /** Each change is one write, on condition that nobody else wrote since it was read. */
  @Override
  public void change(EnvironmentId environment, UnaryOperator<EnvironmentSettings> change) {
    retry.until(
        "settings of " + environment.value(),
        () -> attempt(environment, change) ? Optional.of(true) : Optional.empty());
    settings.forget(environment);
  }

  private boolean attempt(EnvironmentId environment, UnaryOperator<EnvironmentSettings> change) {
    Optional<Item> item = table.get(EnvironmentKeys.settings(environment));
    EnvironmentSettings before =
        item.map(it -> read(CompressedJson.unpackObject(it.bytes(Item.BODY))))
            .orElse(EnvironmentSettings.NONE);
    EnvironmentSettings after = change.apply(before);
    if (item.isPresent() && after.equals(before)) {
      return true;
    }
    long revision =
        item.filter(it -> it.has(Item.REVISION)).map(it -> it.number(Item.REVISION)).orElse(0L);
    return table.putIf(
        Item.at(EnvironmentKeys.settings(environment))
            .number(Item.REVISION, revision + 1)
            .bytes(Item.BODY, CompressedJson.pack(document(after))),
        Condition.revisionOrNone(revision));
  }

  private static Json.Obj document(EnvironmentSettings replacement) {
    return new DocumentFields()
        .put("z", replacement.timezone(), zone -> Json.of(zone.getId()))
        .putObject("p", replacement.preferences())
        .put("g", replacement.channelGroups(), group -> group)
        .putObject("t", replacement.trackingDomains())
        .putObject("c", replacement.preferenceCenter())
        .json();
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
