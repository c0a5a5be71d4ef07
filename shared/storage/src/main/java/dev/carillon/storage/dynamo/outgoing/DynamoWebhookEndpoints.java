package dev.carillon.storage.dynamo.outgoing;

import dev.carillon.channel.ChannelId;
import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.recipient.TenantId;
import dev.carillon.storage.cache.TtlCache;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Range;
import dev.carillon.webhook.EndpointHealth;
import dev.carillon.webhook.EndpointHealth.Cause;
import dev.carillon.webhook.EndpointHealth.Spell;
import dev.carillon.webhook.EndpointHealth.State;
import dev.carillon.webhook.WebhookEndpoint;
import dev.carillon.webhook.WebhookEndpoints;
import dev.carillon.webhook.WebhookEventType;
import dev.carillon.webhook.WebhookFilter;
import dev.carillon.webhook.WebhookHearing;
import dev.carillon.webhook.signature.WebhookSecret;
import dev.carillon.webhook.signature.WebhookSecrets;
import dev.carillon.workflow.WorkflowKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Webhook endpoints in the table. Their secrets lie beside the rest of an endpoint, sealed, so that
 * publishers, who may not open them, can read who hears of what.
 */
public final class DynamoWebhookEndpoints implements WebhookEndpoints {
  private static final Duration AGE = Duration.ofSeconds(REMEMBERED_SECONDS);
  private static final String SEALED = "x";
  private static final int SECRET_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Closes and opens what is secret in an item. */
  public interface Seal {

    /**
     * @param place where the text is to lie: it can be opened nowhere else
     */
    byte[] seal(String text, String place);

    /**
     * @throws IllegalStateException when it was not sealed for that place
     */
    String open(byte[] sealed, String place);
  }

  private final DynamoTable table;
  private final Seal seal;
  private final TtlCache<EnvironmentId, List<WebhookHearing>> hearing;

  public DynamoWebhookEndpoints(DynamoTable table, Seal seal) {
    this.table = table;
    this.seal = seal;
    this.hearing = new TtlCache<>(table.clock(), AGE, this::readHearing);
  }

  @Override
  public Optional<WebhookEndpoint> find(EnvironmentId environment, WebhookEndpointId id) {
    return table
        .get(OutgoingKeys.webhookEndpoint(environment, id))
        .map(item -> read(environment, item));
  }

  @Override
  public List<WebhookHearing> hearing(EnvironmentId environment) {
    return hearing.get(environment);
  }

  private List<WebhookHearing> readHearing(EnvironmentId environment) {
    return items(environment).stream()
        .map(
            item -> {
              Json.Obj document = CompressedJson.unpackObject(item.bytes(Item.BODY));
              return new WebhookHearing(id(item), filter(document), health(document).keepsLog());
            })
        .toList();
  }

  @Override
  public List<WebhookEndpoint> all(EnvironmentId environment) {
    return items(environment).stream()
        .map(item -> read(environment, item))
        .sorted(
            Comparator.comparing(WebhookEndpoint::insertedAt)
                .thenComparing(it -> it.id().toString()))
        .toList();
  }

  private List<Item> items(EnvironmentId environment) {
    return table.all(
        Range.between(OutgoingKeys.webhookEndpoints(environment), Range.LOWEST, Range.HIGHEST));
  }

  @Override
  public boolean save(WebhookEndpoint endpoint) {
    Key key = OutgoingKeys.webhookEndpoint(endpoint.environment(), endpoint.id());
    boolean saved =
        table.putIf(
            Item.at(key)
                .number(Item.REVISION, endpoint.revision() + 1)
                .bytes(SEALED, seal.seal(JsonText.write(secrets(endpoint.secrets())), place(key)))
                .bytes(Item.BODY, CompressedJson.pack(write(endpoint))),
            Condition.revision(endpoint.revision()));
    hearing.forget(endpoint.environment());
    return saved;
  }

  @Override
  public WebhookSecret freshSecret() {
    byte[] random = new byte[SECRET_BYTES];
    RANDOM.nextBytes(random);
    return WebhookSecret.of(random);
  }

