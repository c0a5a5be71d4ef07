package dev.carillon.storage.dynamo.environment;

import dev.carillon.access.ManagementScope;
import dev.carillon.access.ServiceToken;
import dev.carillon.access.ServiceTokens;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Range;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Service tokens in the table, by their hash. Never cached. */
public final class DynamoServiceTokens implements ServiceTokens {
  private final DynamoTable table;

  public DynamoServiceTokens(DynamoTable table) {
    this.table = table;
  }

  @Override
  public Optional<ServiceToken> find(String sha256) {
    return table
        .get(EnvironmentKeys.serviceToken(sha256))
        .map(item -> read(CompressedJson.unpackObject(item.bytes(Item.BODY))));
  }

  private static ServiceToken read(Json.Obj document) {
    var scopes = EnumSet.noneOf(ManagementScope.class);
    DocumentFields.list(document, "s", DocumentFields::text)
        .forEach(name -> ManagementScope.named(name).ifPresent(scopes::add));
    return new ServiceToken(
        DocumentFields.text(document, "n"),
        DocumentFields.text(document, "m"),
        scopes,
        new HashSet<>(
            DocumentFields.list(
                document, "e", name -> new EnvironmentId(DocumentFields.text(name)))),
        document.get("x").isPresent(),
        document.text("o"));
  }

  @Override
  public Map<String, ServiceToken> all() {
    var all = new TreeMap<String, ServiceToken>();
    table
        .all(Range.between(EnvironmentKeys.serviceTokens(), Range.LOWEST, Range.HIGHEST))
        .forEach(
            note -> {
              String sha256 = note.text(Item.SK);
              find(sha256).ifPresent(token -> all.put(sha256, token));
            });
    return all;
  }

  @Override
  public void put(String sha256, ServiceToken token) {
    var fields =
        new DocumentFields()
            .put("n", token.name())
            .put("m", token.email())
            .put("s", List.copyOf(token.scopes()), scope -> Json.of(scope.wireName()))
            .put("e", List.copyOf(token.environments()), it -> Json.of(it.value()));
    token.member().ifPresent(it -> fields.put("o", it));
    if (token.revoked()) {
      fields.put("x", Json.TRUE);
    }
    table.put(
        Item.at(EnvironmentKeys.serviceToken(sha256))
            .bytes(Item.BODY, CompressedJson.pack(fields.json())));
    table.put(Item.at(new Key(EnvironmentKeys.serviceTokens(), sha256)));
  }
}
