package dev.carillon.provider.sparkpost;

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
 * What SparkPost's answers mean.
 *
 * <p>https://support.sparkpost.com/docs/deliverability/extended-error-codes-for-api-and-smtp; the
 * codes but 1301 and 7001 are from memory.
 */
final class SparkPostAnswers {
  private static final int SENDING_LIMIT = 420;

  private static final Map<String, Meaning> BY_CODE =
      Map.of(
          "1300", Meaning.REJECTED, // a field has the wrong type or value
          "1301", Meaning.REJECTED, // a field is missing
          "2102", Meaning.DEFERRED, // the account's limit of the hour or day
          "2103", Meaning.DEFERRED,
          "5001", Meaning.DEAD, // an address that is none
          "5002", Meaning.DEAD,
          "7001", Meaning.MISCONFIGURED); // the sending domain is not set up

  private SparkPostAnswers() {}

  static DeliveryResult read(ProviderSettings settings, ProviderResponse response) {
    Json.Obj body = JsonBody.object(response);
    if (response.successful()) {
      Json.Obj results = body.object("results");
      return JsonBody.scalar(results, "total_accepted_recipients").filter("0"::equals).isPresent()
          ? new DeliveryResult.Bounced("no recipient was accepted", false)
          : HttpAnswers.sent(JsonBody.scalar(results, "id"));
    }
    Json.Obj error =
        JsonBody.objects(body.list("errors")).stream().findFirst().orElse(Json.Obj.EMPTY);
    String code = JsonBody.scalar(error, "code").orElse("");
    String reason =
        ProviderWords.of(
            settings,
            "status " + response.status(),
            code.isEmpty() ? "" : "code " + code,
            error.text("message").orElse(""),
            error.text("description").orElse(""));
    Optional<Meaning> known =
        response.status() == SENDING_LIMIT
            ? Optional.of(Meaning.DEFERRED)
            : Optional.ofNullable(BY_CODE.get(code));
    return Meaning.of(known, response, reason);
  }
}
