package dev.carillon.provider.sms;

import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.StatusPolling.Poll;
import dev.carillon.provider.format.JsonBody;
import java.util.Optional;
import java.util.function.Function;

/** What an answer in JSON to the question after a text message's status says. */
public final class SmsPoll {
  private SmsPoll() {}

  /**
   * @param status the last status that a body of success tells; empty when it tells none yet
   * @param reason the provider's words for it
   */
  public static Poll read(
      ProviderResponse response,
      Function<Json.Obj, Optional<DeliveryStatus>> status,
      Function<Json.Obj, Optional<String>> reason) {
    if (response.successful()) {
      Json.Obj answer = JsonBody.object(response);
      return status
          .apply(answer)
          .<Poll>map(last -> new Poll.Known(last, reason.apply(answer)))
          .orElseGet(Poll.Later::new);
    }
    return switch (response.status()) {
      case 401, 403, 404, 410 -> new Poll.Never("status " + response.status());
      default -> new Poll.Later();
    };
  }
}
