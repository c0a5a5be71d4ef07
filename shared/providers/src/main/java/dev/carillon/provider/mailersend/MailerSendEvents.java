package dev.carillon.provider.mailersend;

import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.message.MessageId;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * MailerSend's webhooks: one activity each, signed without a time.
 *
 * <p>https://developers.mailersend.com/api/v1/webhooks.html
 */
final class MailerSendEvents implements CallbackReader {
  private static final String ACTIVITY = "activity.";

  /** The rest (sent, opened, clicked, unsubscribed, …) says nothing of the status. */
  private static final Map<String, Effect> EFFECTS =
      Map.of(
          "activity.delivered", Effect.DELIVERED,
          "activity.hard_bounced", Effect.DEAD,
          "activity.soft_bounced", Effect.BOUNCED,
          "activity.spam_complaint", Effect.COMPLAINED);

  @Override
  public Verdict verify(
      CallbackRequest request,
      ProviderSettings settings,
      Map<String, String> lookups,
      Instant now) {
    return WebhookProof.signedBody(request, settings, "signature");
  }

  @Override
  public Report read(CallbackRequest request, ProviderSettings settings, Instant now) {
    Json.Obj body = JsonBody.object(request.body());
    return Report.of(
        body.text("type")
            .filter(type -> type.startsWith(ACTIVITY))
            .map(type -> List.of(event(body, type, settings, now)))
            .orElse(List.of()));
  }

  private static CallbackEvent event(
      Json.Obj body, String type, ProviderSettings settings, Instant now) {
    Json.Obj data = body.object("data");
    Json.Obj email = data.object("email");
    Json.Obj morph = data.object("morph");
    Optional<String> at = data.text("created_at").or(() -> body.text("created_at"));
    Optional<String> messageId = email.object("message").text("id");
    Optional<String> reason =
        morph
            .text("reason")
            .or(() -> morph.text("readable_reason"))
            .map(it -> ProviderWords.of(settings, it, morph.text("readable_reason").orElse("")));
    return new CallbackEvent(
        data.text("id").orElseGet(() -> Digest.of(messageId.orElse(""), type, at.orElse("")).hex()),
        message(email),
        messageId,
        email.object("recipient").text("email"),
        type,
        EFFECTS.getOrDefault(type, Effect.NOTED),
        EventTimes.iso(at).orElse(now),
        reason);
  }

  private static Optional<MessageId> message(Json.Obj email) {
    return email.list("tags").stream()
        .filter(Json.Str.class::isInstance)
        .map(tag -> ((Json.Str) tag).value())
        .filter(Ksuid::isValid)
        .findFirst()
        .map(MessageId::new);
  }
}
