package dev.carillon.functions.api.subscriptions;

import dev.carillon.edge.view.RecipientView;
import dev.carillon.edge.view.Times;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.subscription.Subscribed;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Subscriptions as one response shows them: who stands in several of them is read once. */
final class SubscriptionView {
  private final Recipients recipients;
  private final EnvironmentId environment;
  private final Function<Recipient, Json.Obj> recipientView;
  private final Map<RecipientId, Optional<Recipient>> known = new HashMap<>();

  /**
   * @param recipientView how who is subscribed is shown
   */
  SubscriptionView(
      Recipients recipients,
      EnvironmentId environment,
      Function<Recipient, Json.Obj> recipientView) {
    this.recipients = recipients;
    this.environment = environment;
    this.recipientView = recipientView;
  }

  Json.Obj of(Subscribed subscribed) {
    var subscription = subscribed.subscription();
    return Json.object()
        .with("__typename", "Subscription")
        .with("object", shown(subscription.object(), subscribed.insertedAt(), RecipientView::of))
        .with("recipient", shown(subscription.recipient(), subscribed.insertedAt(), recipientView))
        .with("properties", subscription.properties())
        .with("inserted_at", Times.of(subscribed.insertedAt()))
        .with("updated_at", Times.of(subscribed.updatedAt()));
  }

  /** Without properties: bounded, whatever is known of those in it. */
  Json.Obj brief(Subscribed subscribed) {
    Json.Obj whole = of(subscribed).without("properties");
    return whole
        .with("object", RecipientView.brief(whole.object("object")))
        .with("recipient", RecipientView.brief(whole.object("recipient")));
  }

  private Json.Obj shown(
      RecipientId id, Instant otherwiseUpdatedAt, Function<Recipient, Json.Obj> view) {
    return known
        .computeIfAbsent(id, it -> recipients.find(environment, it))
        .map(view)
        .orElseGet(() -> RecipientView.of(id, Optional.empty(), otherwiseUpdatedAt));
  }
}
