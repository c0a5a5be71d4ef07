package dev.carillon.provider.onesignal;

import dev.carillon.json.Json;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.Meaning;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.ProviderWords;
import dev.carillon.provider.format.JsonBody;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What OneSignal's answers mean. Errors come as a list of texts, a list of objects or an object,
 * also with a 200.
 *
 * <p>Source: https://documentation.onesignal.com/reference/create-message
 */
final class OneSignalAnswers {
  /** Statuses that mean something else here than elsewhere. */
  private static final Map<Integer, Meaning> STATUSES = Map.of(404, Meaning.MISCONFIGURED);

  /** Under these names an answer lists whom it could not reach. */
  private static final Set<String> UNREACHED =
      Set.of(
          "invalid_player_ids",
          "invalid_subscription_ids",
          "invalid_external_user_ids",
          "invalid_aliases");

  private static final String NOT_SUBSCRIBED = "All included players are not subscribed";

  /** What a 400 says of an app that is not there. */
  private static final String APP_ID = "app_id";

  private OneSignalAnswers() {}

  /**
   * @param byPlayer whether the message went to one subscription, which may be dead, and not to a
   *     user, who may subscribe again
   */
  static DeliveryResult read(
      ProviderResponse response, ProviderSettings settings, boolean byPlayer) {
    Json.Obj answer = JsonBody.object(response);
    Json errors = answer.get("errors").orElse(Json.NULL);
    Meaning unreached = byPlayer ? Meaning.DEAD : Meaning.BOUNCED;
    Optional<String> listed = listed(errors);
    if (listed.isPresent()) {
      return unreached.of(response, listed.get());
    }
    String words = words(errors);
    if (words.contains(NOT_SUBSCRIBED)) {
      return unreached.of(response, NOT_SUBSCRIBED);
    }
    if (!response.successful()) {
      String reason = ProviderWords.of(settings, "status " + response.status(), words);
      return response.status() == 400 && words.contains(APP_ID)
          ? new DeliveryResult.Misconfigured(reason)
          : Meaning.of(Optional.ofNullable(STATUSES.get(response.status())), response, reason);
    }
    Optional<String> id = answer.text("id");
    if (id.isEmpty()) {
      return new DeliveryResult.Ambiguous("the answer cannot be read");
    }
    return id.get().isBlank()
        ? new DeliveryResult.Rejected(ProviderWords.of(settings, "not created", words))
        : HttpAnswers.sent(id);
  }

  /** Under which name our one target is listed. */
  private static Optional<String> listed(Json errors) {
    return errors instanceof Json.Obj object
        ? object.fields().keySet().stream().filter(UNREACHED::contains).findFirst()
        : Optional.empty();
  }

  /** The texts in the errors, however they are laid out. */
  private static String words(Json errors) {
    return switch (errors) {
      case Json.Str(var text) -> text;
      case Json.Arr(var items) ->
          String.join(
              "; ",
              items.stream().map(OneSignalAnswers::words).filter(it -> !it.isEmpty()).toList());
      case Json.Obj error ->
          String.join(
              " ",
              List.of("code", "title").stream()
                  .flatMap(name -> JsonBody.scalar(error, name).stream())
                  .toList());
      case Json.Num _, Json.Bool _, Json.Null _ -> "";
    };
  }
}
