package dev.carillon.webhook;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelType;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.message.MessageOrigin;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.webhook.EndpointHealth.Cause;
import dev.carillon.webhook.EndpointHealth.State;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The mail that tells the owner of an endpoint that it was given up: a message as any other, so
 * that it is attempted, retried and reported on as they are, and shows in the log of messages.
 *
 * @param message made by no run; its {@code source} names the endpoint as the recipient
 */
public record OwnerMail(Message message, MessageContent content) {
  /** What its message says it comes of. */
  public static final WorkflowKey WORKFLOW = new WorkflowKey("carillon-webhook-disabled");

  private static final StepRef STEP = new StepRef("owner");
  private static final String COLLECTION = "$webhooks";

  /** What it is that serves there. */
  private record Words(String what, String since, String missed) {}

  /** By which of an environment's channels it goes: the first for mail that sends; empty: none. */
  public static Optional<Channel> channel(Collection<Channel> channels) {
    return channels.stream()
        .filter(it -> it.type() == ChannelType.EMAIL && !it.sandbox())
        .min(Comparator.comparing(Channel::key));
  }

  /**
   * Its id, which is that of the one time that the endpoint was given up: made again it is the
   * same. Empty when nobody is to be told: it has no owner, or it is called, or somebody switched
   * it off.
   */
  public static Optional<MessageId> id(WebhookEndpoint endpoint) {
    return endpoint.contact().owner().isEmpty()
        ? Optional.empty()
        : givenUp(endpoint).map(at -> id(endpoint, at));
  }

  private static Optional<Instant> givenUp(WebhookEndpoint endpoint) {
    return switch (endpoint.health().state()) {
      case State.Enabled() -> Optional.empty();
      case State.Disabled(var cause, var at) -> Optional.of(at).filter(_ -> cause != Cause.BY_HAND);
    };
  }

  private static MessageId id(WebhookEndpoint endpoint, Instant at) {
    return new MessageId(Ksuid.of(at, Digest.of("owner mail", cause(endpoint, at))));
  }

  private static String cause(WebhookEndpoint endpoint, Instant at) {
    return "disabled " + endpoint.environment().value() + " " + endpoint.id() + " " + at;
  }

  /**
   * The mail.
   *
   * @param environment what people call it
   * @throws IllegalArgumentException when {@link #id} is empty
   */
  public static OwnerMail of(
      WebhookEndpoint endpoint, Channel channel, String environment, Instant now) {
    Instant at = givenUp(endpoint).orElseThrow(IllegalArgumentException::new);
    String owner = endpoint.contact().owner().orElseThrow(IllegalArgumentException::new);
    var recipient = new RecipientId(COLLECTION, endpoint.id().toString());
    var trigger = TriggerId.of(at, cause(endpoint, at));
    var origin =
        new MessageOrigin(
            endpoint.environment(),
            id(endpoint, at),
            channel.id(),
            ChannelType.EMAIL,
            recipient,
            List.of(),
            Optional.empty(),
            new Message.Source(
                WORKFLOW,
                new VersionId(Digest.of(WORKFLOW.value()).uuid()),
                List.of(),
                STEP,
                trigger,
                RunId.of(trigger, recipient)),
            Json.object().with("email", owner),
            Json.Obj.EMPTY,
            now);
    Message queued =
        new Message(origin, DeliveryStatus.QUEUED)
            .noted("created", Json.Obj.EMPTY, now)
            .noted("queued", Json.Obj.EMPTY, now);
    return new OwnerMail(
        queued, new MessageContent(mail(endpoint, channel, owner, environment), Json.Obj.EMPTY));
  }

  private static Content mail(
      WebhookEndpoint endpoint, Channel channel, String owner, String environment) {
    Words words = words(endpoint);
    String text =
        """
        The webhook %s of the environment %s is called no more since %s, because %s.

        It was called at %s

        %s
        """
            .formatted(
                endpoint.id(),
                environment,
                words.since(),
                words.what(),
                place(endpoint.url()),
                words.missed());
    return new Content.Email(
        new Content.Envelope(
            channel
                .settings()
                .text("from_address")
                .map(it -> new Content.Mailbox(channel.settings().text("from_name"), it)),
            List.of(new Content.Mailbox(Optional.empty(), owner)),
            List.of(),
            List.of(),
            List.of()),
        "A webhook of " + environment + " is called no more",
        "<pre style=\"white-space:pre-wrap\">" + escaped(text) + "</pre>",
        text,
        Map.of(),
        List.of(),
        Json.Obj.EMPTY);
  }

  private static Words words(WebhookEndpoint endpoint) {
    return switch (endpoint.health().state()) {
      case State.Enabled() -> throw new IllegalArgumentException("It is called");
      case State.Disabled(var cause, var at) -> {
        String on = "PUT /v1/webhooks/" + endpoint.id() + " {\"enabled\": true}";
        yield switch (cause) {
          case BY_HAND -> throw new IllegalArgumentException("Somebody switched it off");
          case GONE ->
              new Words(
                  "it answered 410 Gone",
                  second(at),
                  "What happens meanwhile is not kept for it. This has it called again:\n" + on);
          case FAILING -> {
            String first = second(endpoint.health().spell().map(it -> it.first()).orElse(at));
            yield new Words(
                "every call failed since " + first,
                second(at),
                "What it missed, and what happens meanwhile, is kept in its log. Once it is mended,"
                    + " these have it called again and told what it missed:\n"
                    + on
                    + "\nPOST /v1/webhooks/"
                    + endpoint.id()
                    + "/replay {\"since\": \""
                    + first
                    + "\", \"failed_only\": true}");
          }
        };
      }
    };
  }

  private static String second(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Without its query, where people put passwords. */
  private static String place(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
