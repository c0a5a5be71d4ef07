package dev.carillon.storage.dynamo.environment;

import dev.carillon.access.ClientAccess;
import dev.carillon.access.ClientAccesses;
import dev.carillon.access.PublicKeyUse;
import dev.carillon.access.SigningKey;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;

/**
 * What clients may do, in the table. Never cached: those who ask remember it as long as the key
 * that it belongs to.
 */
public final class DynamoClientAccesses implements ClientAccesses {
  private final DynamoTable table;

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

  @Override
  public void put(EnvironmentId environment, ClientAccess access) {
    Json.Obj document =
        new DocumentFields()
            .put("p", access.publicKeys().wireName())
            .put("s", access.signingKeys(), key -> Json.of(key.publicKey()))
            .json();
    table.put(
        Item.at(EnvironmentKeys.clientAccess(environment))
            .bytes(Item.BODY, CompressedJson.pack(document)));
  }

  private static ClientAccess read(Json.Obj document) {
    return new ClientAccess(
        PublicKeyUse.named(DocumentFields.text(document, "p"))
            .orElseThrow(() -> new IllegalStateException("An unknown use of public keys")),
        DocumentFields.list(document, "s", json -> new SigningKey(DocumentFields.text(json))));
  }
}
