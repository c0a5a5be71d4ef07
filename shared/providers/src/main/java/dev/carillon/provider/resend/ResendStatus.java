package dev.carillon.provider.resend;

import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.FormBody;
import dev.carillon.provider.JsonBody;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.StatusPolling;
import java.util.Map;
import java.util.Optional;

/**
 * What Resend knows of one email.
 *
 * <p>https://resend.com/docs/api-reference/emails/retrieve-email
 */
final class ResendStatus implements StatusPolling {
  private static final Poll DELIVERED = new Poll.Known(DeliveryStatus.DELIVERED, Optional.empty());

  private static final Map<String, Poll> LAST_EVENTS =
      Map.of(
          "delivered",
          DELIVERED,
          "opened",
          DELIVERED,
          "clicked",
          DELIVERED,
          "complained",
          DELIVERED,
          "bounced",
          new Poll.Known(DeliveryStatus.BOUNCED, Optional.of("bounced")),
          "suppressed",
          new Poll.Known(DeliveryStatus.BOUNCED, Optional.of("suppressed")),
          "failed",
          new Poll.Known(DeliveryStatus.UNDELIVERED, Optional.of("failed")),
          "canceled",
          new Poll.Known(DeliveryStatus.UNDELIVERED, Optional.of("canceled")));

  @Override
  public Optional<ProviderCall.Http> ask(String externalId, ProviderSettings settings) {
    return Optional.of(
        JsonBody.get(
            Resend.BASE + "/emails/" + FormBody.segment(externalId),
            Resend.authorization(settings)));
  }

  @Override
  public Poll read(String target, ProviderResponse response) {
    return switch (response.status()) {
      case 200 ->
          Optional.ofNullable(
                  LAST_EVENTS.get(JsonBody.object(response).text("last_event").orElse("")))
              .orElseGet(Poll.Later::new);
      case 400, 401, 403, 404, 422 -> new Poll.Never("status " + response.status());
      default -> new Poll.Later();
    };
  }
}
