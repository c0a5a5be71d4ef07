package dev.carillon.provider.mailjet;

import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.provider.Correlation;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.ProviderWords;
import dev.carillon.provider.callback.CallbackEvent;
import dev.carillon.provider.callback.CallbackEvent.Effect;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.callback.CallbackRequest;
import dev.carillon.provider.callback.EventTimes;
import dev.carillon.provider.email.WebhookProof;
import dev.carillon.provider.format.JsonBody;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/**
 * Mailjet's events: one, or a list of them, not signed; a password in their URL is all the proof.
 * Mailjet wants to be answered 200 and nothing else.
 *
 * <p>https://dev.mailjet.com/email/guides/webhooks/
 */
final class MailjetEvents implements CallbackReader {
  private static final String BOUNCE = "bounce";

  /** The receiving server took what is sent. Opens, clicks and unsub say nothing of the status. */
  private static final Map<String, Effect> EFFECTS =
      Map.of(
          "sent", Effect.DELIVERED,
          "blocked", Effect.BOUNCED,
          "spam", Effect.COMPLAINED);

  @Override
  public Verdict verify(
      CallbackRequest request,
      ProviderSettings settings,
      Map<String, String> lookups,
      Instant now) {
    return WebhookProof.password(request, settings);
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
    // A number of 64 bits.
    Optional<String> messageId = JsonBody.scalar(event, "MessageID");
    Optional<String> error = event.text("error").filter(it -> !it.isBlank());
    return new CallbackEvent(
        Digest.of(messageId.orElse(""), type, JsonBody.scalar(event, "time").orElse("")).hex(),
        Correlation.message(event.text("CustomID")),
        messageId,
        event.text("email"),
        type,
        effect(event, type),
        EventTimes.seconds(event.get("time")).orElse(now),
        error.map(it -> ProviderWords.of(settings, event.text("error_related_to").orElse(""), it)));
  }

  /** Of a soft bounce Mailjet tries again by itself. */
  private static Effect effect(Json.Obj event, String type) {
    if (type.equals(BOUNCE)) {
      boolean hard = event.get("hard_bounce").filter(Json.TRUE::equals).isPresent();
      return hard ? Effect.DEAD : Effect.NOTED;
    }
    return EFFECTS.getOrDefault(type, Effect.NOTED);
  }
}
