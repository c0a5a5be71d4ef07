package dev.carillon.provider.mandrill;

import dev.carillon.json.Json;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.StatusPolling;
import dev.carillon.provider.email.EmailSettings;
import dev.carillon.provider.format.JsonBody;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Mandrill knows of one message; each recipient has one. That a message which is not known yet
 * is answered with an error of this name is from memory.
 *
 * <p>https://mailchimp.com/developer/transactional/api/messages/get-message-info/
 */
final class MandrillStatus implements StatusPolling {
  private static final Map<String, Poll.Known> STATES =
      Map.of(
          "sent", Poll.Known.delivered(),
          "bounced", Poll.Known.bounced("bounced"),
          "soft-bounced", Poll.Known.bounced("soft-bounced"),
          "rejected", Poll.Known.bounced("rejected"));

  @Override
  public Optional<ProviderCall.Http> ask(String externalId, ProviderSettings settings) {
    String key = EmailSettings.key(settings);
    return Optional.of(
        JsonBody.post(
                Mandrill.BASE + "/messages/info.json",
                Map.of(),
                Json.object().with("key", key).with("id", externalId))
            .hiding(key));
  }

  @Override
  public Poll read(String target, ProviderResponse response) {
    Json.Obj body = JsonBody.object(response);
    if (response.successful()) {
      return Poll.of(Stream.ofNullable(STATES.get(body.text("state").orElse(""))));
    }
    return switch (body.text("name").orElse("")) {
      case "Invalid_Key", "ValidationError" -> new Poll.Never(body.text("name").orElse(""));
      default -> new Poll.Later();
    };
  }
}
