package dev.carillon.provider.mandrill;

import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.message.Content.Field;
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
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.format.JsonBody;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Mandrill's webhooks: a form whose one field is a list of events, signed together with the URL
 * that Mandrill was given. The event {@code delivered} is from memory.
 *
 * <p>https://mailchimp.com/developer/transactional/guides/track-respond-activity-webhooks/
 */
final class MandrillEvents implements CallbackReader {
  private static final String EVENTS = "mandrill_events";

  /** Handed to the receiving server is what is called sent. */
  private static final Map<String, Effect> EFFECTS =
      Map.of(
          "send", Effect.DELIVERED,
          "delivered", Effect.DELIVERED,
          "hard_bounce", Effect.DEAD,
          "soft_bounce", Effect.BOUNCED,
          "reject", Effect.BOUNCED,
          "spam", Effect.COMPLAINED);

  @Override
  public Verdict verify(
      CallbackRequest request,
      ProviderSettings settings,
      Map<String, String> lookups,
      Instant now) {
    // Asked before the hook exists, and with it the key; it says nothing that could be false.
    if (request.method().equals("HEAD")) {
      return new Verdict.Authentic();
    }
    Optional<String> secret = settings.text(EmailSettings.WEBHOOK_SECRET.name());
    if (secret.isEmpty()) {
      return Verdict.unchecked(EmailSettings.WEBHOOK_SECRET);
    }
    var signed = new StringBuilder(request.url());
    FormBody.read(request.body()).fields().stream()
        .sorted(Comparator.comparing(Field::name))
        .forEach(field -> signed.append(field.name()).append(field.value()));
    byte[] expected =
        Signatures.hmac(
            Signatures.Keyed.HMAC_SHA1,
            Signatures.utf8(secret.get()),
            Signatures.utf8(signed.toString()));
    return Verdict.of(
        request
            .header("x-mandrill-signature")
            .flatMap(Signatures::unbase64)
            .filter(it -> Signatures.equal(it, expected))
            .isPresent(),
        "the signature does not fit");
  }

  @Override
  public Report read(CallbackRequest request, ProviderSettings settings, Instant now) {
    var events = new ArrayList<CallbackEvent>();
    String list = FormBody.read(request.body()).first(EVENTS).orElse("");
    for (Json.Obj event : JsonBody.objects(Signatures.utf8(list))) {
      // What has no event is about the account's lists.
      event.text("event").ifPresent(type -> events.add(event(event, type, settings, now)));
    }
    return Report.of(events);
  }

  private static CallbackEvent event(
      Json.Obj event, String type, ProviderSettings settings, Instant now) {
    Json.Obj message = event.object("msg");
    Optional<String> messageId = event.text("_id").or(() -> message.text("_id"));
    Effect effect = EFFECTS.getOrDefault(type, Effect.NOTED);
    boolean failed = effect.equals(Effect.DEAD) || effect.equals(Effect.BOUNCED);
    return new CallbackEvent(
        Digest.of(messageId.orElse(""), type, JsonBody.scalar(event, "ts").orElse("")).hex(),
        Correlation.message(message.object("metadata")),
        messageId,
        message.text("email"),
        type,
        effect,
        EventTimes.seconds(event.get("ts")).orElse(now),
        failed
            ? Optional.of(
                ProviderWords.of(
                    settings,
                    message.text("bounce_description").orElse(type),
                    message.text("diag").orElse("")))
            : Optional.empty());
  }
}
