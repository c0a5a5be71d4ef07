package dev.carillon.provider.postmark;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Postmark's webhooks: one event each, not signed; a password in their URL is all the proof.
 *
 * <p>https://postmarkapp.com/developer/webhooks/webhooks-overview and
 * https://postmarkapp.com/developer/api/bounce-api#bounce-types
 */
final class PostmarkEvents implements CallbackReader {
  private static final String BOUNCE = "Bounce";

  /** Opens, clicks and changes of subscriptions say nothing of the status. */
  private static final Map<String, Effect> EFFECTS =
      Map.of(
          "Delivery", Effect.DELIVERED, BOUNCE, Effect.BOUNCED, "SpamComplaint", Effect.COMPLAINED);

  /** Types of bounces that are something else than a bounce's usual end; a soft one is an end. */
  private static final Map<String, Effect> BOUNCES =
      Map.ofEntries(
          Map.entry("HardBounce", Effect.DEAD),
          Map.entry("BadEmailAddress", Effect.DEAD),
          Map.entry("AddressChange", Effect.NOTED),
          Map.entry("AutoResponder", Effect.NOTED),
          Map.entry("DnsError", Effect.NOTED),
          Map.entry("OpenRelayTest", Effect.NOTED),
          Map.entry("Subscribe", Effect.NOTED),
          Map.entry("Transient", Effect.NOTED),
          Map.entry("Unconfirmed", Effect.NOTED),
          Map.entry("Unsubscribe", Effect.NOTED));

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
    Json.Obj event = JsonBody.object(request.body());
    return Report.of(
        event
            .text("RecordType")
            .map(type -> List.of(event(event, type, settings, now)))
            .orElse(List.of()));
  }

  private static CallbackEvent event(
      Json.Obj event, String record, ProviderSettings settings, Instant now) {
    Optional<String> bounce = event.text("Type").filter(_ -> record.equals(BOUNCE));
    Optional<String> at = first(event, "DeliveredAt", "BouncedAt", "ReceivedAt", "ChangedAt");
    Optional<String> address = first(event, "Recipient", "Email");
    return new CallbackEvent(
        Digest.of(
                record,
                event.text("MessageID").orElse(""),
                JsonBody.scalar(event, "ID").orElse(""),
                address.orElse(""),
                at.orElse(""))
            .hex(),
        Correlation.message(event.object("Metadata")),
        event.text("MessageID"),
        address,
        bounce.map(type -> record + "/" + type).orElse(record),
        bounce.map(BOUNCES::get).orElse(EFFECTS.getOrDefault(record, Effect.NOTED)),
        EventTimes.iso(at).orElse(now),
        bounce.map(type -> ProviderWords.of(settings, type, event.text("Description").orElse(""))));
  }

  private static Optional<String> first(Json.Obj event, String... fields) {
    return Stream.of(fields).flatMap(field -> event.text(field).stream()).findFirst();
  }
}
