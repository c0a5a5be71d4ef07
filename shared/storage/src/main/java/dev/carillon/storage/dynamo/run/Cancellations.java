package dev.carillon.storage.dynamo.run;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.recipient.RecipientId;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Range;
import dev.carillon.storage.dynamo.Slice;
import dev.carillon.trigger.CancellableWait;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What was cancelled, in the table, and what waits under a cancellation key.
 *
 * <p>A key counts the calls that cancelled under it. A trigger bears the count of when it was
 * accepted, and is cancelled when a later call was for all, or for its recipient. The count is read
 * and raised by DynamoDB alone, so no two functions' clocks need agree, and the order of calls is
 * that in which the table saw them.
 */
final class Cancellations {
  private static final int PAGE = 100;
  private static final String COUNT = "cn";
  private static final String ALL = "al";
  private static final String GENERATION = "g";
  private static final String RUN = "tr";
  private static final String COLLECTION = "c";
  private static final String ID = "i";
  private static final String WAIT = "wt";
  private static final String UNTIL = "u";

  /** Outlives every wait: a tombstone that went would let a cancelled run send. */
  private static final Duration TOMBSTONE = Duration.ofDays(3_650);

  private static final String RAISED = "SET #n = if_not_exists(#n, :0) + :1, #ttl = :ttl";
  private static final Map<String, String> NAMES = Map.of("#n", COUNT, "#ttl", Item.TTL);
  private static final Map<String, String> NAMES_ALL =
      Map.of("#n", COUNT, "#ttl", Item.TTL, "#a", ALL);

  private static final AttributeValue ZERO = AttributeValue.fromN("0");
  private static final AttributeValue ONE = AttributeValue.fromN("1");

  private final DynamoTable table;

  Cancellations(DynamoTable table) {
    this.table = table;
  }

  /** How many calls have cancelled under the key so far. */
  long sequence(EnvironmentId environment, WorkflowKey workflow, String key) {
    return table
        .get(RunKeys.cancellations(environment, workflow, key))
        .map(head -> head.number(COUNT))
        .orElse(0L);
  }

  void cancel(
      EnvironmentId environment, WorkflowKey workflow, String key, List<RecipientId> recipients) {
    Key head = RunKeys.cancellations(environment, workflow, key);
    Map<String, AttributeValue> values = Map.of(":0", ZERO, ":1", ONE, ":ttl", tombstone());
    if (recipients.isEmpty()) {
      table.update(head, RAISED + ", #a = if_not_exists(#n, :0) + :1", NAMES_ALL, values);
      return;
    }
    long count = table.update(head, RAISED, NAMES, values).number(COUNT);
    for (RecipientId recipient : recipients) {
      table.putIf(
          Item.at(RunKeys.cancellations(environment, workflow, key, recipient))
              .number(COUNT, count)
              .number(Item.TTL, ttl()),
          new Condition(
              "attribute_not_exists(pk) OR #n < :n",
              Map.of("#n", COUNT),
              Map.of(":n", number(count))));
    }
  }

  void cancel(EnvironmentId environment, TriggerId trigger, RecipientId recipient) {
    table.put(Item.at(RunKeys.cancel(environment, trigger, recipient)).number(Item.TTL, ttl()));
  }

  /**
   * @param found the trigger, if it is there still
   * @param sequence empty of a trigger that an earlier build accepted: what cancels its key cancels
   *     it, and so does what that build wrote for the trigger itself
   */
  boolean holds(
      EnvironmentId environment,
      TriggerId id,
      RecipientId recipient,
      Optional<Trigger> found,
      Optional<Long> sequence) {
    var keys = new ArrayList<Key>();
    Key own = RunKeys.cancel(environment, id, recipient);
    keys.add(own);
    if (sequence.isEmpty()) {
      keys.add(RunKeys.cancelAll(environment, id));
    }
    var under = new ArrayList<Key>();
    found.ifPresent(
        trigger ->
            trigger
                .cancellationKey()
                .ifPresent(
                    key -> {
                      under.add(RunKeys.cancellations(environment, trigger.workflow(), key));
                      under.add(
                          RunKeys.cancellations(environment, trigger.workflow(), key, recipient));
                    }));
    keys.addAll(under);
    Map<Key, Item> items = table.getAll(keys, true);
    long accepted = sequence.orElse(0L);
    if (!under.isEmpty()) {
      boolean all =
          Optional.ofNullable(items.remove(under.getFirst()))
              .filter(head -> head.has(ALL) && head.number(ALL) > accepted)
              .isPresent();
      boolean one =
          Optional.ofNullable(items.remove(under.getLast()))
              .filter(mark -> mark.number(COUNT) > accepted)
              .isPresent();
      if (all || one) {
        return true;
      }
    }
    return !items.isEmpty();
  }

  void list(CancellableWait wait, Instant end) {
    table.putIf(
        Item.at(key(wait))
            .text(RUN, wait.trigger().toString())
            .text(COLLECTION, wait.recipient().collection())
            .text(ID, wait.recipient().id())
            .text(WAIT, wait.waitId())
            .number(UNTIL, wait.until().toEpochMilli())
            .number(GENERATION, wait.generation())
            .number(Item.TTL, end.getEpochSecond()),
        generation(wait, "attribute_not_exists(pk) OR #g <= :g"));
  }

  void unlist(CancellableWait wait) {
    table.deleteIf(key(wait), generation(wait, "#g <= :g"));
  }

  /**
   * The partition also holds the triggers that earlier builds listed there, for ten years; their
   * ids, which are instants, begin with a zero for longer than that.
   */
  Page<CancellableWait.Found> waits(
      EnvironmentId environment,
      WorkflowKey workflow,
      String key,
      Optional<RecipientId> recipient,
      Optional<String> cursor) {
    String partition = RunKeys.cancellation(environment, workflow, key);
    Range range =
        recipient
            .map(one -> Range.prefix(partition, RunKeys.waits(one)))
            .orElseGet(() -> Range.between(partition, Range.LOWEST, Range.HIGHEST));
    Slice slice =
        table.query(
            range, PAGE, cursor.map(at -> new Key(partition, at).attributes()).orElse(Map.of()));
    return new Page<>(
        slice.items().stream().map(item -> found(environment, workflow, key, item)).toList(),
        slice.next().isEmpty() ? Optional.empty() : Optional.of(slice.next().get(Item.SK).s()));
  }

  private static CancellableWait.Found found(
      EnvironmentId environment, WorkflowKey workflow, String key, Item item) {
    return item.has(RUN)
        ? CancellableWait.Found.of(
            new CancellableWait(
                environment,
                workflow,
                key,
                TriggerId.parse(item.text(RUN)),
                new RecipientId(item.text(COLLECTION), item.text(ID)),
                item.text(WAIT),
                (int) item.number(GENERATION),
                Instant.ofEpochMilli(item.number(UNTIL))))
        : CancellableWait.Found.whole(TriggerId.parse(item.text(Item.SK)));
  }

  private static Key key(CancellableWait wait) {
    return new Key(
        RunKeys.cancellation(wait.environment(), wait.workflow(), wait.cancellationKey()),
        RunKeys.waits(wait.recipient()) + wait.trigger() + "#" + wait.waitId());
  }

  private static Condition generation(CancellableWait wait, String expression) {
    return new Condition(
        expression, Map.of("#g", GENERATION), Map.of(":g", number(wait.generation())));
  }

  private AttributeValue tombstone() {
    return number(ttl());
  }

  private long ttl() {
    return table.now().plus(TOMBSTONE).getEpochSecond();
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
