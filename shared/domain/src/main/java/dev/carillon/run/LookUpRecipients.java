package dev.carillon.run;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.TenantId;
import dev.carillon.subscription.Subscription;
import dev.carillon.subscription.Subscriptions;
import dev.carillon.variable.Lookups;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What templates load of users, objects and tenants of an environment: a query for each, and one
 * for the first subscriptions of somebody. An id that nobody can have finds nothing.
 */
public final class LookUpRecipients implements Lookups {
  /** Of somebody who has more, the others are not listed. */
  static final int MOST_SUBSCRIPTIONS = 50;

  private final EnvironmentId environment;
  private final Recipients recipients;
  private final Optional<Subscriptions> subscriptions;

  public LookUpRecipients(
      EnvironmentId environment, Recipients recipients, Subscriptions subscriptions) {
    this(environment, recipients, Optional.of(subscriptions));
  }

  /** Where nobody's subscriptions are loaded: they are none. */
  public LookUpRecipients(EnvironmentId environment, Recipients recipients) {
    this(environment, recipients, Optional.empty());
  }

  private LookUpRecipients(
      EnvironmentId environment, Recipients recipients, Optional<Subscriptions> subscriptions) {
    this.environment = environment;
    this.recipients = recipients;
    this.subscriptions = subscriptions;
  }

  @Override
  public Optional<Json.Obj> user(String id) {
    return found(() -> RecipientId.user(id), RunVariables::person);
  }

  @Override
  public Optional<Json.Obj> object(String collection, String id) {
    return found(() -> new RecipientId(collection, id), RunVariables::person);
  }

  @Override
  public Optional<Json.Obj> tenant(String id) {
    return found(() -> new TenantId(id).recipient(), RunVariables::tenant);
  }

  private Optional<Json.Obj> found(Supplier<RecipientId> id, Function<Recipient, Json.Obj> seen) {
    return possible(id).flatMap(it -> recipients.find(environment, it)).map(seen);
  }

  private static Optional<RecipientId> possible(Supplier<RecipientId> id) {
    try {
      return Optional.of(id.get());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  @Override
  public List<Json> subscriptions(Json recipient) {
    Optional<RecipientId> whose = possible(() -> named(recipient));
    return whose.isEmpty() || subscriptions.isEmpty()
        ? List.of()
        : subscriptions
            .get()
            .ofRecipient(environment, whose.get(), PageRequest.first(MOST_SUBSCRIPTIONS))
            .items()
            .stream()
            .<Json>map(it -> seen(it.subscribed().subscription()))
            .toList();
  }

  private static RecipientId named(Json recipient) {
    return switch (recipient) {
      case Json.Str(var id) -> RecipientId.user(id);
      case Json.Obj of ->
          of.text("collection")
              .map(collection -> new RecipientId(collection, of.text("id").orElse("")))
              .orElseGet(() -> RecipientId.user(of.text("id").orElse("")));
      case Json.Num _, Json.Bool _, Json.Null _, Json.Arr _ ->
          throw new IllegalArgumentException("Nobody's id");
    };
  }

  private static Json.Obj seen(Subscription subscription) {
    return subscription.properties().with("object", RunVariables.reference(subscription.object()));
  }
}
