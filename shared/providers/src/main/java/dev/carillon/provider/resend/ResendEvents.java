package dev.carillon.provider.resend;

import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.message.MessageId;
import dev.carillon.provider.Correlation;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.ProviderWords;
import dev.carillon.provider.callback.CallbackEvent;
import dev.carillon.provider.callback.CallbackEvent.Effect;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.callback.CallbackRequest;
import dev.carillon.provider.callback.EventTimes;
import dev.carillon.provider.callback.StandardWebhook;
import dev.carillon.provider.email.EmailSettings;
import dev.carillon.provider.format.JsonBody;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Resend's webhooks: one event each, signed as Standard Webhooks are. An event does not say which
 * of several recipients it is about.
 *
 * <p>https://resend.com/docs/dashboard/webhooks/event-types
 */
final class ResendEvents implements CallbackReader {
  private static final String BOUNCED = "email.bounced";

  /**
   * The rest (sent, delivery_delayed, opened, clicked, scheduled, …) says nothing of the status.
   */
  private static final Map<String, Effect> EFFECTS =
      Map.of(
          "email.delivered",
          Effect.DELIVERED,
          BOUNCED,
          Effect.BOUNCED,
          "email.suppressed",
          Effect.BOUNCED,
          "email.failed",
          Effect.UNDELIVERED,
          "email.complained",
          Effect.COMPLAINED);

  @Override
  public Verdict verify(
      CallbackRequest request,
      ProviderSettings settings,
      Map<String, String> lookups,
      Instant now) {
    return settings
        .text(EmailSettings.WEBHOOK_SECRET.name())
        .map(secret -> StandardWebhook.verify(request, secret, now))
        .orElseGet(() -> Verdict.unchecked(EmailSettings.WEBHOOK_SECRET));
  }

  @Override
  public Report read(CallbackRequest request, ProviderSettings settings, Instant now) {
    Json.Obj event = JsonBody.object(request.body());
    return Report.of(
        event
            .text("type")
            .filter(type -> type.startsWith("email."))
            .map(type -> List.of(event(request, event, type, settings, now)))
            .orElse(List.of()));
  }

  private static CallbackEvent event(
      CallbackRequest request,
      Json.Obj event,
      String type,
      ProviderSettings settings,
      Instant now) {
    Json.Obj data = event.object("data");
    Json.Obj bounce = data.object("bounce");
    boolean dead =
        type.equals(BOUNCED) && bounce.text("type").filter("Permanent"::equals).isPresent();
    return new CallbackEvent(
        StandardWebhook.id(request)
            .orElseGet(
                () ->
                    Digest.of(
                            type,
                            data.text("email_id").orElse(""),
                            event.text("created_at").orElse(""))
                        .hex()),
        message(data),
        data.text("email_id"),
        Optional.empty(),
        type,
        dead ? Effect.DEAD : EFFECTS.getOrDefault(type, Effect.NOTED),
        EventTimes.iso(event.text("created_at")).orElse(now),
        reason(data, settings));
  }

  /** Tags come back as an object, though they are sent as a list; either is read. */
  private static Optional<MessageId> message(Json.Obj data) {
    return Correlation.message(data.object("tags"))
        .or(
            () ->
                JsonBody.objects(data.list("tags")).stream()
                    .filter(it -> it.text("name").filter(Correlation.MESSAGE::equals).isPresent())
                    .findFirst()
                    .flatMap(it -> Correlation.message(it.text("value"))));
  }

  private static Optional<String> reason(Json.Obj data, ProviderSettings settings) {
    return Stream.of("bounce", "failed", "suppressed")
        .map(data::object)
        .filter(it -> !it.fields().isEmpty())
        .findFirst()
        .map(
            it ->
                ProviderWords.of(
                    settings,
                    it.text("type").orElse(""),
                    it.text("subType").orElse(""),
                    it.text("reason").orElse(""),
                    it.text("message").orElse("")));
  }
}
