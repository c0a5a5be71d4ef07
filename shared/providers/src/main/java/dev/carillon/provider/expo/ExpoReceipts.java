package dev.carillon.provider.expo;

import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.StatusPolling;
import dev.carillon.provider.format.JsonBody;
import java.util.List;
import java.util.Optional;

/**
 * Asks for the receipt behind a ticket: whether Apple or Google took the message. Receipts are
 * there after some 15 minutes and for a day. That one is taken changes nothing: a push message
 * never gets further than sent.
 *
 * <p>Source:
 * https://docs.expo.dev/push-notifications/sending-notifications/#check-push-receipts-for-errors
 */
final class ExpoReceipts implements StatusPolling {

  @Override
  public Optional<ProviderCall.Http> ask(String externalId, ProviderSettings settings) {
    return Optional.of(
        JsonBody.post(
            Expo.ORIGIN + "/push/getReceipts",
            Expo.authorization(settings),
            Json.object().with("ids", Json.texts(List.of(externalId)))));
  }

  /** The answer is about one message, since one was asked for. */
  @Override
  public Poll read(String target, ProviderResponse response) {
    Json.Obj answer = JsonBody.object(response);
    if (!response.successful()) {
      return switch (HttpAnswers.of(response)) {
        case DeliveryResult.Misconfigured(var reason) -> new Poll.Never(reason);
        case DeliveryResult.Rejected(var reason) -> new Poll.Never(reason);
        case DeliveryResult.Accepted _,
            DeliveryResult.Deferred _,
            DeliveryResult.Bounced _,
            DeliveryResult.Ambiguous _ ->
            new Poll.Later();
      };
    }
    return answer.object("data").fields().values().stream()
        .filter(Json.Obj.class::isInstance)
        .map(Json.Obj.class::cast)
        .findFirst()
        .map(ExpoReceipts::receipt)
        .orElseGet(Poll.Later::new);
  }

  private static Poll receipt(Json.Obj receipt) {
    return switch (receipt.text("status").orElse("")) {
      case "ok" -> new Poll.Known(DeliveryStatus.SENT, Optional.empty());
      case "error" -> failed(ExpoErrors.nameOf(receipt));
      default -> new Poll.Later();
    };
  }

  private static Poll failed(String name) {
    return ExpoErrors.dead(name)
        ? new Poll.Dead(name)
        : new Poll.Known(DeliveryStatus.UNDELIVERED, Optional.of(name));
  }
}
