package dev.carillon.provider.ses;

import dev.carillon.json.Json;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Meaning;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.ProviderWords;
import dev.carillon.provider.format.JsonBody;
import java.util.Map;
import java.util.Optional;

/**
 * What the errors of SES mean, by name.
 *
 * <p>https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html#API_SendEmail_Errors
 * and CommonErrors.html there; the names of throttling are those that AWS's SDKs know.
 */
final class SesAnswers {
  private static final Map<String, Meaning> BY_NAME =
      Map.ofEntries(
          Map.entry("AccountSuspendedException", Meaning.MISCONFIGURED),
          Map.entry("BadRequestException", Meaning.REJECTED),
          Map.entry("ExpiredTokenException", Meaning.DEFERRED),
          Map.entry("LimitExceededException", Meaning.MISCONFIGURED),
          Map.entry("MailFromDomainNotVerifiedException", Meaning.MISCONFIGURED),
          Map.entry("MessageRejected", Meaning.REJECTED),
          Map.entry("NotFoundException", Meaning.MISCONFIGURED),
          Map.entry("SendingPausedException", Meaning.MISCONFIGURED),
          Map.entry("BandwidthLimitExceeded", Meaning.DEFERRED),
          Map.entry("RequestLimitExceeded", Meaning.DEFERRED),
          Map.entry("RequestThrottled", Meaning.DEFERRED),
          Map.entry("RequestThrottledException", Meaning.DEFERRED),
          Map.entry("SlowDown", Meaning.DEFERRED),
          Map.entry("ThrottledException", Meaning.DEFERRED),
          Map.entry("Throttling", Meaning.DEFERRED),
          Map.entry("ThrottlingException", Meaning.DEFERRED),
          Map.entry("TooManyRequestsException", Meaning.DEFERRED));

  /** A rejected message is one of these, and the channel's fault, when SES says so. */
  private static final String NOT_VERIFIED = "is not verified";

  private SesAnswers() {}

  static DeliveryResult refusal(ProviderSettings settings, ProviderResponse response) {
    Json.Obj body = JsonBody.object(response);
    String name = name(response, body);
    String message = body.text("message").or(() -> body.text("Message")).orElse("");
    String reason = ProviderWords.of(settings, "status " + response.status(), name, message);
    if (name.equals("MessageRejected") && message.contains(NOT_VERIFIED)) {
      return new DeliveryResult.Misconfigured(reason);
    }
    return Meaning.of(Optional.ofNullable(BY_NAME.get(name)), response, reason);
  }

  /** The header may name a URL behind a colon, the body a namespace before a hash. */
  private static String name(ProviderResponse response, Json.Obj body) {
    String name =
        response
            .header("x-amzn-errortype")
            .or(() -> body.text("__type"))
            .or(() -> body.text("code"))
            .orElse("");
    String bare = name.contains(":") ? name.substring(0, name.indexOf(':')) : name;
    return bare.substring(bare.indexOf('#') + 1);
  }
}
