package dev.carillon.storage.dynamo.environment;

import dev.carillon.access.ClientAccess;
import dev.carillon.access.ClientAccesses;
import dev.carillon.access.PublicKeyUse;
import dev.carillon.access.SigningKey;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.OptimisticRetry;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What clients may do, in the table. Never cached: those who ask remember it as long as the key
 * that it belongs to.
 */
public final class DynamoClientAccesses implements ClientAccesses {
  private final DynamoTable table;
  private final OptimisticRetry retry = new OptimisticRetry();

  public DynamoClientAccesses(DynamoTable table) {
    this.table = table;
  }

  @Override
  public ClientAccess find(EnvironmentId environment) {
    return table
        .get(EnvironmentKeys.clientAccess(environment))
        .map(item -> read(CompressedJson.unpackObject(item.bytes(Item.BODY))))
        .orElse(ClientAccess.STANDARD);
  }

  /** Each change is one write, on condition that nobody else wrote since it was read. */
  @Override
  public void change(EnvironmentId environment, UnaryOperator<ClientAccess> change) {
    retry.until(
        "clients of " + environment.value(),
        () -> attempt(environment, change) ? Optional.of(true) : Optional.empty());
  }

  private boolean attempt(EnvironmentId environment, UnaryOperator<ClientAccess> change) {
    Optional<Item> item = table.get(EnvironmentKeys.clientAccess(environment));
    ClientAccess access =
        change.apply(
            item.map(it -> read(CompressedJson.unpackObject(it.bytes(Item.BODY))))
                .orElse(ClientAccess.STANDARD));
    long revision =
        item.filter(it -> it.has(Item.REVISION)).map(it -> it.number(Item.REVISION)).orElse(0L);
    Json.Obj document =
        new DocumentFields()
            .put("p", access.publicKeys().wireName())
            .put("s", access.signingKeys(), key -> Json.of(key.publicKey()))
            .json();
    return table.putIf(
        Item.at(EnvironmentKeys.clientAccess(environment))
            .number(Item.REVISION, revision + 1)
            .bytes(Item.BODY, CompressedJson.pack(document)),
        Condition.revisionOrNone(revision));
  }

  private static ClientAccess read(Json.Obj document) {
    return new ClientAccess(
        PublicKeyUse.named(DocumentFields.text(document, "p"))
            .orElseThrow(() -> new IllegalStateException("An unknown use of public keys")),
        DocumentFields.list(document, "s", json -> new SigningKey(DocumentFields.text(json))));
  }
}
