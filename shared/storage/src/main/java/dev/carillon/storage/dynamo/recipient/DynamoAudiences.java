package dev.carillon.storage.dynamo.recipient;

import dev.carillon.audience.Audience;
import dev.carillon.audience.AudienceReader;
import dev.carillon.audience.Audiences;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.storage.cache.TtlCache;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.PartitionWalk;
import dev.carillon.storage.dynamo.Range;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Audiences in the table: what they are in one partition, remembered for five seconds, being few;
 * who is in them in sixteen each, by user, being many.
 */
public final class DynamoAudiences implements Audiences {
  private final DynamoTable table;
  private final TtlCache<EnvironmentId, Map<String, Audience>> all;

  public DynamoAudiences(DynamoTable table) {
    this.table = table;
    this.all = new TtlCache<>(table.clock(), AGE, this::read);
  }

  @Override
  public Optional<Audience> find(EnvironmentId environment, String key) {
    return Optional.ofNullable(all.get(environment).get(key));
  }

  @Override
  public Optional<Audience> findNow(EnvironmentId environment, String key) {
    return table.get(key(environment, key)).map(DynamoAudiences::audience);
  }

  @Override
  public Audience create(EnvironmentId environment, String key) {
    Audience made = new Audience.Static();
    boolean isNew = table.putIf(item(environment, key, made), Condition.NEW);
    all.forget(environment);
    return isNew ? made : findNow(environment, key).orElse(made);
  }

  @Override
  public Map<String, Audience> all(EnvironmentId environment) {
    return all.get(environment);
  }

  @Override
  public Map<String, Audience> allNow(EnvironmentId environment) {
    return read(environment);
  }

  private Map<String, Audience> read(EnvironmentId environment) {
    return table
        .all(Range.prefix(RecipientKeys.audiences(environment), RecipientKeys.AUDIENCE))
        .stream()
        .collect(Collectors.toMap(item -> item.text(Item.NAME), DynamoAudiences::audience));
  }

  private static Audience audience(Item item) {
    return switch (AudienceReader.read(CompressedJson.unpackObject(item.bytes(Item.BODY)))) {
      case AudienceReader.Read.Ok(var audience) -> audience;
      case AudienceReader.Read.Refused(var problems) ->
          throw new IllegalStateException(
              "Audience "
                  + item.text(Item.NAME)
                  + " was stored, but has "
                  + problems.size()
                  + " problems");
    };
  }

  @Override
  public void put(EnvironmentId environment, String key, Audience audience) {
    table.put(item(environment, key, audience));
    all.forget(environment);
  }

  /** Where what the audience is lies. */
  public static Key key(EnvironmentId environment, String key) {
    return RecipientKeys.audience(environment, key);
  }

  public static Item item(EnvironmentId environment, String key, Audience audience) {
    return Item.at(RecipientKeys.audience(environment, key))
        .text(Item.NAME, key)
        .bytes(Item.BODY, CompressedJson.pack(audience.json()));
  }

  @Override
  public boolean add(EnvironmentId environment, String key, Member member, Instant now) {
    Json.Obj document =
        new DocumentFields()
            .put("u", member.user().id())
            .put("t", member.tenant(), tenant -> Json.of(tenant.value()))
            .put("a", now)
            .json();
    return table.putIf(
        Item.at(RecipientKeys.member(environment, key, member))
            .bytes(Item.BODY, CompressedJson.pack(document)),
        Condition.NEW);
  }

  @Override
  public Optional<Instant> remove(EnvironmentId environment, String key, Member member) {
    Optional<Instant> added = addedAt(environment, key, member);
    return added.isPresent()
            && table.deleteIf(RecipientKeys.member(environment, key, member), Condition.THERE)
        ? added
        : Optional.empty();
  }

  @Override
  public Optional<Instant> addedAt(EnvironmentId environment, String key, Member member) {
    return table.get(RecipientKeys.member(environment, key, member)).map(DynamoAudiences::addedAt);
  }

  @Override
  public Page<Listed> members(EnvironmentId environment, String key, PageRequest request) {
    List<String> partitions =
        IntStream.range(0, RecipientKeys.MEMBER_SHARDS)
            .mapToObj(shard -> RecipientKeys.members(environment, key, shard))
            .toList();
    return members(partitions, request);
  }

  @Override
  public Page<Listed> membersIn(
      EnvironmentId environment, String key, int part, PageRequest request) {
    return members(List.of(RecipientKeys.members(environment, key, part)), request);
  }

  private Page<Listed> members(List<String> partitions, PageRequest request) {
    return PartitionWalk.read(
        new PartitionWalk(table, partitions, "").page(request),
        it -> Optional.of(new Listed(member(it.item()), addedAt(it.item()), it.position())));
  }

  @Override
  public List<Belonging> of(EnvironmentId environment, RecipientId user, Set<String> gone) {
    return Stream.concat(read(environment).keySet().stream(), gone.stream())
        .distinct()
        .sorted()
        .flatMap(
            key ->
                table.all(RecipientKeys.memberships(environment, key, user)).stream()
                    .map(item -> new Belonging(key, member(item), addedAt(item))))
        .toList();
  }

  private static Member member(Item item) {
    Json.Obj document = CompressedJson.unpackObject(item.bytes(Item.BODY));
    return new Member(
        RecipientId.user(DocumentFields.text(document, "u")),
        document.text("t").map(TenantId::new));
  }

  private static Instant addedAt(Item item) {
    return DocumentFields.time(CompressedJson.unpackObject(item.bytes(Item.BODY)), "a");
  }

  @Override
  public boolean has(EnvironmentId environment, String key, Member member) {
    return table.get(RecipientKeys.member(environment, key, member)).isPresent();
  }
}
