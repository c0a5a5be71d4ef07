package dev.carillon.functions.api.users;

import dev.carillon.edge.ErrorCode;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.PublishEvents;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.Recipients.Identified;
import dev.carillon.subscription.Subscription;
import dev.carillon.subscription.Subscriptions;
import dev.carillon.subscription.Subscriptions.ListedSubscription;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Merges a user into another: what is known of it fills the gaps of what is known of the other, the
 * other's subscriptions grow by its own, and it is no more. Of a preference set and a channel's
 * data that both have, the other's stays whole: two people's choices would make a third that
 * neither made. Its schedules and messages stay under its id. Safe to repeat after a call that
 * died: what was merged is merged again.
 */
final class MergeUsers {
  private static final int PAGE = 50;

  private final Recipients recipients;
  private final Subscriptions subscriptions;

  /** Longer than a call takes: by then the user is no more. */
  private static final Duration GONE = Duration.ofSeconds(30);

  private final PublishEvents tell;
  private final Tasks tasks;
  private final InstantSource clock;

  MergeUsers(
      Recipients recipients,
      Subscriptions subscriptions,
      PublishEvents tell,
      Tasks tasks,
      InstantSource clock) {
    this.recipients = recipients;
    this.subscriptions = subscriptions;
    this.tell = tell;
    this.tasks = tasks;
    this.clock = clock;
  }

  /**
   * Those who are told are told before the user is no more: a call that dies after that finds none.
   *
   * @param cause names the call
   * @return the other as it is known now
   * @throws dev.carillon.edge.ApiException when too much would be known
   */
  Recipient merge(EnvironmentId environment, Recipient from, RecipientId into, String cause) {
    Recipient merged =
        switch (recipients.change(environment, into, it -> filled(it, from), clock.instant())) {
          case Identified.Merged(var recipient) -> recipient;
          case Identified.TooLarge _ ->
              throw ErrorCode.INVALID_PARAMS.at(
                  "from_user_id",
                  "would make what is known of the user take more than "
                      + Recipients.MAX_PROPERTIES_BYTES
                      + " bytes");
        };
    subscribe(environment, from.id(), into);
    tell.ofRecipient(
        environment,
        into,
        new Identification(
            from.properties(), Optional.empty(), from.preferences(), from.channelData()),
        cause);
    tasks.send(new FanoutTask.Settle(environment, from.id(), "merged " + cause), GONE);
    recipients.delete(environment, from.id());
    return merged;
  }

  private static Recipient filled(Recipient into, Recipient from) {
    Map<String, Json.Obj> sets = new HashMap<>(from.preferences());
    sets.putAll(into.preferences());
    Map<String, Json.Obj> data = new HashMap<>(from.channelData());
    data.putAll(into.channelData());
    Optional<Instant> createdAt = into.createdAt().or(from::createdAt);
    return new Recipient(
        into.id(),
        from.properties().mergedDeeply(into.properties()),
        createdAt,
        into.updatedAt(),
        sets,
        data);
  }

  /** Where both are subscribed, the subscription of the other stays as it is. */
  private void subscribe(EnvironmentId environment, RecipientId from, RecipientId into) {
    Optional<String> after = Optional.empty();
    do {
      Page<ListedSubscription> page =
          subscriptions.ofRecipient(
              environment, from, new PageRequest(after, Optional.empty(), PAGE));
      for (ListedSubscription listed : page.items()) {
        Subscription old = listed.subscribed().subscription();
        if (subscriptions.find(environment, old.object(), into).isEmpty()) {
          subscriptions.put(environment, new Subscription(old.object(), into, old.properties()));
        }
        subscriptions.remove(environment, old.object(), from);
      }
      after = page.next();
    } while (after.isPresent());
  }
}
