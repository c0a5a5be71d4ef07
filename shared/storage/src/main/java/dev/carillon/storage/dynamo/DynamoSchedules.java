package dev.carillon.storage.dynamo;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.schedule.Schedules;
import dev.carillon.workflow.WorkflowKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Schedules in the table: a head for each, and two links by which it is listed, one under its
 * workflow and one under its recipient. The head is what makes a schedule exist. Links are written
 * before it and deleted after it; one that leads nowhere is left out of lists.
 *
 * <p>Data lies in the head while it is small and in chunks beside it otherwise. Chunks of data that
 * was replaced stay until the schedule is deleted.
 */
public final class DynamoSchedules implements Schedules {
  private static final String HEAD = "HEAD";
  private static final String DATA = "DATA";

  /** Everything of a head but the data. */
  private static final String DOCUMENT = "d";

  /** What occurs often is written often, and a write is billed by the whole item. */
  private static final int INSIDE = 20_000;

  private static final Condition ANY = new Condition("attribute_exists(pk)", Map.of(), Map.of());

  private final Table table;
  private final Blobs blobs;

  public DynamoSchedules(Table table) {
    this.table = table;
    this.blobs = new Blobs(table);
  }

  @Override
  public Optional<Schedule> find(EnvironmentId environment, ScheduleId id) {
    return table.get(head(environment, id)).map(head -> read(environment, id, head));
  }

  @Override
  public Map<ScheduleId, Schedule> findAll(EnvironmentId environment, List<ScheduleId> ids) {
    Map<Key, Item> heads =
        table.getAll(ids.stream().map(id -> head(environment, id)).toList(), true);
    var found = new HashMap<ScheduleId, Schedule>();
    for (ScheduleId id : ids) {
      Optional.ofNullable(heads.get(head(environment, id)))
          .ifPresent(head -> found.put(id, read(environment, id, head)));
    }
    return found;
  }

  @Override
  public boolean save(Schedule schedule) {
    if (schedule.revision() == 0) {
      links(schedule).forEach(link -> table.put(Item.at(link)));
    }
    Item head =
        Item.at(head(schedule.environment(), schedule.id()))
            .number(Item.REVISION, schedule.revision() + 1L)
            .bytes(DOCUMENT, Packed.pack(ScheduleDocument.write(schedule)));
    blobs.write(head, Packed.pack(schedule.data()), INSIDE, DATA, OptionalLong.empty());
    return table.putIf(head, Condition.revision(schedule.revision()));
  }

  @Override
  public void delete(Schedule schedule) {
    Key head = head(schedule.environment(), schedule.id());
    table.deleteIf(head, ANY);
    table
        .all(Range.prefix(head.partition(), DATA + "#"))
        .forEach(chunk -> table.deleteIf(chunk.key(), ANY));
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
            .mapToObj(shard -> Keys.schedulesOf(environment, workflow, shard))
            .toList();
    return listed(environment, partitions, wanted, request);
  }

  @Override
  public Page<Schedule> ofRecipient(
      EnvironmentId environment,
      RecipientId recipient,
      Predicate<Schedule> wanted,
      PageRequest request) {
    return listed(environment, List.of(Keys.schedulesOf(environment, recipient)), wanted, request);
  }

  private Page<Schedule> listed(
      EnvironmentId environment,
      List<String> partitions,
      Predicate<Schedule> wanted,
      PageRequest request) {
    String low = Positions.low(request, Range.LOWEST);
    String high = Positions.high(request, Range.HIGHEST);
    var merge =
        new Merge(
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
              .filter(wanted)
              .ifPresent(schedule -> page.add(schedule, position));
        }
      }
    }
    return page.page();
  }

  private static List<String> next(Merge merge, int count) {
    var positions = new ArrayList<String>();
    Optional<Merge.Entry> next = Optional.empty();
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
            Keys.schedulesOf(schedule.environment(), schedule.workflow(), schedule.id().shard()),
            schedule.position()),
        new Key(
            Keys.schedulesOf(schedule.environment(), schedule.recipient()), schedule.position()));
  }

  private static Key head(EnvironmentId environment, ScheduleId id) {
    return new Key(Keys.schedule(environment, id), HEAD);
  }

  private Schedule read(EnvironmentId environment, ScheduleId id, Item head) {
    return ScheduleDocument.read(
        environment,
        id,
        (int) head.number(Item.REVISION),
        Packed.unpackObject(head.bytes(DOCUMENT)),
        Packed.unpackObject(blobs.read(head)));
  }
}
