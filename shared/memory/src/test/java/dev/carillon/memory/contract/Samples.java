package dev.carillon.memory.contract;

import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Mailboxes;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.message.MessageOrigin;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.Run;
import dev.carillon.run.RunOrigin;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The things the contracts store. */
public final class Samples {
  public static final Instant NOW = Instant.parse("2026-01-05T09:00:00.123456789Z");
  public static final WorkflowKey WORKFLOW = new WorkflowKey("new-comment");
  public static final VersionId VERSION =
      new VersionId(UUID.fromString("5e0cbf1a-7b0e-8a00-9f00-0123456789ab"));
  public static final ChannelId FEED =
      new ChannelId(UUID.fromString("11111111-2222-8333-8444-555555555555"));
  public static final Json.Obj DATA =
      Json.object()
          .with("text", "O'Brien & \"Söhne\" 🎉 عربى e\u0301")
          .with("number", Json.of(42))
          .with("nothing", Json.NULL)
          .with("list", Json.array(List.of(Json.TRUE, Json.object().with("deep", "er"))));

  /** Ids that are not what a key would like them to be. */
  public static final List<String> IDS =
      List.of(
          "user_1",
          "a#b",
          "a%0023b",
          "a%b",
          "%",
          "#",
          "x y",
          "../..",
          "🎉".repeat(64),
          "ü".repeat(256),
          "𝕏".repeat(256),
          "𝕏".repeat(255) + "𝕐",
          "PROFILE",
          "CANCEL");

  private Samples() {}

  /** One that no other test uses. */
  public static EnvironmentId environment() {
    return new EnvironmentId("t-" + UUID.randomUUID());
  }

  public static TriggerId triggerId(Instant at) {
    return TriggerId.of(at, UUID.randomUUID().toString());
  }

  public static Trigger trigger(EnvironmentId environment, Instant at) {
    return new Trigger(
        environment,
        triggerId(at),
        WORKFLOW,
        VERSION,
        List.of(new Trigger.Named(RecipientId.user("ada"), Optional.empty(), Json.Obj.EMPTY)),
        Optional.empty(),
        Optional.empty(),
        DATA,
        Optional.empty(),
        Trigger.Settings.NONE,
        new Trigger.Source.Api());
  }

  public static Run run(EnvironmentId environment, TriggerId trigger, RecipientId recipient) {
    return new Run(
        new RunOrigin(
            environment,
            RunId.of(trigger, recipient),
            trigger,
            WORKFLOW,
            VERSION,
            recipient,
            Optional.of(new RecipientId("projects", "a/b")),
            Optional.of(new TenantId("acme")),
            Optional.of("key"),
            trigger.time()),
        new Run.State.Completed(),
        trigger.time());
  }

  public static Run run(EnvironmentId environment, Instant at) {
    return run(environment, triggerId(at), RecipientId.user("ada"));
  }

  public static Message message(
      EnvironmentId environment, ChannelType type, RecipientId recipient, Instant at) {
    TriggerId trigger = triggerId(at);
    RunId run = RunId.of(trigger, recipient);
    var step = new StepRef("step_1");
    return new Message(
        new MessageOrigin(
            environment,
            MessageId.of(at, run, step, FEED),
            FEED,
            type,
            recipient,
            List.of(RecipientId.user("grace"), new RecipientId("projects", "p1")),
            Optional.of(new TenantId("acme")),
            new Message.Source(WORKFLOW, VERSION, List.of("comments", "all"), step, trigger, run),
            Json.object().with("email", "ada@example.com"),
            Json.object().with("project", "p1").with("big", Json.of(7)),
            at),
        DeliveryStatus.QUEUED);
  }

  /** An item of a user's feed that is held back until then. */
  public static Message held(EnvironmentId environment, String user, Instant at, Instant until) {
    Message message = message(environment, ChannelType.IN_APP_FEED, RecipientId.user(user), at);
    return new Message(
        message.origin(),
        message.status(),
        message.engagement(),
        message.attempts(),
        message.events(),
        message.externalId(),
        Optional.of(until),
        message.revision(),
        message.updatedAt());
  }

  public static MessageContent content() {
    return new MessageContent(email("<p>Grüße, 世界</p>"), DATA);
  }

  public static Content email(String html) {
    return new Content.Email(
        new Content.Envelope(
            Optional.of(Mailboxes.of("Ada, \"Countess\"", "ada@example.com")),
            List.of(new Content.Mailbox(Optional.empty(), "bob@example.com")),
            List.of(),
            List.of(),
            List.of()),
        "x",
        html,
        "",
        Map.of("List-Id", "news"),
        List.of(),
        Json.Obj.EMPTY);
  }

  public static Instant later(long seconds) {
    return NOW.plus(Duration.ofSeconds(seconds));
  }

  /** All pages one after the other. */
  public static <T> List<T> walk(int size, Function<PageRequest, Page<T>> list) {
    var all = new ArrayList<T>();
    Page<T> page = list.apply(PageRequest.first(size));
    all.addAll(page.items());
    while (page.next().isPresent()) {
      page = list.apply(new PageRequest(page.next(), Optional.empty(), size));
      all.addAll(page.items());
    }
    return all;
  }
}
