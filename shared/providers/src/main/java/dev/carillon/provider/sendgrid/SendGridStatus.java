package dev.carillon.provider.sendgrid;

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
 * SendGrid's Email Activity, which an account buys; asked only where the channel says that it has.
 * What a send answers is only the first part of the ids there.
 *
 * <p>https://www.twilio.com/docs/sendgrid/api-reference/e-mail-activity
 */
final class SendGridStatus implements StatusPolling {
  private static final Map<String, Poll.Known> STATUSES =
      Map.of(
          "delivered", Poll.Known.delivered(),
          "not_delivered", Poll.Known.bounced("not_delivered"));

  @Override
  public Optional<ProviderCall.Http> ask(String externalId, ProviderSettings settings) {
    if (!settings.flag(SendGrid.CHECK_STATUS.name()) || !externalId.matches("[A-Za-z0-9_.-]+")) {
      return Optional.empty();
    }
    String query = "msg_id LIKE \"" + externalId + "%\"";
    return Optional.of(
        JsonBody.get(
            SendGrid.base(settings) + "/v3/messages?limit=10&query=" + FormBody.segment(query),
            SendGrid.authorization(settings)));
  }

  @Override
  public Poll read(String target, ProviderResponse response) {
    return switch (response.status()) {
      case 200 ->
          Poll.of(
              JsonBody.objects(JsonBody.object(response).list("messages")).stream()
                  .filter(it -> EmailAddress.same(it.text("to_email").orElse(""), target))
                  .flatMap(it -> Stream.ofNullable(STATUSES.get(it.text("status").orElse("")))));
      case 400, 401, 403, 404 -> new Poll.Never("status " + response.status());
      default -> new Poll.Later();
    };
  }
}
