package dev.carillon.provider.fcm;

import dev.carillon.json.Json;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.Meaning;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.RetryAfter;
import dev.carillon.provider.format.JsonBody;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What Firebase's errors mean.
 *
 * <p>Source: https://firebase.google.com/docs/reference/fcm/rest/v1/ErrorCode
 */
final class FcmErrors {
  /** {@code errorCode} of the detail of type FcmError, or else the {@code status} of the error. */
  private static final Map<String, Meaning> CODES =
      Map.ofEntries(
          Map.entry("UNREGISTERED", Meaning.DEAD),
          Map.entry("SENDER_ID_MISMATCH", Meaning.DEAD),
          Map.entry("INVALID_ARGUMENT", Meaning.REJECTED),
          Map.entry("THIRD_PARTY_AUTH_ERROR", Meaning.MISCONFIGURED),
          Map.entry("PERMISSION_DENIED", Meaning.MISCONFIGURED),
          Map.entry("UNAUTHENTICATED", Meaning.MISCONFIGURED),
          Map.entry("NOT_FOUND", Meaning.MISCONFIGURED),
          Map.entry("QUOTA_EXCEEDED", Meaning.DEFERRED),
          Map.entry("RESOURCE_EXHAUSTED", Meaning.DEFERRED),
          Map.entry("UNAVAILABLE", Meaning.DEFERRED),
          Map.entry("INTERNAL", Meaning.DEFERRED));

  /** A token may have been withdrawn early: asking once more costs little. */
  private static final Set<String> OF_THE_TOKEN = Set.of("UNAUTHENTICATED");

  private static final Set<String> OF_THE_QUOTA = Set.of("QUOTA_EXCEEDED", "RESOURCE_EXHAUSTED");

  /** What Firebase recommends where it does not say. */
  private static final Duration QUOTA_WAIT = Duration.ofSeconds(60);

  /** The only sign in a 400 that the token, and not the message, is wrong. */
  private static final String BAD_TOKEN = "registration token is not a valid";

  private FcmErrors() {}

  static DeliveryResult of(DeliveryRequest<?> request, ProviderResponse response) {
    Json.Obj error = JsonBody.object(response).object("error");
    String code = code(error);
    Meaning meaning = CODES.get(code);
    if (meaning == null) {
      return HttpAnswers.of(response);
    }
    if (OF_THE_TOKEN.contains(code) && request.message().attempt() == 1) {
      return new DeliveryResult.Deferred(code, Optional.empty());
    }
    if (code.equals("INVALID_ARGUMENT") && error.text("message").orElse("").contains(BAD_TOKEN)) {
      return new DeliveryResult.Bounced(code, true);
    }
    return OF_THE_QUOTA.contains(code)
        ? new DeliveryResult.Deferred(
            code, RetryAfter.of(response).or(() -> Optional.of(QUOTA_WAIT)))
        : meaning.of(response, code);
  }

  private static String code(Json.Obj error) {
    return error.list("details").stream()
        .filter(Json.Obj.class::isInstance)
        .map(Json.Obj.class::cast)
        .filter(detail -> detail.text("@type").map(it -> it.endsWith(".FcmError")).orElse(true))
        .flatMap(detail -> detail.text("errorCode").stream())
        .findFirst()
        .or(() -> error.text("status"))
        .orElse("");
  }
}
