package dev.carillon.storage.dynamo.recipient;

import dev.carillon.audience.DynamicMembers;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Indexes;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.MergedRanges;
import dev.carillon.storage.dynamo.PageOf;
import dev.carillon.storage.dynamo.Range;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Members of dynamic audiences in the table: an item for each stay, those of a user together, so
 * that one query tells them. By audience they are listed in the index that has keys alone, in
 * sixteen partitions each.
 */
public final class DynamoDynamicMembers implements DynamicMembers {
  private static final String STATE = "st";
  private static final String STAY = "sy";
  private static final String MOVE = "SET #st = :after";

  private final DynamoTable table;

  public DynamoDynamicMembers(DynamoTable table) {
    this.table = table;
  }

  @Override
  public List<DynamicMember> of(EnvironmentId environment, RecipientId user) {
    return table
        .all(Range.prefix(RecipientKeys.stays(environment, user), RecipientKeys.AUDIENCE))
        .stream()
        .map(DynamoDynamicMembers::member)
        .toList();
  }

  private static DynamicMember member(Item item) {
    Json.Obj document = CompressedJson.unpackObject(item.bytes(Item.BODY));
    return new DynamicMember(
        DocumentFields.text(document, "k"),
        RecipientId.user(DocumentFields.text(document, "u")),
        item.text(STAY),
        DocumentFields.time(document, "a"),
        State.valueOf(item.text(STATE)));
  }

  @Override
  public boolean begin(EnvironmentId environment, DynamicMember member) {
    Json.Obj document =
        new DocumentFields()
            .put("k", member.audience())
            .put("u", member.user().id())
            .put("a", member.since())
            .json();
    return table.putIf(
        Item.at(key(environment, member))
            .text(STATE, member.state().name())
            .text(STAY, member.stay())
            .text(
                Indexes.RUNS_PARTITION,
                RecipientKeys.dynamicMembers(
                    environment, member.audience(), RecipientKeys.memberShard(member.user().id())))
            .text(Indexes.RUNS_SORT, RecipientKeys.dynamicMember(member.user()))
            .bytes(Item.BODY, CompressedJson.pack(document)),
        Condition.NEW);
  }

  private static Key key(EnvironmentId environment, DynamicMember member) {
    return RecipientKeys.stay(environment, member.user(), member.audience());
  }

  @Override
  public boolean move(EnvironmentId environment, DynamicMember before, State after) {
    Condition standing = standing(before);
    var values = new HashMap<>(standing.values());
    values.put(":after", AttributeValue.fromS(after.name()));
    return table.updateIf(
        key(environment, before),
        MOVE,
        new Condition(standing.expression(), standing.names(), values));
  }

  @Override
  public boolean end(EnvironmentId environment, DynamicMember before) {
    return table.deleteIf(key(environment, before), standing(before));
  }

  private static Condition standing(DynamicMember before) {
    return new Condition(
        "#st = :st AND #sy = :sy",
        Map.of("#st", STATE, "#sy", STAY),
        Map.of(
            ":st", AttributeValue.fromS(before.state().name()),
            ":sy", AttributeValue.fromS(before.stay())));
  }

  /** The index tells where the stays lie; what they are is read there. */
  @Override
  public Page<ListedMember> members(
      EnvironmentId environment, String audience, PageRequest request) {
    Page<Listing> page = listings(environment, audience, request);
    Map<Key, Item> items = table.getAll(page.items().stream().map(Listing::key).toList(), true);
    return new Page<>(
        page.items().stream()
            .filter(it -> items.containsKey(it.key()))
            .map(it -> new ListedMember(member(items.get(it.key())), it.position()))
            .filter(it -> it.member().state() != State.LEFT)
            .toList(),
        page.next());
  }

  private record Listing(Key key, String position) {}

  private Page<Listing> listings(EnvironmentId environment, String audience, PageRequest request) {
    boolean onward = request.before().isEmpty();
    Optional<String> from =
        (onward ? request.after() : request.before())
            .filter(it -> it.startsWith(RecipientKeys.DYNAMIC_MEMBER, 1))
            .filter(it -> Character.digit(it.charAt(0), RecipientKeys.MEMBER_SHARDS) >= 0);
    int shard =
        from.map(it -> Character.digit(it.charAt(0), RecipientKeys.MEMBER_SHARDS))
            .orElse(onward ? 0 : RecipientKeys.MEMBER_SHARDS - 1);
    var page = new PageOf<Listing>(request);
    for (;
        !page.done() && shard >= 0 && shard < RecipientKeys.MEMBER_SHARDS;
        shard += onward ? 1 : -1) {
      walk(page, from, shard, range(environment, audience, shard, from, onward), onward);
    }
    return page.page();
  }

  /** Of the shard that the position is in, what lies behind it; of others all. */
  private static Range range(
      EnvironmentId environment,
      String audience,
      int shard,
      Optional<String> from,
      boolean onward) {
    Range all =
        Range.prefix(
            RecipientKeys.dynamicMembers(environment, audience, shard),
            RecipientKeys.DYNAMIC_MEMBER);
    Optional<String> here =
        from.filter(it -> Character.digit(it.charAt(0), RecipientKeys.MEMBER_SHARDS) == shard)
            .map(it -> it.substring(1));
    return Range.inIndex(
        Indexes.RUNS,
        all.partition(),
        onward ? here.orElse(all.low()) : all.low(),
        onward ? all.high() : here.orElse(all.high()));
  }

  private void walk(
      PageOf<Listing> page, Optional<String> from, int shard, Range range, boolean onward) {
    var entries =
        new MergedRanges(table, List.of(range), item -> item.text(Indexes.RUNS_SORT), !onward);
    for (var next = entries.next(); next.isPresent() && !page.done(); next = entries.next()) {
      String position = Integer.toHexString(shard) + next.get().position();
      page.saw(position);
      if (!from.equals(Optional.of(position))) {
        page.add(new Listing(next.get().item().key(), position), position);
      }
    }
  }
}
