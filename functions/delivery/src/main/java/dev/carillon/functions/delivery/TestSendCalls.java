package dev.carillon.functions.delivery;

import static dev.carillon.edge.access.Access.SECRET_KEY;

import dev.carillon.channel.Channel;
import dev.carillon.channel.Channels;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.route.Operation;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.delivery.SendMessage.Sent;
import dev.carillon.json.Json;
import dev.carillon.message.Attempt;
import dev.carillon.message.Content;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.message.MessageOrigin;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.recipient.RecipientId;
import dev.carillon.runtime.Log;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Tries a channel out: one request to its provider, whatever its sandbox, rate and suppressed
 * addresses say, and what the provider answered. No message is made, no run counts it, and calling
 * twice sends twice. What the provider reports of it later is of a message that nobody knows.
 */
final class TestSendCalls {
  static final List<Operation<TestSendCalls>> OPERATIONS =
      List.of(Operation.post("/v1/channels/{channel}/test", SECRET_KEY, TestSendCalls::test));

  private final Channels channels;
  private final SendMessage send;
  private final InstantSource clock;
  private final Log log;

  TestSendCalls(Channels channels, SendMessage send, InstantSource clock, Log log) {
    this.channels = channels;
    this.send = send;
    this.clock = clock;
    this.log = log;
  }

  HttpResponse test(HttpRequest request, EnvironmentId environment) {
    Channel channel =
        channels
            .find(environment, request.pathParameter("channel"))
            .orElseThrow(ErrorCode.RESOURCE_MISSING::refused);
    Content content = TestSample.of(channel, request.fields());
    Instant now = clock.instant();
    Message message = message(environment, channel, request.id(), now);
    Sent sent = send.send(message, new MessageContent(content, Json.Obj.EMPTY), channel);
    long took = Duration.between(now, clock.instant()).toMillis();
    String result = result(sent.result());
    log.decision(
        "channel.tested",
        "environment",
        environment.value(),
        "channel",
        channel.id(),
        "message",
        message.id(),
        "result",
        result,
        "took_ms",
        took);
    Json.Obj answer =
        Json.object()
            .with("channel_id", channel.id().toString())
            .with("provider", channel.provider())
            .with("result", result)
            .with("reason", Json.ofNullable(reason(sent.result())))
            .with("external_id", Json.ofNullable(externalId(sent.result())))
            .with("response", sent.answer().map(TestSendCalls::response).orElse(Json.NULL))
            .with("took_ms", Json.of(took));
    return HttpResponse.ok(answer);
  }

  /** What a provider's request names; stored nowhere. */
  private static Message message(
      EnvironmentId environment, Channel channel, String request, Instant now) {
    var recipient = RecipientId.user("test");
    var trigger = TriggerId.of(now, request);
    var run = RunId.of(trigger, recipient);
    var step = new StepRef("test");
    return new Message(
            new MessageOrigin(
                environment,
                MessageId.of(now, run, step, channel.id()),
                channel.id(),
                channel.type(),
                recipient,
                List.of(),
                Optional.empty(),
                new Message.Source(
                    new WorkflowKey("test"),
                    new VersionId(trigger.value()),
                    List.of(),
                    step,
                    trigger,
                    run),
                Json.Obj.EMPTY,
                Json.Obj.EMPTY,
                now),
            DeliveryStatus.QUEUED)
        .with(new Attempt(1, now, new Attempt.Result.Claimed(now), 0), now);
  }

  private static Json response(Attempt.Answer answer) {
    return Json.object().with("status", Json.of(answer.status())).with("body", answer.body());
  }

  private static String result(DeliveryResult result) {
    return switch (result) {
      case DeliveryResult.Accepted _ -> "accepted";
      case DeliveryResult.Deferred _ -> "deferred";
      case DeliveryResult.Bounced _ -> "bounced";
      case DeliveryResult.Misconfigured _ -> "misconfigured";
      case DeliveryResult.Rejected _ -> "rejected";
      case DeliveryResult.Ambiguous _ -> "ambiguous";
    };
  }

  private static Optional<String> reason(DeliveryResult result) {
    return switch (result) {
      case DeliveryResult.Accepted _ -> Optional.empty();
      case DeliveryResult.Deferred(var reason, _) -> Optional.of(reason);
      case DeliveryResult.Bounced(var reason, _) -> Optional.of(reason);
      case DeliveryResult.Misconfigured(var reason) -> Optional.of(reason);
      case DeliveryResult.Rejected(var reason) -> Optional.of(reason);
      case DeliveryResult.Ambiguous(var reason) -> Optional.of(reason);
    };
  }

  private static Optional<String> externalId(DeliveryResult result) {
    return result instanceof DeliveryResult.Accepted(var id, _) ? id : Optional.empty();
  }
}
