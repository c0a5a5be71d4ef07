package dev.carillon.webhook;

import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.message.MessageOrigin;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.webhook.signature.WebhookSecret;
import dev.carillon.webhook.signature.WebhookSecrets;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What the tests of this module tell and to whom. */
final class Hooks {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456789Z");
  static final EnvironmentId ENVIRONMENT = new EnvironmentId("production");
  static final ChannelId CHANNEL = new ChannelId(new UUID(1, 2));
  static final WorkflowKey WORKFLOW = new WorkflowKey("welcome");
  static final WebhookEndpointId ENDPOINT = new WebhookEndpointId(new UUID(5, 6));
  static final String EVENT = WebhookEvent.id(NOON, Digest.of("something"));
  static final Json.Obj SHOWN = Json.object().with("__typename", "Message").with("id", "m");

  private Hooks() {}

  static WebhookSecret secret(int number) {
    var bytes = new byte[32];
    bytes[0] = (byte) number;
    return WebhookSecret.of(bytes);
  }

  static WebhookEndpoint endpoint(WebhookEventType... types) {
    Set<WebhookEventType> wanted =
        types.length == 0 ? EnumSet.allOf(WebhookEventType.class) : Set.of(types);
    return new WebhookEndpoint(
        ENVIRONMENT,
        ENDPOINT,
        "https://acme.example/hooks",
        WebhookFilter.of(wanted),
        WebhookSecrets.of(secret(1)),
        EndpointHealth.GOOD,
        1,
        NOON);
  }

  static WebhookEvent event(WebhookEventType type) {
    return new WebhookEvent(
        ENVIRONMENT,
        EVENT,
        type,
        NOON,
        new WebhookSubject(
            Optional.of(WORKFLOW), Optional.of(CHANNEL), Optional.of(new TenantId("acme"))),
        SHOWN,
        Optional.empty());
  }

  static Message message(Message.Event... events) {
    var trigger = TriggerId.of(NOON, "request");
    var recipient = RecipientId.user("ada");
    return new Message(
        new MessageOrigin(
            ENVIRONMENT,
            new MessageId(Ksuid.of(NOON, Digest.of("m"))),
            CHANNEL,
            ChannelType.EMAIL,
            recipient,
            List.of(),
            Optional.of(new TenantId("acme")),
            new Message.Source(
                WORKFLOW,
                new VersionId(new UUID(3, 4)),
                List.of(),
                new StepRef("email_1"),
                trigger,
                RunId.of(trigger, recipient)),
            Json.object(),
            Json.object(),
            NOON),
        DeliveryStatus.SENT,
        Map.of(),
        List.of(),
        List.of(events),
        Optional.empty(),
        Optional.empty(),
        1,
        NOON);
  }

  static WebhookAnswer status(int status) {
    return new WebhookAnswer.Status(status, "", Optional.empty());
  }

  static WebhookAnswer status(int status, Duration retryAfter) {
    return new WebhookAnswer.Status(status, "", Optional.of(retryAfter));
  }

  static WebhookTry made(WebhookAnswer answer, Instant at) {
    return new WebhookTry("https://acme.example/hooks", at, answer, 12);
  }
}
