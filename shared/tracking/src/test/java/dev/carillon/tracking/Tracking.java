package dev.carillon.tracking;

import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.message.MessageOrigin;
import dev.carillon.recipient.RecipientId;
import dev.carillon.tracking.link.LinkDomains;
import dev.carillon.tracking.link.LinkKey;
import dev.carillon.tracking.link.LinkTarget;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What the tests of this module track. */
public final class Tracking {
  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  public static final EnvironmentId ENVIRONMENT = new EnvironmentId("production");
  public static final MessageId MESSAGE =
      new MessageId(Ksuid.of(NOON, Digest.of("a message of the tests")));
  public static final LinkDomains DOMAINS =
      new LinkDomains("links.acme.example", "go.acme.test", "opens.acme.example");

  private Tracking() {}

  public static LinkKey key(int id) {
    var secret = new byte[LinkKey.LEAST_BYTES];
    Arrays.fill(secret, (byte) (id + 1));
    return new LinkKey(id, secret);
  }

  public static LinkTarget target(String url) {
    return LinkTarget.of(url).orElseThrow();
  }

  public static TrackedLink link(String url) {
    return new TrackedLink(ENVIRONMENT, MESSAGE, TrackedLink.Kind.LINK, 0, target(url));
  }

  public static TrackedLink action(String url) {
    return new TrackedLink(ENVIRONMENT, MESSAGE, TrackedLink.Kind.ACTION, 0, target(url));
  }

  public static TrackedMail mail() {
    return new TrackedMail(ENVIRONMENT, MESSAGE);
  }

  public static Message message(ChannelType type, DeliveryStatus status) {
    var trigger = TriggerId.of(NOON, "request");
    var recipient = RecipientId.user("ada");
    return new Message(
        new MessageOrigin(
            ENVIRONMENT,
            MESSAGE,
            new ChannelId(new UUID(1, 2)),
            type,
            recipient,
            List.of(),
            Optional.empty(),
            new Message.Source(
                new WorkflowKey("welcome"),
                new VersionId(new UUID(3, 4)),
                List.of(),
                new StepRef("step_1"),
                trigger,
                RunId.of(trigger, recipient)),
            Json.object(),
            Json.object(),
            NOON),
        status,
        Map.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        1,
        NOON);
  }
}
