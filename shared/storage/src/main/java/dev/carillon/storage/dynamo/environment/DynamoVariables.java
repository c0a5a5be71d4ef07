package dev.carillon.storage.dynamo.environment;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.storage.cache.TtlCache;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.variable.Variables;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Variables: the public ones in the table, remembered for five seconds; the secret ones elsewhere.
 * Reading a secret has a price, so the table also says which edition of them there is, and they are
 * read again only when that changes. Who edits the secret itself, past this class, is not noticed.
 */
public final class DynamoVariables implements Variables {
  private static final Duration AGE = Duration.ofSeconds(5);

  /** Where secret variables are kept. */
  public interface Secrets {
    /** The environment's; empty when none were ever put. */
    Json.Obj read(EnvironmentId environment);

    /** Replaces them. Safe to repeat. */
    void write(EnvironmentId environment, Json.Obj values);
  }

  private record Public(Json.Obj values, Set<String> secrets, String edition) {
    static final Public NONE = new Public(Json.Obj.EMPTY, Set.of(), "");
  }

  private record Secret(Json.Obj values, String edition) {}

  private static final String EDITION = "ed";
  private static final String NAMES = "nm";
  private static final String CLAIMED = "cl";

  /** Longer than any function of ours lives. */
  private static final Duration CLAIM = Duration.ofSeconds(60);

  private final DynamoTable table;
  private final Secrets secrets;
  private final TtlCache<EnvironmentId, Public> open;
  private final Map<EnvironmentId, Secret> secret = new ConcurrentHashMap<>();

  public DynamoVariables(DynamoTable table, Secrets secrets) {
    this.table = table;
    this.secrets = secrets;
    this.open = new TtlCache<>(table.clock(), AGE, this::read);
  }

  private Public read(EnvironmentId environment) {
    return table
        .get(EnvironmentKeys.variables(environment))
        .map(DynamoVariables::read)
        .orElse(Public.NONE);
  }

  private static Public read(Item item) {
    return new Public(
        CompressedJson.unpackObject(item.bytes(Item.BODY)),
        names(item),
        item.findText(EDITION).orElse(""));
  }

  /** Of an item from before names were kept there are none. */
  private static Set<String> names(Item item) {
    return item.has(NAMES)
        ? CompressedJson.unpackObject(item.bytes(NAMES)).fields().keySet()
        : Set.of();
  }

  private static Json.Obj names(Json.Obj secret) {
    var names = new LinkedHashMap<String, Json>();
    secret.fields().keySet().forEach(name -> names.put(name, Json.TRUE));
    return new Json.Obj(names);
  }

  @Override
  public Set<String> secretNames(EnvironmentId environment) {
    return open.get(environment).secrets();
  }

  @Override
  public Json.Obj open(EnvironmentId environment) {
    return open.get(environment).values();
  }

  @Override
  public Values values(EnvironmentId environment) {
    Public values = open.get(environment);
    return new Values(values.values(), secret(environment, values.edition()));
  }

  private Json.Obj secret(EnvironmentId environment, String edition) {
    if (edition.isEmpty()) {
      return Json.Obj.EMPTY;
    }
    Optional<Secret> known =
        Optional.ofNullable(secret.get(environment)).filter(it -> it.edition().equals(edition));
    if (known.isPresent()) {
      return known.get().values();
    }
    Json.Obj read = secrets.read(environment);
    secret.put(environment, new Secret(read, edition));
    return read;
  }

  @Override
  public void put(EnvironmentId environment, Values values) {
    table.put(written(environment, values, table.get(EnvironmentKeys.variables(environment))));
    open.forget(environment);
  }

  /**
   * The secrets lie elsewhere, so that no condition of one write covers both: who changes them
   * claims the item first, and lets go of it with the change. A claim that is over is somebody's
   * who died; no function lives that long.
   */
  @Override
  public boolean change(EnvironmentId environment, UnaryOperator<Values> change) {
    Optional<Item> item = table.get(EnvironmentKeys.variables(environment));
    long now = table.now().getEpochSecond();
    if (item.filter(it -> it.has(CLAIMED) && it.number(CLAIMED) > now).isPresent()) {
      return false;
    }
    long revision =
        item.filter(it -> it.has(Item.REVISION)).map(it -> it.number(Item.REVISION)).orElse(0L);
    Item claim =
        item.map(Item::copy)
            .orElseGet(
                () ->
                    Item.at(EnvironmentKeys.variables(environment))
                        .bytes(Item.BODY, CompressedJson.pack(Json.Obj.EMPTY)))
            .number(Item.REVISION, revision + 1)
            .number(CLAIMED, now + CLAIM.toSeconds());
    if (!table.putIf(claim, Condition.revisionOrNone(revision))) {
      return false;
    }
    Public before = item.map(DynamoVariables::read).orElse(Public.NONE);
    Json.Obj secret = before.edition().isEmpty() ? Json.Obj.EMPTY : secrets.read(environment);
    Values after = change.apply(new Values(before.values(), secret));
    boolean same =
        after.secret().equals(secret) && before.secrets().equals(secret.fields().keySet());
    Item wanted = same ? opened(environment, after, item) : written(environment, after, item);
    boolean done =
        table.putIf(wanted.number(Item.REVISION, revision + 2), Condition.revision(revision + 1));
    open.forget(environment);
    return done;
  }

  /** The item with other public variables; the secrets stay as they are. */
  private static Item opened(EnvironmentId environment, Values values, Optional<Item> there) {
    Item item =
        Item.at(EnvironmentKeys.variables(environment))
            .bytes(Item.BODY, CompressedJson.pack(values.open()));
    there
        .flatMap(it -> it.findText(EDITION))
        .ifPresent(
            edition ->
                item.text(EDITION, edition)
                    .bytes(NAMES, CompressedJson.pack(names(values.secret()))));
    return item;
  }

  /** Writes the secrets, and says what the item is then. */
  private Item written(EnvironmentId environment, Values values, Optional<Item> there) {
    Item item =
        Item.at(EnvironmentKeys.variables(environment))
            .bytes(Item.BODY, CompressedJson.pack(values.open()));
    boolean before = there.map(it -> it.has(EDITION)).orElse(false);
    // An environment without secrets has no secret to pay for.
    if (before || !values.secret().fields().isEmpty()) {
      secrets.write(environment, values.secret());
      item.text(EDITION, UUID.randomUUID().toString())
          .bytes(NAMES, CompressedJson.pack(names(values.secret())));
    }
    return item;
  }
}
