package dev.carillon.storage.dynamo.content;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.storage.cache.LruCache;
import dev.carillon.storage.cache.SingleFlight;
import dev.carillon.storage.dynamo.ChunkedDocuments;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Range;
import dev.carillon.storage.dynamo.SideBySide;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.Workflows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Workflows in the table: each version once, as its source, and which of them serves. */
public final class DynamoWorkflows implements Workflows {
  private static final int INSIDE = 300_000;
  private static final long CACHED_BYTES = 4_000_000;
  static final String LIVE = "LIVE";

  /** Under the condition {@link #serving}. */
  static final String SERVE = "SET #ver = :ver, #act = if_not_exists(#act, :yes), #v = :v";

  private static final String SERVES = "ver";
  private static final String ACTIVE = "act";
  private static final String ARCHIVED = "arc";

  private record CacheKey(EnvironmentId environment, WorkflowKey key, VersionId version) {}

  private final DynamoTable table;
  private final BiFunction<WorkflowKey, Json.Obj, Workflow> reader;
  private final ChunkedDocuments blobs;
  private final LruCache<CacheKey, Workflow> cache = new LruCache<>(CACHED_BYTES);
  private final SingleFlight<Key, Optional<Item>> live;
  private final SingleFlight<Key, Optional<Item>> glimpses;

  /**
   * @param reader makes a workflow of its source
   */
  public DynamoWorkflows(DynamoTable table, BiFunction<WorkflowKey, Json.Obj, Workflow> reader) {
    this.table = table;
    this.reader = reader;
    this.blobs = new ChunkedDocuments(table);
    this.live = new SingleFlight<>(table::get);
    this.glimpses = new SingleFlight<>(table::glimpse);
  }

  @Override
  public Optional<Live> live(EnvironmentId environment, WorkflowKey key) {
    return live.get(new Key(ContentKeys.workflow(environment, key), LIVE))
        .flatMap(DynamoWorkflows::live);
  }

  @Override
  public Optional<Live> glimpse(EnvironmentId environment, WorkflowKey key) {
    return glimpses
        .get(new Key(ContentKeys.workflow(environment, key), LIVE))
        .flatMap(DynamoWorkflows::live);
  }

  /** Empty of a key that was retired before anything served under it. */
  private static Optional<Live> live(Item item) {
    return item.has(SERVES)
        ? Optional.of(
            new Live(
                VersionId.parse(item.text(SERVES)),
                item.attributes().get(ACTIVE).bool(),
                item.has(ARCHIVED)))
        : Optional.empty();
  }

  @Override
  public Optional<Workflow> version(EnvironmentId environment, WorkflowKey key, VersionId version) {
    return cache.get(
        new CacheKey(environment, key, version),
        _ -> true,
        () ->
            table
                .get(new Key(ContentKeys.workflow(environment, key), ContentKeys.version(version)))
                .map(
                    head -> {
                      byte[] document = blobs.read(head);
                      return new LruCache.Weighed<>(
                          reader.apply(key, CompressedJson.unpackObject(document)),
                          document.length);
                    }));
  }

  @Override
  public List<WorkflowKey> enteredBy(EnvironmentId environment, String audience) {
    String partition = ContentKeys.entries(environment, audience);
    return table.all(Range.between(partition, Range.LOWEST, Range.HIGHEST)).stream()
        .map(item -> new WorkflowKey(item.text(Item.SK)))
        .toList();
  }

  /**
   * Notes that the audience may trigger the workflow, before it does, so that none is missed. The
   * note stays when another version serves, being no more than a hint.
   */
  static void noteEntry(
      DynamoTable table, EnvironmentId environment, WorkflowKey key, Json.Obj source) {
    Workflow.entryAudience(source)
        .ifPresent(
            audience ->
                table.put(
                    Item.at(new Key(ContentKeys.entries(environment, audience), key.value()))));
  }

  @Override
  public boolean commit(EnvironmentId environment, Workflow workflow) {
    noteEntry(table, environment, workflow.key(), workflow.source());
    String partition = ContentKeys.workflow(environment, workflow.key());
    Item head = Item.at(new Key(partition, ContentKeys.version(workflow.version())));
    byte[] document = CompressedJson.pack(workflow.source());
    blobs.write(head, document, INSIDE, head.key().sort(), OptionalLong.empty());
    table.put(head);
    return table.updateIf(new Key(partition, LIVE), SERVE, serving(workflow.version()));
  }

  /** That the workflow is not archived; with what {@link #SERVE} needs for the version to serve. */
  static Condition serving(VersionId version) {
    return new Condition(
        "attribute_not_exists(#arc)",
        Map.of("#ver", SERVES, "#act", ACTIVE, "#arc", ARCHIVED, "#v", Item.VERSION),
        Map.of(
            ":ver", AttributeValue.fromS(version.toString()),
            ":yes", AttributeValue.fromBool(true),
            ":v", AttributeValue.fromN("1")));
  }

  @Override
  public boolean setActive(EnvironmentId environment, WorkflowKey key, boolean active) {
    return table.updateIf(
        new Key(ContentKeys.workflow(environment, key), LIVE),
        "SET #act = :act",
        new Condition(
            "attribute_exists(#ver) AND attribute_not_exists(#arc)",
            Map.of("#ver", SERVES, "#act", ACTIVE, "#arc", ARCHIVED),
            Map.of(":act", AttributeValue.fromBool(active))));
  }

  @Override
  public boolean archive(EnvironmentId environment, WorkflowKey key) {
    return table.updateIf(
        new Key(ContentKeys.workflow(environment, key), LIVE),
        "SET #arc = :yes",
        new Condition(
            "attribute_exists(#ver)",
            Map.of("#ver", SERVES, "#arc", ARCHIVED),
            Map.of(":yes", AttributeValue.fromBool(true))));
  }

  @Override
  public void retire(EnvironmentId environment, WorkflowKey key) {
    table.update(
        new Key(ContentKeys.workflow(environment, key), LIVE),
        "SET #arc = :yes",
        Map.of("#arc", ARCHIVED),
        Map.of(":yes", AttributeValue.fromBool(true)));
  }

  @Override
  public Set<WorkflowKey> retired(EnvironmentId environment, Set<WorkflowKey> keys) {
    Map<WorkflowKey, Key> items = new HashMap<>();
    keys.forEach(key -> items.put(key, new Key(ContentKeys.workflow(environment, key), LIVE)));
    Map<WorkflowKey, Item> found = SideBySide.get(table, items);
    return keys.stream()
        .filter(key -> found.containsKey(key) && found.get(key).has(ARCHIVED))
        .collect(Collectors.toSet());
  }

  @Override
  public boolean isRetired(EnvironmentId environment, WorkflowKey key) {
    return live.get(new Key(ContentKeys.workflow(environment, key), LIVE))
        .filter(item -> item.has(ARCHIVED))
        .isPresent();
  }
}