  @Override
  public void delete(EnvironmentId environment, WebhookEndpointId id) {
    table.deleteIf(OutgoingKeys.webhookEndpoint(environment, id), Condition.THERE);
    hearing.forget(environment);
  }

  private static String place(Key key) {
    return key.partition() + " " + key.sort();
  }

  private static WebhookEndpointId id(Item item) {
    return WebhookEndpointId.parse(item.text(Item.SK));
  }

  private static Json write(WebhookEndpoint endpoint) {
    WebhookFilter filter = endpoint.filter();
    var fields =
        new DocumentFields()
            .put("u", endpoint.url())
            .put("o", endpoint.contact().owner(), Json::of)
            .put("t", sorted(filter.types(), WebhookEventType::wireName), Json::of)
            .put("w", sorted(filter.workflows(), WorkflowKey::value), Json::of)
            .put("c", sorted(filter.channels(), ChannelId::toString), Json::of)
            .put("n", sorted(filter.tenants(), TenantId::value), Json::of)
            .put("i", endpoint.insertedAt())
            .put("f", endpoint.health().spell(), it -> DocumentFields.time(it.first()))
            .put("l", endpoint.health().spell(), it -> DocumentFields.time(it.latest()));
    return switch (endpoint.health().state()) {
      case State.Enabled() -> fields.json();
      case State.Disabled(var cause, var at) ->
          fields.put("d", cause.wireName()).put("a", at).json();
    };
  }

  private static <T> List<String> sorted(Set<T> values, Function<T, String> text) {
    return values.stream().map(text).sorted().toList();
  }

  private static Json secrets(WebhookSecrets secrets) {
    return new DocumentFields()
        .put("c", secrets.current().reveal())
        .put("r", secrets.retiring(), it -> Json.of(it.secret().reveal()))
        .put("u", secrets.retiring(), it -> DocumentFields.time(it.until()))
        .json();
  }

  private WebhookEndpoint read(EnvironmentId environment, Item item) {
    Json.Obj document = CompressedJson.unpackObject(item.bytes(Item.BODY));
    Json.Obj opened =
        DocumentFields.object(JsonText.parse(seal.open(item.bytes(SEALED), place(item.key()))));
    return new WebhookEndpoint(
        environment,
        id(item),
        new WebhookEndpoint.Contact(DocumentFields.text(document, "u"), document.text("o")),
        filter(document),
        new WebhookSecrets(
            WebhookSecret.parse(DocumentFields.text(opened, "c")),
            opened
                .text("r")
                .map(
                    it ->
                        new WebhookSecrets.Retiring(
                            WebhookSecret.parse(it), DocumentFields.time(opened, "u")))),
        health(document),
        item.number(Item.REVISION),
        DocumentFields.time(document, "i"));
  }

  /** A type that is not known any more is nothing to hear of. */
  private static WebhookFilter filter(Json.Obj document) {
    return new WebhookFilter(
        texts(document, "t").stream()
            .flatMap(it -> WebhookEventType.named(it).stream())
            .collect(Collectors.toSet()),
        texts(document, "w").stream().map(WorkflowKey::new).collect(Collectors.toSet()),
        texts(document, "c").stream()
            .map(it -> new ChannelId(UUID.fromString(it)))
            .collect(Collectors.toSet()),
        texts(document, "n").stream().map(TenantId::new).collect(Collectors.toSet()));
  }

  private static List<String> texts(Json.Obj document, String name) {
    return DocumentFields.list(document, name, DocumentFields::text);
  }

  private static EndpointHealth health(Json.Obj document) {
    Optional<Spell> spell =
        document
            .get("f")
            .map(
                first -> new Spell(DocumentFields.time(first), DocumentFields.time(document, "l")));
    return new EndpointHealth(
        document
            .text("d")
            .<State>map(
                cause -> new State.Disabled(Cause.named(cause), DocumentFields.time(document, "a")))
            .orElseGet(State.Enabled::new),
        spell);
  }
}
