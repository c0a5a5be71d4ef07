package dev.carillon.source;

import dev.carillon.condition.Path;
import dev.carillon.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Systems whose events are known: how a source of theirs is set up unless somebody says else. */
public enum SourceProvider {
  HTTP(
      "http",
      "HTTP",
      "Whatever posts JSON.",
      "Communications",
      "https://www.standardwebhooks.com",
      SourceSettings.STANDARD),
  EVENTBRIDGE(
      "eventbridge",
      "Amazon EventBridge",
      "Events of a bus that a rule of the deployment brings.",
      "Infrastructure",
      "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html",
      settings("body.detail-type", "body.time", "body.id", false)),
  SEGMENT(
      "segment",
      "Segment",
      "Tracked events and identified users, by a webhook destination.",
      "Analytics",
      "https://segment.com/docs/connections/destinations/catalog/webhooks",
      settings("body.event", "body.timestamp", "body.messageId", true)),
  RUDDERSTACK(
      "rudderstack",
      "RudderStack",
      "Tracked events and identified users, by a webhook destination.",
      "Analytics",
      "https://www.rudderstack.com/docs/destinations/streaming-destinations/webhooks",
      settings("body.event", "body.timestamp", "body.messageId", true)),
  STRIPE(
      "stripe",
      "Stripe",
      "Events of payments and subscriptions.",
      "Billing",
      "https://docs.stripe.com/webhooks",
      settings("body.type", "body.created", "body.id", false)),
  CLERK(
      "clerk",
      "Clerk",
      "Users and organizations as they come and go.",
      "Identity",
      "https://clerk.com/docs/webhooks/overview",
      settings("body.type", "body.timestamp", "headers.svix-id", false));

  private static final Json.Obj OF_CLERK =
      Json.object()
          .with("id", "body.data.id")
          .with("email", "body.data.email_addresses.0.email_address")
          .with("phone_number", "body.data.phone_numbers.0.phone_number")
          .with("avatar", "body.data.image_url");

  private final String key;
  private final String label;
  private final String description;
  private final String category;
  private final String documents;
  private final SourceSettings settings;

  SourceProvider(
      String key,
      String label,
      String description,
      String category,
      String documents,
      SourceSettings settings) {
    this.key = key;
    this.label = label;
    this.description = description;
    this.category = category;
    this.documents = documents;
    this.settings = settings;
  }

  private static SourceSettings settings(
      String type, String timestamp, String idempotency, boolean identifies) {
    return new SourceSettings(
        Path.of(type),
        Optional.of(Path.of(timestamp)),
        Optional.of(Path.of(idempotency)),
        true,
        identifies,
        false,
        Optional.empty());
  }

  public static Optional<SourceProvider> named(String key) {
    return Arrays.stream(values()).filter(it -> it.key.equals(key)).findFirst();
  }

  public String key() {
    return key;
  }

  public String label() {
    return label;
  }

  public String description() {
    return description;
  }

  /** One of Knock's categories. */
  public String category() {
    return category;
  }

  /** Where its own documents tell how events are sent. */
  public String documents() {
    return documents;
  }

  public SourceSettings settings() {
    return settings;
  }

  /** How it signs; empty when it does not, or as its users choose. */
  public Optional<Verification.Scheme> scheme() {
    return switch (this) {
      case HTTP, EVENTBRIDGE, RUDDERSTACK -> Optional.empty();
      case SEGMENT -> Optional.of(Verification.Scheme.HMAC_SHA1_HEX);
      case STRIPE -> Optional.of(Verification.Scheme.STRIPE);
      case CLERK -> Optional.of(Verification.Scheme.STANDARD_WEBHOOKS);
    };
  }

  /** What is mapped in a new source of it: the type of event, what it does, by which parameters. */
  public List<Proposed> mappings() {
    return switch (this) {
      case HTTP, EVENTBRIDGE, SEGMENT, RUDDERSTACK, STRIPE -> List.of();
      case CLERK ->
          List.of(
              new Proposed("user.created", ActionType.USERS_IDENTIFY, OF_CLERK),
              new Proposed("user.updated", ActionType.USERS_IDENTIFY, OF_CLERK),
              new Proposed(
                  "user.deleted",
                  ActionType.USERS_DELETE,
                  Json.object().with("id", "body.data.id")));
    };
  }

  /** A mapping as it is proposed. */
  public record Proposed(String eventType, ActionType type, Json.Obj parameters) {}
}
