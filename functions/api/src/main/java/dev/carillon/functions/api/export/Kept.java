package dev.carillon.functions.api.export;

import dev.carillon.audience.Audiences;
import dev.carillon.audience.DynamicMembers;
import dev.carillon.edge.view.Times;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.api.schedules.ScheduleView;
import dev.carillon.functions.api.suppressions.SuppressionView;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.TenantId;
import dev.carillon.runtime.Ports;
import dev.carillon.schedule.Schedules;
import dev.carillon.source.SourceEvent;
import dev.carillon.source.SourceEvents;
import dev.carillon.subscription.Subscriptions;
import dev.carillon.subscription.Subscriptions.ListedSubscription;
import dev.carillon.suppression.Suppressions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is kept beside a user: subscriptions, schedules, audiences. All of it is read. */
final class Kept {
  private static final int PAGE = 50;

  private final Subscriptions subscriptions;
  private final Schedules schedules;
  private final Audiences audiences;
  private final SourceEvents events;
  private final DynamicMembers dynamic;
  private final Recipients recipients;
  private final Suppressions suppressions;

  Kept(Ports ports) {
    this.subscriptions = ports.subscriptions();
    this.schedules = ports.schedules();
    this.audiences = ports.audiences();
    this.events = ports.sourceEvents();
    this.dynamic = ports.dynamicMembers();
    this.recipients = ports.recipients();
    this.suppressions = ports.suppressions();
  }

  Json subscriptions(EnvironmentId environment, RecipientId user) {
    return Json.array(
        all(page -> subscriptions.ofRecipient(environment, user, page)).stream()
            .map(Kept::subscription)
            .toList());
  }

  private static Json subscription(ListedSubscription listed) {
    var subscribed = listed.subscribed();
    return Json.object()
        .with("object", subscribed.subscription().object().reference())
        .with("properties", subscribed.subscription().properties())
        .with("inserted_at", Times.of(subscribed.insertedAt()))
        .with("updated_at", Times.of(subscribed.updatedAt()));
  }

  Json schedules(EnvironmentId environment, RecipientId user) {
    var view = new ScheduleView(recipients, environment);
    return Json.array(
        all(page -> schedules.ofRecipient(environment, user, _ -> true, page)).stream()
            .map(view::of)
            .toList());
  }

  /** Those that the user was put into, and those whose conditions it was found to fit. */
  Json audiences(EnvironmentId environment, RecipientId user) {
    return Json.array(
        Stream.concat(
                audiences.of(environment, user).stream()
                    .map(it -> audience(it.key(), it.member().tenant(), it.addedAt())),
                dynamic.of(environment, user).stream()
                    .map(it -> audience(it.audience(), Optional.empty(), it.since())))
            .toList());
  }

  private static Json audience(String key, Optional<TenantId> tenant, Instant since) {
    return Json.object()
        .with("key", key)
        .with("tenant", Json.ofNullable(tenant.map(TenantId::value)))
        .with("added_at", Times.of(since));
  }

  /** What came in of the user by sources, newest first. */
  Json sourceEvents(EnvironmentId environment, RecipientId user) {
    return Json.array(
        all(page -> events.of(environment, user, page)).stream()
            .map(
                it ->
                    Json.object()
                        .with("id", it.id())
                        .with("source", it.source())
                        .with("event", it.type())
                        .with("received_at", Times.of(it.receivedAt()))
                        .with("sent", it.sent())
                        .with("actions", actions(it)))
            .toList());
  }

  private static Json actions(SourceEvent event) {
    return event.state() instanceof SourceEvent.State.Done(var actions)
        ? Json.array(
            actions.stream()
                .map(
                    it ->
                        Json.object()
                            .with("type", it.type().wireName())
                            .with("payload", it.payload().<Json>map(p -> p).orElse(Json.NULL)))
                .toList())
        : Json.array(List.of());
  }

  /** Why no mail goes to the user's address; null when it does. */
  Json suppression(EnvironmentId environment, Optional<Recipient> user) {
    return user.flatMap(it -> it.text("email"))
        .flatMap(address -> suppressions.find(environment, address))
        .<Json>map(SuppressionView::of)
        .orElse(Json.NULL);
  }

  private static <T> List<T> all(Function<PageRequest, Page<T>> list) {
    var all = new ArrayList<T>();
    Optional<String> after = Optional.empty();
    do {
      Page<T> page = list.apply(new PageRequest(after, Optional.empty(), PAGE));
      all.addAll(page.items());
      after = page.next();
    } while (after.isPresent());
    return all;
  }
}
