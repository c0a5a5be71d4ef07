package dev.carillon.storage.dynamo.incoming;

import dev.carillon.condition.Path;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.source.ActionMapping;
import dev.carillon.source.ActionType;
import dev.carillon.source.Source;
import dev.carillon.source.SourceId;
import dev.carillon.source.SourceSettings;
import dev.carillon.source.Sources;
import dev.carillon.source.Verification;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Range;
import dev.carillon.storage.dynamo.outgoing.DynamoWebhookEndpoints.Seal;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sources in the table. What verifies lies beside, sealed, so that who sets a source up cannot read
 * it; where a source receives is a digest, so that who reads the table cannot send.
 */
public final class DynamoSources implements Sources {
  private static final String SEALED = "x";
  private static final String ENVIRONMENT = "e";
  private static final String KEY = "k";
  private static final int ID_BYTES = 18;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final DynamoTable table;
  private final Seal seal;

  public DynamoSources(DynamoTable table, Seal seal) {
    this.table = table;
    this.seal = seal;
  }

  @Override
  public Optional<Source> find(EnvironmentId environment, String key) {
    return table.get(IncomingKeys.source(environment, key)).map(item -> read(environment, item));
  }

  @Override
  public List<Source> all(EnvironmentId environment) {
    return table
        .all(
            Range.between(
                IncomingKeys.sources(environment),
                IncomingKeys.SOURCE,
                IncomingKeys.SOURCE + Range.HIGHEST))
        .stream()
        .map(item -> read(environment, item))
        .toList();
  }

  /** At half the price; what was made within the last second is looked for again. */
  @Override
  public Optional<Source> receivingAt(SourceId id) {
    Key receiver = IncomingKeys.receiver(id);
    return table
        .glimpse(receiver)
        .or(() -> table.get(receiver))
        .flatMap(
            item -> {
              var environment = new EnvironmentId(item.text(ENVIRONMENT));
              Key key = IncomingKeys.source(environment, item.text(KEY));
              return table.glimpse(key).or(() -> table.get(key)).map(it -> read(environment, it));
            })
        .filter(it -> it.id().equals(id));
  }

  @Override
  public Optional<String> secret(EnvironmentId environment, String key) {
    Key place = IncomingKeys.secret(environment, key);
    return table.get(place).map(item -> seal.open(item.bytes(SEALED), place(place)));
  }

  @Override
  public void keepSecret(EnvironmentId environment, String key, String secret) {
    Key place = IncomingKeys.secret(environment, key);
    table.put(Item.at(place).bytes(SEALED, seal.seal(secret, place(place))));
  }

  /** Where it receives is stored first: what leads to no source leads nowhere. */
  @Override
  public boolean save(Source source) {
    if (source.revision() == 0) {
      table.put(
          Item.at(IncomingKeys.receiver(source.id()))
              .text(ENVIRONMENT, source.environment().value())
              .text(KEY, source.key()));
    }
    return table.putIf(
        Item.at(IncomingKeys.source(source.environment(), source.key()))
            .number(Item.REVISION, source.revision() + 1)
            .bytes(Item.BODY, CompressedJson.pack(write(source))),
        Condition.revision(source.revision()));
  }

  @Override
  public SourceId freshId() {
    byte[] random = new byte[ID_BYTES];
    RANDOM.nextBytes(random);
    return new SourceId("src_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random));
  }

  private static String place(Key key) {
    return key.partition() + " " + key.sort();
  }

  private static Json write(Source source) {
    SourceSettings settings = source.settings();
    return new DocumentFields()
        .put("k", source.key())
        .put("u", source.id().value())
        .put("n", source.about().name())
        .put("d", source.about().description(), Json::of)
        .put("m", source.about().imageUrl(), Json::of)
        .put("t", settings.eventType().text())
        .put("p", settings.timestamp(), it -> Json.of(it.text()))
        .put("i", settings.idempotencyKey(), it -> Json.of(it.text()))
        .put(
            "f",
            Json.array(
                Stream.of(
                        settings.enforceIdempotency(),
                        settings.handleIdentifies(),
                        settings.enforceVerification())
                    .map(Json::of)
                    .toList()))
        .put(
            "v",
            settings.verification(),
            it -> Json.texts(List.of(it.scheme().wireName(), it.header())))
        .put("a", source.mappings(), DynamoSources::write)
        .put("c", source.at().created())
        .put("o", source.at().updated())
        .json();
  }

  private static Json write(ActionMapping mapping) {
    return new DocumentFields()
        .put("e", mapping.eventType())
        .put("t", mapping.type().wireName())
        .put("p", mapping.parameters())
        .put("a", Json.of(mapping.active()))
        .put("c", mapping.createdAt())
        .put("o", mapping.updatedAt())
        .json();
  }

  private static Source read(EnvironmentId environment, Item item) {
    Json.Obj document = CompressedJson.unpackObject(item.bytes(Item.BODY));
    List<Json> flags = document.list("f");
    List<Json> verification = document.list("v");
    return new Source(
        environment,
        DocumentFields.text(document, "k"),
        new SourceId(DocumentFields.text(document, "u")),
        new Source.About(
            DocumentFields.text(document, "n"), document.text("d"), document.text("m")),
        new SourceSettings(
            Path.of(DocumentFields.text(document, "t")),
            document.text("p").map(Path::of),
            document.text("i").map(Path::of),
            flags.get(0).equals(Json.TRUE),
            flags.get(1).equals(Json.TRUE),
            flags.get(2).equals(Json.TRUE),
            verification.isEmpty()
                ? Optional.empty()
                : Verification.Scheme.named(DocumentFields.text(verification.get(0)))
                    .map(it -> new Verification(it, DocumentFields.text(verification.get(1))))),
        DocumentFields.list(document, "a", DynamoSources::mapping),
        item.number(Item.REVISION),
        new Source.Instants(
            DocumentFields.time(document, "c"), DocumentFields.time(document, "o")));
  }

  private static ActionMapping mapping(Json json) {
    Json.Obj document = DocumentFields.object(json);
    return new ActionMapping(
        DocumentFields.text(document, "e"),
        ActionType.named(DocumentFields.text(document, "t")).orElseThrow(),
        document.object("p"),
        document.get("a").equals(Optional.of(Json.TRUE)),
        DocumentFields.time(document, "c"),
        DocumentFields.time(document, "o"));
  }
}
