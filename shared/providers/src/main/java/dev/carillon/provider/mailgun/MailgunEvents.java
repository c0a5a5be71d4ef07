package dev.carillon.provider.mailgun;

import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.provider.Correlation;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.ProviderWords;
import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.callback.CallbackEvent;
import dev.carillon.provider.callback.CallbackEvent.Effect;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.callback.CallbackRequest;
import dev.carillon.provider.callback.EventTimes;
import dev.carillon.provider.email.EmailSettings;
import dev.carillon.provider.format.JsonBody;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Mailgun's webhooks: one event each. What is signed is a token, not the event: a token proves one
 * report alone, so it is the event's id and one that came before says nothing new.
 *
 * <p>https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks
 */
final class MailgunEvents implements CallbackReader {
  /** Retries go on for eight hours, and whether they are signed anew is not documented. */
  private static final Duration TOLERANCE = Duration.ofHours(12);

  private static final String FAILED = "failed";

  /** The rest (accepted, opened, clicked, unsubscribed, stored) says nothing of the status. */
  private static final Map<String, Effect> EFFECTS =
      Map.of(
          "delivered",
          Effect.DELIVERED,
          FAILED,
          Effect.NOTED,
          "rejected",
          Effect.UNDELIVERED,
          "complained",
          Effect.COMPLAINED);

  /** Reasons of a permanent failure that say nothing of the address: a list it is on. */
  private static final List<String> SUPPRESSED =
      List.of("suppress-unsubscribe", "suppress-complaint");

  @Override
  public Verdict verify(
      CallbackRequest request,
      ProviderSettings settings,
      Map<String, String> lookups,
      Instant now) {
    Optional<String> secret = settings.text(EmailSettings.WEBHOOK_SECRET.name());
    if (secret.isEmpty()) {
      return Verdict.unchecked(EmailSettings.WEBHOOK_SECRET);
    }
    Json.Obj signature = JsonBody.object(request.body()).object("signature");
    // A subaccount's reports are signed by the account above it as well.
    for (Json.Obj one : List.of(signature, signature.object("parent-signature"))) {
      if (fits(one, secret.get())) {
        return EventTimes.seconds(one.get("timestamp"))
                .filter(at -> Signatures.timely(at, now, TOLERANCE))
                .isPresent()
            ? new Verdict.Authentic()
            : new Verdict.Stale();
      }
    }
    return new Verdict.Forged("the signature does not fit");
  }

  private static boolean fits(Json.Obj signature, String secret) {
    Optional<String> timestamp = JsonBody.scalar(signature, "timestamp");
    Optional<String> token = signature.text("token").filter(it -> !it.isEmpty());
    Optional<byte[]> given = signature.text("signature").flatMap(Signatures::unhex);
    return timestamp.isPresent()
        && token.isPresent()
        && given
            .filter(
                code ->
                    Signatures.equal(
                        code,
                        Signatures.hmac(
                            Signatures.Keyed.HMAC_SHA256,
                            Signatures.utf8(secret),
                            Signatures.utf8(timestamp.get()),
                            Signatures.utf8(token.get()))))
            .isPresent();
  }

  @Override
  public Report read(CallbackRequest request, ProviderSettings settings, Instant now) {
    Json.Obj body = JsonBody.object(request.body());
    Json.Obj event = body.object("event-data");
    return Report.of(
        event
            .text("event")
            .map(type -> List.of(event(body.object("signature"), event, type, settings, now)))
            .orElse(List.of()));
  }

  private static CallbackEvent event(
      Json.Obj signature, Json.Obj event, String type, ProviderSettings settings, Instant now) {
    Optional<String> messageId =
        event.object("message").object("headers").text("message-id").map(Mailgun::bare);
    boolean failed = type.equals(FAILED);
    return new CallbackEvent(
        signature
            .text("token")
            .orElseGet(
                () ->
                    Digest.of(
                            messageId.orElse(""),
                            type,
                            JsonBody.scalar(event, "timestamp").orElse(""))
                        .hex()),
        Correlation.message(event.object("user-variables")),
        messageId,
        event.text("recipient"),
        failed ? type + "/" + event.text("severity").orElse("temporary") : type,
        failed ? failure(event) : EFFECTS.getOrDefault(type, Effect.NOTED),
        EventTimes.seconds(event.get("timestamp")).orElse(now),
        failed || type.equals("rejected")
            ? Optional.of(reason(event, settings))
            : Optional.empty());
  }

  /** Of a temporary failure Mailgun tries again by itself. */
  private static Effect failure(Json.Obj event) {
    if (event.text("severity").filter("permanent"::equals).isEmpty()) {
      return Effect.NOTED;
    }
    return SUPPRESSED.contains(event.text("reason").orElse("")) ? Effect.BOUNCED : Effect.DEAD;
  }

  private static String reason(Json.Obj event, ProviderSettings settings) {
    Json.Obj status = event.object("delivery-status");
    return ProviderWords.of(
        settings,
        event.text("reason").orElse(event.object("reject").text("reason").orElse("")),
        JsonBody.scalar(status, "code").orElse(""),
        status
            .text("message")
            .filter(it -> !it.isBlank())
            .or(() -> status.text("description"))
            .orElse(""));
  }
}
