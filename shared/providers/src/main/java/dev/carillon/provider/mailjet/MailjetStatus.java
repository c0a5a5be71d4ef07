package dev.carillon.provider.mailjet;

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
 * What Mailjet knows of one message; each recipient has one. The list of statuses is from memory.
 *
 * <p>https://dev.mailjet.com/email/reference/messages/
 */
final class MailjetStatus implements StatusPolling {
  private static final Map<String, Poll.Known> STATUSES =
      Map.of(
          "sent", Poll.Known.delivered(),
          "opened", Poll.Known.delivered(),
          "clicked", Poll.Known.delivered(),
          "bounce", Poll.Known.bounced("bounce"),
          "hardbounced", Poll.Known.bounced("hardbounced"),
          "blocked", Poll.Known.bounced("blocked"));

  @Override
  public Optional<ProviderCall.Http> ask(String externalId, ProviderSettings settings) {
    return Optional.of(
        JsonBody.get(
            Mailjet.base(settings) + "/v3/REST/message/" + FormBody.segment(externalId),
            Mailjet.authorization(settings)));
  }

  @Override
  public Poll read(String target, ProviderResponse response) {
    return switch (response.status()) {
      case 200 ->
          Poll.of(
              JsonBody.objects(JsonBody.object(response).list("Data")).stream()
                  .flatMap(it -> Stream.ofNullable(STATUSES.get(it.text("Status").orElse("")))));
      case 400, 401, 403, 404 -> new Poll.Never("status " + response.status());
      default -> new Poll.Later();
    };
  }
}
