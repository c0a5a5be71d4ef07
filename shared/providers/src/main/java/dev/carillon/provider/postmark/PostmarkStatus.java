package dev.carillon.provider.postmark;

import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.StatusPolling;
import dev.carillon.provider.email.EmailAddress;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.format.JsonBody;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Postmark knows of one message.
 *
 * <p>https://postmarkapp.com/developer/api/messages-api#outbound-message-details
 */
final class PostmarkStatus implements StatusPolling {
  private static final Map<String, Poll.Known> TYPES =
      Map.of(
          "Delivered", Poll.Known.delivered(),
          "Bounced", Poll.Known.bounced("Bounced"));

  @Override
  public Optional<ProviderCall.Http> ask(String externalId, ProviderSettings settings) {
    return Optional.of(
        JsonBody.get(
            Postmark.BASE + "/messages/outbound/" + FormBody.segment(externalId) + "/details",
            Postmark.authorization(settings)));
  }

  @Override
  public Poll read(String target, ProviderResponse response) {
    return switch (response.status()) {
      case 200 ->
          Poll.of(
              JsonBody.objects(JsonBody.object(response).list("MessageEvents")).stream()
                  .filter(it -> EmailAddress.same(it.text("Recipient").orElse(target), target))
                  .flatMap(it -> Stream.ofNullable(TYPES.get(it.text("Type").orElse("")))));
      case 401, 403, 404, 422 -> new Poll.Never("status " + response.status());
      default -> new Poll.Later();
    };
  }
}
