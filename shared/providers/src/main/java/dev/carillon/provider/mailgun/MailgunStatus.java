package dev.carillon.provider.mailgun;

import dev.carillon.json.Json;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.StatusPolling;
import dev.carillon.provider.email.EmailAddress;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.format.JsonBody;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The events of one message.
 *
 * <p>https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/events
 */
final class MailgunStatus implements StatusPolling {
  @Override
  public Optional<ProviderCall.Http> ask(String externalId, ProviderSettings settings) {
    return Mailgun.base(settings)
        .map(
            base ->
                JsonBody.get(
                    base + "/events?message-id=" + FormBody.encode(externalId),
                    Mailgun.authorization(settings)));
  }

  @Override
  public Poll read(String target, ProviderResponse response) {
    return switch (response.status()) {
      case 200 ->
          Poll.of(
              JsonBody.objects(JsonBody.object(response).list("items")).stream()
                  .filter(it -> EmailAddress.same(it.text("recipient").orElse(target), target))
                  .flatMap(MailgunStatus::known));
      case 400, 401, 403, 404 -> new Poll.Never("status " + response.status());
      default -> new Poll.Later();
    };
  }

  private static Stream<Poll.Known> known(Json.Obj event) {
    String type = event.text("event").orElse("");
    boolean permanent = event.text("severity").filter("permanent"::equals).isPresent();
    return switch (type) {
      case "delivered" -> Stream.of(Poll.Known.delivered());
      case "failed" -> permanent ? Stream.of(Poll.Known.bounced(type)) : Stream.empty();
      case "rejected" -> Stream.of(Poll.Known.undelivered(type));
      default -> Stream.empty();
    };
  }
}
