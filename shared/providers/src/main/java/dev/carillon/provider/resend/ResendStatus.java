package dev.carillon.provider.resend;

import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.StatusPolling;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.format.JsonBody;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Resend knows of one email.
 *
 * <p>https://resend.com/docs/api-reference/emails/retrieve-email
 */
final class ResendStatus implements StatusPolling {
  private static final Poll.Known DELIVERED = Poll.Known.delivered();

  private static final Map<String, Poll.Known> LAST_EVENTS =
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
          Poll.Known.bounced("bounced"),
          "suppressed",
          Poll.Known.bounced("suppressed"),
          "failed",
          Poll.Known.undelivered("failed"),
          "canceled",
          Poll.Known.undelivered("canceled"));

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
          Poll.of(
              Stream.ofNullable(
                  LAST_EVENTS.get(JsonBody.object(response).text("last_event").orElse(""))));
      case 400, 401, 403, 404, 422 -> new Poll.Never("status " + response.status());
      default -> new Poll.Later();
    };
  }
}
