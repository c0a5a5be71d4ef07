package dev.carillon.provider.mailersend;

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
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What MailerSend's answers mean. Codes stand within sentences; what is taken may still go to
 * nobody.
 *
 * <p>https://developers.mailersend.com/general.html#error-codes
 */
final class MailerSendAnswers {
  private static final Pattern CODE = Pattern.compile("#(MS[0-9]{5})");
  private static final String BAD_ADDRESS = "MS42208";
  private static final String RECIPIENT_FIELD = "to.0.email";

  private static final Map<String, Meaning> BY_CODE =
      Map.of(
          "MS42204", Meaning.MISCONFIGURED, // the plan's quota
          "MS42207", Meaning.MISCONFIGURED, // the sender's domain is not verified
          "MS42901", Meaning.MISCONFIGURED, // requests of the day
          "MS42903", Meaning.DEFERRED); // requests of the minute

  private MailerSendAnswers() {}

  static DeliveryResult read(DeliveryRequest<Content.Email> request, ProviderResponse response) {
    Json.Obj body = JsonBody.object(response);
    if (response.successful()) {
      return suppressed(request, body)
          .<DeliveryResult>map(
              reasons ->
                  new DeliveryResult.Bounced(
                      ProviderWords.of(request.settings(), "suppressed", reasons),
                      reasons.contains("hard_bounced")))
          .orElseGet(() -> HttpAnswers.sent(response.header("x-message-id")));
    }
    String words = JsonBody.scalar(body, "message").orElse("");
    Json.Obj errors = body.object("errors");
    String first =
        errors.fields().entrySet().stream()
            .map(it -> it.getKey() + " " + sentences(it.getValue()))
            .findFirst()
            .orElse("");
    String reason =
        ProviderWords.of(request.settings(), "status " + response.status(), words, first);
    if (sentences(errors.get(RECIPIENT_FIELD).orElse(Json.NULL)).contains(BAD_ADDRESS)) {
      return Meaning.DEAD.of(response, reason);
    }
    Matcher codes = CODE.matcher(words + " " + errors);
    Optional<Meaning> known =
        codes.results().flatMap(it -> Stream.ofNullable(BY_CODE.get(it.group(1)))).findFirst();
    return Meaning.of(known, response, reason);
  }

  /** Why the recipient is left out of those that get the mail; empty when it is not. */
  private static Optional<String> suppressed(
      DeliveryRequest<Content.Email> request, Json.Obj body) {
    Optional<String> primary = EmailParts.primary(request.content());
    for (Json.Obj warning : JsonBody.objects(body.list("warnings"))) {
      boolean all = warning.text("type").filter("ALL_SUPPRESSED"::equals).isPresent();
      for (Json.Obj recipient : JsonBody.objects(warning.list("recipients"))) {
        String address = recipient.text("email").orElse("");
        if (primary.filter(it -> EmailAddress.same(it, address)).isPresent()) {
          return Optional.of(sentences(Json.array(recipient.list("reasons"))));
        }
      }
      if (all) {
        return Optional.of("");
      }
    }
    return Optional.empty();
  }

  private static String sentences(Json value) {
    return switch (value) {
      case Json.Str(var text) -> text;
      case Json.Arr(var items) ->
          String.join(
              " ",
              items.stream()
                  .filter(Json.Str.class::isInstance)
                  .map(it -> ((Json.Str) it).value())
                  .toList());
      case Json.Obj _, Json.Num _, Json.Bool _, Json.Null _ -> "";
    };
  }
}
