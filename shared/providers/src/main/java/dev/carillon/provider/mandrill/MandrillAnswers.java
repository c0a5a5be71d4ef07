package dev.carillon.provider.mandrill;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.Meaning;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderWords;
import dev.carillon.provider.email.EmailAddress;
import dev.carillon.provider.email.EmailParts;
import dev.carillon.provider.format.JsonBody;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Mandrill's answers mean. A bad key is answered with status 500 as well: the error's name
 * decides. What is taken has an entry for each recipient, which may be refused.
 *
 * <p>https://mailchimp.com/developer/transactional/api/messages/send-new-message/; that errors have
 * the status 500, and their names but Invalid_Key, Unknown_Subaccount, ValidationError and
 * GeneralError, are from memory.
 */
final class MandrillAnswers {
  private static final Map<String, Meaning> BY_NAME =
      Map.of(
          "Invalid_Key", Meaning.MISCONFIGURED,
          "PaymentRequired", Meaning.MISCONFIGURED,
          "Unknown_Subaccount", Meaning.MISCONFIGURED,
          "ValidationError", Meaning.REJECTED,
          "Unknown_Template", Meaning.REJECTED,
          "GeneralError", Meaning.DEFERRED,
          "ServiceUnavailable", Meaning.DEFERRED);

  private static final Map<String, Meaning> BY_REJECT_REASON =
      Map.ofEntries(
          Map.entry("hard-bounce", Meaning.DEAD),
          Map.entry("soft-bounce", Meaning.BOUNCED),
          Map.entry("spam", Meaning.BOUNCED),
          Map.entry("unsub", Meaning.BOUNCED),
          Map.entry("custom", Meaning.BOUNCED),
          Map.entry("rule", Meaning.BOUNCED),
          Map.entry("invalid", Meaning.DEAD),
          Map.entry("invalid-sender", Meaning.MISCONFIGURED),
          Map.entry("unsigned", Meaning.MISCONFIGURED),
          Map.entry("test-mode-limit", Meaning.MISCONFIGURED));

  private MandrillAnswers() {}

  static DeliveryResult read(DeliveryRequest<Content.Email> request, ProviderResponse response) {
    if (!response.successful()) {
      Json.Obj error = JsonBody.object(response);
      String name = error.text("name").orElse("");
      String reason =
          ProviderWords.of(
              request.settings(),
              "status " + response.status(),
              name,
              error.text("message").orElse(""));
      return Meaning.of(Optional.ofNullable(BY_NAME.get(name)), response, reason);
    }
    if (!response.whole()) {
      return HttpAnswers.sent(Optional.empty());
    }
    return primary(request, JsonBody.objects(response.body()))
        .map(entry -> read(request, response, entry))
        .orElseGet(() -> new DeliveryResult.Ambiguous("the answer names no recipient"));
  }

  private static DeliveryResult read(
      DeliveryRequest<Content.Email> request, ProviderResponse response, Json.Obj entry) {
    String status = entry.text("status").orElse("");
    String why = entry.text("reject_reason").orElse("");
    String reason = ProviderWords.of(request.settings(), status, why);
    return switch (status) {
      case "sent", "queued", "scheduled" -> HttpAnswers.sent(entry.text("_id"));
      case "rejected" -> BY_REJECT_REASON.getOrDefault(why, Meaning.BOUNCED).of(response, reason);
      case "invalid" -> Meaning.DEAD.of(response, reason);
      case "error" ->
          BY_NAME
              .getOrDefault(entry.text("name").orElse(""), Meaning.REJECTED)
              .of(response, ProviderWords.of(request.settings(), entry.text("name").orElse("")));
      default ->
          new DeliveryResult.Ambiguous(
              ProviderWords.of(
                  request.settings(), "the answer says neither taken nor refused", status, why));
    };
  }

  private static Optional<Json.Obj> primary(
      DeliveryRequest<Content.Email> request, List<Json.Obj> entries) {
    String address = EmailParts.primary(request.content()).orElse("");
    return entries.stream()
        .filter(it -> EmailAddress.same(it.text("email").orElse(""), address))
        .findFirst()
        .or(() -> entries.stream().findFirst());
  }
}
