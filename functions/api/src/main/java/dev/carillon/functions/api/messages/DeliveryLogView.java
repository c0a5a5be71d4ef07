package dev.carillon.functions.api.messages;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.edge.view.Times;
import dev.carillon.failover.TakenOver;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.message.Attempt;
import dev.carillon.message.Attempt.Result;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import java.util.List;
import java.util.Optional;

/** One attempt as a delivery log: the request that was made, and what the provider answered. */
final class DeliveryLogView {
  private DeliveryLogView() {}

  /**
   * @param channels all of the message's environment
   * @param standard what the deployment gives channels that do not say otherwise
   */
  static Json.Obj of(
      Message message,
      Attempt attempt,
      MessageContent content,
      List<Channel> channels,
      Json.Obj standard) {
    ChannelId through = message.through(attempt);
    Optional<Channel> channel = channels.stream().filter(it -> it.id().equals(through)).findFirst();
    return Json.object()
        .with("__typename", "MessageDeliveryLog")
        .with(
            "id",
            Ksuid.of(
                attempt.at(),
                Digest.of(
                    "delivery log", message.id().value(), Integer.toString(attempt.number()))))
        .with("environment_id", message.environment().uuid().toString())
        .with("service_name", service(message, channel))
        .with("channel_id", through.toString())
        .with(
            "request",
            channel
                .map(
                    it ->
                        ProviderRequestView.of(
                            message,
                            attempt,
                            TakenOver.of(content.shown(), message, it, channels),
                            it,
                            standard))
                .orElse(Json.Obj.EMPTY))
        .with("response", response(attempt.result()))
        .with("inserted_at", Times.of(attempt.at()));
  }

  private static String service(Message message, Optional<Channel> channel) {
    return switch (message.channelType()) {
      case IN_APP_FEED -> "In-app feed";
      case HTTP -> channel.map(Channel::name).orElse("Webhook");
      case EMAIL, SMS, PUSH, CHAT -> channel.map(Channel::provider).orElse("");
    };
  }

  private static Json.Obj response(Result result) {
    return switch (result) {
      case Result.Claimed _ -> Json.Obj.EMPTY;
      case Result.Accepted(var answer) -> answered(answer);
      case Result.Deferred(var answer, var reason, _) -> answered(answer, reason);
      case Result.Refused(var answer, var reason) -> answered(answer, reason);
      case Result.Ambiguous(var reason, _) -> unanswered(reason, true);
    };
  }

  private static Json.Obj answered(Optional<Attempt.Answer> answer, String reason) {
    return answer.map(DeliveryLogView::answered).orElseGet(() -> unanswered(reason, false));
  }

  private static Json.Obj answered(Attempt.Answer answer) {
    return Json.object()
        .with("status", Json.of(answer.status()))
        .with("headers", Json.Obj.EMPTY)
        .with("body", body(answer.body()));
  }

  /**
   * No status, as none came; the reason takes the body's place.
   *
   * @param ambiguous the provider may have taken the message all the same
   */
  private static Json.Obj unanswered(String reason, boolean ambiguous) {
    return Json.object()
        .with("headers", Json.Obj.EMPTY)
        .with("body", Json.object().with("error", reason).with("ambiguous", Json.of(ambiguous)));
  }

  /** Objects as such, everything else, cut ones too, as the text it was. */
  private static Json body(String text) {
    try {
      return JsonText.parse(text) instanceof Json.Obj object ? object : Json.of(text);
    } catch (MalformedJson _) {
      return Json.of(text);
    }
  }
}
