package dev.carillon.functions.fanout;

import dev.carillon.bulk.BulkFailure;
import dev.carillon.bulk.BulkRow;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.PublishEvents;
import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.Recipients.Identified;
import dev.carillon.subscription.Subscription;
import dev.carillon.subscription.Subscriptions;
import dev.carillon.task.ErasedPart;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Tasks;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Does one row of a bulk operation, or what an event of a source asks for in such rows. */
public final class DoBulkRow {
  private final Recipients recipients;
  private final Subscriptions subscriptions;
  private final PublishEvents tell;
  private final PlanSchedule planner;
  private final Tasks tasks;
  private final InstantSource clock;

  DoBulkRow(
      Recipients recipients,
      Subscriptions subscriptions,
      PublishEvents tell,
      PlanSchedule planner,
      Tasks tasks,
      InstantSource clock) {
    this.recipients = recipients;
    this.subscriptions = subscriptions;
    this.tell = tell;
    this.planner = planner;
    this.tasks = tasks;
    this.clock = clock;
  }

  /**
   * Safe to repeat with the same cause.
   *
   * @param asked when it was asked for: what came to be later is not deleted with who is
   * @return why it cannot be done, now or later; empty when it is done
   */
  public Optional<BulkFailure> problem(
      EnvironmentId environment, Instant asked, BulkRow row, String cause) {
    return switch (row) {
      case BulkRow.Refused(var failure) -> Optional.of(failure);
      case BulkRow.Identify(var id, var said) ->
          told(
              recipients.identify(environment, id, said, cause, clock.instant()),
              environment,
              id,
              said,
              cause);
      case BulkRow.Delete(var id) -> {
        tasks.send(
            new FanoutTask.Erase(environment, id, asked, ErasedPart.SUBSCRIBERS, Optional.empty()));
        recipients.delete(environment, id);
        yield Optional.empty();
      }
      case BulkRow.Prefer(var id, var set, var said, var replacing) ->
          told(
              recipients.change(environment, id, preferring(set, said, replacing), clock.instant()),
              environment,
              id,
              new Identification(Json.Obj.EMPTY, Optional.empty(), Map.of(set, said), Map.of()),
              cause);
      case BulkRow.Subscribe(var id, var some, var properties) -> {
        some.forEach(it -> subscriptions.put(environment, new Subscription(id, it, properties)));
        yield Optional.empty();
      }
      case BulkRow.Plan(var schedule) -> {
        planner.plan(schedule);
        yield Optional.empty();
      }
      case BulkRow.Unsubscribe(var id, var some) -> {
        some.forEach(it -> subscriptions.remove(environment, id, it));
        yield Optional.empty();
      }
    };
  }

  private static UnaryOperator<Recipient> preferring(String set, Json.Obj said, boolean replacing) {
    return it ->
        it.withPreferences(
            set,
            replacing
                ? said
                : it.preferences().getOrDefault(set, Json.Obj.EMPTY).mergedDeeply(said));
  }

  private Optional<BulkFailure> told(
      Identified identified,
      EnvironmentId environment,
      RecipientId id,
      Identification said,
      String cause) {
    return switch (identified) {
      case Identified.Merged _ -> {
        tell.ofRecipient(environment, id, said, cause);
        yield Optional.empty();
      }
      case Identified.TooLarge _ ->
          Optional.of(
              BulkFailure.of(id, "would be larger than what may be known of one recipient"));
    };
  }
}
