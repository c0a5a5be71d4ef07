package dev.carillon.provider.mailtrap;

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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Mailtrap's webhooks in their JSON form: a list of events, signed without a time.
 *
 * <p>https://docs.mailtrap.io/email-api-smtp/advanced/webhooks
 */
final class MailtrapEvents implements CallbackReader {
  /** The rest (soft bounce, suspension, open, click, unsubscribe) says nothing of the status. */
  private static final Map<String, Effect> EFFECTS =
      Map.of(
          "delivery", Effect.DELIVERED,
          "bounce", Effect.DEAD,
          "reject", Effect.BOUNCED,
          "spam", Effect.COMPLAINED);

  @Override
  public Verdict verify(
      CallbackRequest request,
      ProviderSettings settings,
      Map<String, String> lookups,
      Instant now) {
    return WebhookProof.signedBody(request, settings, "mailtrap-signature");
  }

  @Override
  public Report read(CallbackRequest request, ProviderSettings settings, Instant now) {
    Json.Obj body = JsonBody.object(request.body());
    var events = new ArrayList<CallbackEvent>();
    // The official libraries' example is one event without a list around it.
    Stream.concat(JsonBody.objects(body.list("events")).stream(), Stream.of(body))
        .forEach(
            event ->
                event
                    .text("event")
                    .ifPresent(type -> events.add(event(event, type, settings, now))));
    return Report.of(events);
  }

  private static CallbackEvent event(
      Json.Obj event, String type, ProviderSettings settings, Instant now) {
    Optional<String> messageId = event.text("message_id");
    String why =
        Stream.of("response_code", "bounce_category", "reason", "response")
            .flatMap(field -> JsonBody.scalar(event, field).stream())
            .filter(it -> !it.isBlank())
            .collect(Collectors.joining(" "));
    return new CallbackEvent(
        event
            .text("event_id")
            .orElseGet(
                () ->
                    Digest.of(
                            messageId.orElse(""),
                            type,
                            JsonBody.scalar(event, "timestamp").orElse(""))
                        .hex()),
        Correlation.message(event.object("custom_variables")),
        messageId,
        event.text("email"),
        type,
        EFFECTS.getOrDefault(type, Effect.NOTED),
        EventTimes.seconds(event.get("timestamp")).orElse(now),
        why.isEmpty() ? Optional.empty() : Optional.of(ProviderWords.of(settings, why)));
  }
}
