package dev.carillon.storage.dynamo.waiting;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.schedule.Schedules;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.MergedRanges;
import dev.carillon.storage.dynamo.PageOf;
import dev.carillon.storage.dynamo.Positions;
import dev.carillon.storage.dynamo.Range;
import dev.carillon.workflow.WorkflowKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Schedules in the table, an item for each, and two links by which it is listed, one under its
 * workflow and one under its recipient. The item is what makes a schedule exist. Links are written
 * before it and deleted after it; one that leads nowhere, or is not in the place of the schedule it
 * leads to, was left by somebody who died in between, and is left out of lists.
 */
public final class DynamoSchedules implements Schedules {
  private static final Condition ANY = new Condition("attribute_exists(pk)", Map.of(), Map.of());

  private final DynamoTable table;

  public DynamoSchedules(DynamoTable table) {
    this.table = table;
  }

  @Override
  public Optional<Schedule> find(EnvironmentId environment, ScheduleId id) {
    return table
        .get(WaitingKeys.schedule(environment, id))
        .map(item -> read(environment, id, item));
  }

  @Override
  public Map<ScheduleId, Schedule> findAll(EnvironmentId environment, List<ScheduleId> ids) {
    Map<Key, Item> items =
        table.getAll(ids.stream().map(id -> WaitingKeys.schedule(environment, id)).toList(), true);
    var found = new HashMap<ScheduleId, Schedule>();
    for (ScheduleId id : ids) {
      Optional.ofNullable(items.get(WaitingKeys.schedule(environment, id)))
          .ifPresent(item -> found.put(id, read(environment, id, item)));
    }
    return found;
  }

  @Override
  public boolean save(Schedule schedule) {
    if (schedule.revision() == 0) {
      links(schedule).forEach(link -> table.put(Item.at(link)));
    }
    Item item =
        Item.at(WaitingKeys.schedule(schedule.environment(), schedule.id()))
            .number(Item.REVISION, schedule.revision() + 1L)
            .bytes(Item.BODY, CompressedJson.pack(ScheduleDocument.write(schedule)));
    return table.putIf(item, Condition.revision(schedule.revision()));
  }

  @Override
  public void delete(Schedule schedule) {
    table.deleteIf(WaitingKeys.schedule(schedule.environment(), schedule.id()), ANY);
    links(schedule).forEach(link -> table.deleteIf(link, ANY));
  }

  @Override
  public Page<Schedule> ofWorkflow(
      EnvironmentId environment,
      WorkflowKey workflow,
      Predicate<Schedule> wanted,
      PageRequest request) {
    List<String> partitions =
        IntStream.range(0, ScheduleId.SHARDS)
            .mapToObj(shard -> WaitingKeys.schedulesOf(environment, workflow, shard))
            .toList();
    return listed(environment, partitions, wanted, request);
  }

  @Override
  public Page<Schedule> ofRecipient(
      EnvironmentId environment,
      RecipientId recipient,
      Predicate<Schedule> wanted,
      PageRequest request) {
    return listed(
        environment, List.of(WaitingKeys.schedulesOf(environment, recipient)), wanted, request);
  }

  private Page<Schedule> listed(
      EnvironmentId environment,
      List<String> partitions,
      Predicate<Schedule> wanted,
      PageRequest request) {
    String low = Positions.low(request, Range.LOWEST);
    String high = Positions.high(request, Range.HIGHEST);
    var merge =
        new MergedRanges(
            table,
            partitions.stream().map(it -> Range.between(it, low, high)).toList(),
            link -> link.text(Item.SK),
            request.before().isEmpty());
    var page = new PageOf<Schedule>(request);
    while (!page.done()) {
      List<String> positions = next(merge, request.size() + 1);
      if (positions.isEmpty()) {
        break;
      }
      Map<ScheduleId, Schedule> found =
          findAll(environment, positions.stream().map(DynamoSchedules::id).toList());
      for (String position : positions) {
        if (!page.done() && Positions.beyond(request, position)) {
          page.saw(position);
          Optional.ofNullable(found.get(id(position)))
              .filter(schedule -> schedule.position().equals(position))
              .filter(wanted)
              .ifPresent(schedule -> page.add(schedule, position));
        }
      }
    }
    return page.page();
  }

  private static List<String> next(MergedRanges merge, int count) {
    var positions = new ArrayList<String>();
    Optional<MergedRanges.Entry> next = Optional.empty();
    while (positions.size() < count && (next = merge.next()).isPresent()) {
      positions.add(next.get().position());
    }
    return positions;
  }

  private static ScheduleId id(String position) {
    return ScheduleId.parse(position.substring(position.indexOf('-') + 1));
  }

  private static List<Key> links(Schedule schedule) {
    return List.of(
        new Key(
            WaitingKeys.schedulesOf(
                schedule.environment(), schedule.workflow(), schedule.id().shard()),
            schedule.position()),
        new Key(
            WaitingKeys.schedulesOf(schedule.environment(), schedule.recipient()),
            schedule.position()));
  }

  private static Schedule read(EnvironmentId environment, ScheduleId id, Item item) {
    return ScheduleDocument.read(
        environment,
        id,
        (int) item.number(Item.REVISION),
        CompressedJson.unpackObject(item.bytes(Item.BODY)));
  }
}
