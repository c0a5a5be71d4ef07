package dev.carillon.provider.sendgrid;

import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.provider.Correlation;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.ProviderWords;
import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.callback.CallbackEvent;
import dev.carillon.provider.callback.CallbackEvent.Effect;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.callback.CallbackRequest;
import dev.carillon.provider.callback.EventTimes;
import dev.carillon.provider.format.JsonBody;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/**
 * SendGrid's Event Webhook: a list of events, of any messages of the account.
 *
 * <p>https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event and
 * .../getting-started-event-webhook-security-features
 */
final class SendGridEvents implements CallbackReader {
  /** Not a credential: SendGrid alone can sign. */
  static final ProviderSetting VERIFICATION_KEY =
      ProviderSetting.optional("webhook_verification_key", "Webhook verification key");

  private static final String SIGNATURE = "x-twilio-email-event-webhook-signature";
  private static final String TIMESTAMP = "x-twilio-email-event-webhook-timestamp";

  /**
   * SendGrid tries for a day, and whether it signs a retry anew is not documented. Events have ids,
   * so that one taken twice is one.
   */
  private static final Duration TOLERANCE = Duration.ofHours(24);

  /**
   * The rest (processed, deferred, open, click, unsubscribe, group_…) says nothing of the status.
   */
  private static final Map<String, Effect> EFFECTS =
      Map.of(
          "delivered", Effect.DELIVERED,
          "bounce", Effect.DEAD,
          "dropped", Effect.BOUNCED,
          "spamreport", Effect.COMPLAINED);

  @Override
  public Verdict verify(
      CallbackRequest request,
      ProviderSettings settings,
      Map<String, String> lookups,
      Instant now) {
    Optional<byte[]> key = settings.text(VERIFICATION_KEY.name()).flatMap(Signatures::unbase64);
    if (key.isEmpty()) {
      return Verdict.unchecked(VERIFICATION_KEY);
    }
    Optional<String> timestamp = request.header(TIMESTAMP);
    Optional<byte[]> signature = request.header(SIGNATURE).flatMap(Signatures::unbase64);
    Optional<Instant> at = timestamp.flatMap(EventTimes::seconds);
    if (signature.isEmpty() || at.isEmpty()) {
      return new Verdict.Forged("no signature");
    }
    boolean signed =
        Signatures.signed(
            Signatures.Asymmetric.ECDSA_SHA256,
            key.get(),
            signature.get(),
            Signatures.utf8(timestamp.orElseThrow()),
            request.body());
    if (!signed) {
      return new Verdict.Forged("the signature does not fit");
    }
    return Signatures.timely(at.get(), now, TOLERANCE)
        ? new Verdict.Authentic()
        : new Verdict.Stale();
  }

  @Override
  public Report read(CallbackRequest request, ProviderSettings settings, Instant now) {
    var events = new ArrayList<CallbackEvent>();
    for (Json.Obj event : JsonBody.objects(request.body())) {
      event.text("event").ifPresent(type -> events.add(event(event, type, settings, now)));
    }
    return Report.of(events);
  }

  private static CallbackEvent event(
      Json.Obj event, String type, ProviderSettings settings, Instant now) {
    Optional<String> messageId = event.text("sg_message_id");
    return new CallbackEvent(
        event
            .text("sg_event_id")
            .orElseGet(
                () ->
                    Digest.of(
                            messageId.orElse(""),
                            type,
                            JsonBody.scalar(event, "timestamp").orElse(""),
                            event.text("email").orElse(""))
                        .hex()),
        Correlation.message(event),
        messageId.map(SendGridEvents::externalId),
        event.text("email"),
        type,
        effect(event, type),
        EventTimes.seconds(event.get("timestamp")).orElse(now),
        event
            .text("reason")
            .map(reason -> ProviderWords.of(settings, event.text("status").orElse(""), reason)));
  }

  /**
   * A block is the receiving server's refusal of the moment, not of the address; Knock ignores it.
   */
  private static Effect effect(Json.Obj event, String type) {
    boolean blocked = event.text("type").filter("blocked"::equals).isPresent();
    return type.equals("bounce") && blocked
        ? Effect.NOTED
        : EFFECTS.getOrDefault(type, Effect.NOTED);
  }

  /** Behind the first dot is which filter and server it passed. */
  private static String externalId(String messageId) {
    int dot = messageId.indexOf('.');
    return dot < 0 ? messageId : messageId.substring(0, dot);
  }
}
