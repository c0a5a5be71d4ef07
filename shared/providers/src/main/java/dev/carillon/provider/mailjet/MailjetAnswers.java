package dev.carillon.provider.mailjet;

import dev.carillon.json.Json;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.Meaning;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.ProviderWords;
import dev.carillon.provider.format.JsonBody;
import java.util.Map;
import java.util.Optional;

/**
 * What Mailjet's answers mean: an error of the call, or one within a message of a call that went
 * well.
 *
 * <p>https://dev.mailjet.com/email/guides/send-api-v31/#send-api-errors
 */
final class MailjetAnswers {
  private static final String BAD_ADDRESS = "mj-0013";
  private static final int UNAUTHORIZED = 401;
  private static final String RECIPIENT = "To[0].Email";

  private static final Map<String, Meaning> BY_CODE =
      Map.ofEntries(
          Map.entry("mj-0001", Meaning.MISCONFIGURED), // the key is suspended
          Map.entry("mj-0002", Meaning.REJECTED),
          Map.entry("mj-0003", Meaning.REJECTED),
          Map.entry("mj-0004", Meaning.REJECTED),
          Map.entry("mj-0005", Meaning.REJECTED),
          Map.entry("mj-0006", Meaning.REJECTED),
          Map.entry("mj-0007", Meaning.REJECTED),
          Map.entry("mj-0008", Meaning.REJECTED),
          Map.entry("mj-0009", Meaning.REJECTED),
          Map.entry("mj-0010", Meaning.REJECTED),
          Map.entry("mj-0011", Meaning.REJECTED),
          Map.entry("mj-0012", Meaning.REJECTED),
          Map.entry(BAD_ADDRESS, Meaning.REJECTED),
          Map.entry("mj-0015", Meaning.MISCONFIGURED), // bad credentials
          Map.entry("send-0003", Meaning.REJECTED), // no body
          Map.entry("send-0004", Meaning.REJECTED),
          Map.entry("send-0006", Meaning.MISCONFIGURED), // sender not allowed
          Map.entry("send-0007", Meaning.MISCONFIGURED),
          Map.entry("send-0008", Meaning.MISCONFIGURED),
          Map.entry("send-0010", Meaning.REJECTED),
          Map.entry("send-0011", Meaning.REJECTED), // a header that has a property of its own
          Map.entry("send-0015", Meaning.REJECTED));

  private MailjetAnswers() {}

  static DeliveryResult read(ProviderSettings settings, ProviderResponse response) {
    Json.Obj body = JsonBody.object(response);
    Json.Obj message = first(body, "Messages");
    if (response.successful() && message.text("Status").filter("success"::equals).isPresent()) {
      return HttpAnswers.sent(JsonBody.scalar(first(message, "To"), "MessageID"));
    }
    Json.Obj error = message.list("Errors").isEmpty() ? body : first(message, "Errors");
    String code = error.text("ErrorCode").orElse("");
    String reason =
        ProviderWords.of(
            settings,
            "status " + response.status(),
            code,
            error.text("ErrorMessage").orElse(""),
            error.text("ErrorIdentifier").orElse(""));
    if (code.equals(BAD_ADDRESS) && error.list("ErrorRelatedTo").contains(Json.of(RECIPIENT))) {
      return Meaning.DEAD.of(response, reason);
    }
    if (response.status() == UNAUTHORIZED) {
      // Under whichever code: it reads no mail of somebody it does not know.
      return Meaning.MISCONFIGURED.of(response, reason);
    }
    if (!response.successful()) {
      return Meaning.of(Optional.ofNullable(BY_CODE.get(code)), response, reason);
    }
    if (!response.whole()) {
      return HttpAnswers.sent(Optional.empty());
    }
    // A call that went well, of which the message did not, or nothing can be read.
    Meaning otherwise = code.isEmpty() ? Meaning.AMBIGUOUS : Meaning.REJECTED;
    return BY_CODE.getOrDefault(code, otherwise).of(response, reason);
  }

  private static Json.Obj first(Json.Obj object, String list) {
    return JsonBody.objects(object.list(list)).stream().findFirst().orElse(Json.Obj.EMPTY);
  }
}
