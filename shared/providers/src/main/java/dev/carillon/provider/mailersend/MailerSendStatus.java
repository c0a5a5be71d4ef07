package dev.carillon.provider.mailersend;

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
 * What MailerSend knows of the mails of one message. Whether they name their recipient is from
 * memory; one that does not counts.
 *
 * <p>https://developers.mailersend.com/api/v1/messages.html
 */
final class MailerSendStatus implements StatusPolling {
  private static final Map<String, Poll.Known> STATUSES =
      Map.of(
          "delivered", Poll.Known.delivered(),
          "hard_bounced", Poll.Known.bounced("hard_bounced"),
          "soft_bounced", Poll.Known.bounced("soft_bounced"),
          "rejected", Poll.Known.bounced("rejected"));

  @Override
  public Optional<ProviderCall.Http> ask(String externalId, ProviderSettings settings) {
    return Optional.of(
        JsonBody.get(
            MailerSend.BASE + "/messages/" + FormBody.segment(externalId),
            MailerSend.authorization(settings)));
  }

  @Override
  public Poll read(String target, ProviderResponse response) {
    return switch (response.status()) {
      case 200 ->
          Poll.of(
              JsonBody.objects(JsonBody.object(response).object("data").list("emails")).stream()
                  .filter(
                      it ->
                          EmailAddress.same(
                              it.object("recipient").text("email").orElse(target), target))
                  .flatMap(it -> Stream.ofNullable(STATUSES.get(it.text("status").orElse("")))));
      case 401, 403, 404, 422 -> new Poll.Never("status " + response.status());
      default -> new Poll.Later();
    };
  }
}
