package dev.carillon.provider.sparkpost;

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
import java.util.Set;
import java.util.stream.Stream;

/**
 * SparkPost's webhooks: a list of events, each in a class of its own, not signed; a password in
 * their URL is all the proof.
 *
 * <p>https://developers.sparkpost.com/api/webhooks/ and
 * https://support.sparkpost.com/docs/deliverability/bounce-classification-codes
 */
final class SparkPostEvents implements CallbackReader {
  /** The rest (injection, delay, click, open, unsubscribes) says nothing of the status. */
  private static final Map<String, Effect> EFFECTS =
      Map.of(
          "delivery", Effect.DELIVERED,
          "bounce", Effect.BOUNCED,
          "out_of_band", Effect.BOUNCED,
          "policy_rejection", Effect.BOUNCED,
          "generation_failure", Effect.UNDELIVERED,
          "generation_rejection", Effect.UNDELIVERED,
          "spam_complaint", Effect.COMPLAINED);

  /** Classes of bounces that are something else than a bounce's usual end. */
  private static final Map<String, Effect> BOUNCE_CLASSES =
      Map.of(
          "10", Effect.DEAD, // no such recipient
          "30", Effect.DEAD, // the same, without a code that says so
          "60", Effect.NOTED, // an automatic reply
          "80", Effect.NOTED, // a subscription
          "100", Effect.NOTED); // a challenge

  private static final Set<String> BOUNCES = Set.of("bounce", "out_of_band");

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
    for (Json.Obj item : JsonBody.objects(request.body())) {
      for (Json classed : item.object("msys").fields().values()) {
        if (classed instanceof Json.Obj event) {
          event.text("type").ifPresent(type -> events.add(event(event, type, settings, now)));
        }
      }
    }
    return Report.of(events);
  }

  /** What an event means; for the answers to questions as well. */
  static Effect effect(Json.Obj event, String type) {
    Effect usual = EFFECTS.getOrDefault(type, Effect.NOTED);
    return BOUNCES.contains(type)
        ? JsonBody.scalar(event, "bounce_class").map(BOUNCE_CLASSES::get).orElse(usual)
        : usual;
  }

  private static CallbackEvent event(
      Json.Obj event, String type, ProviderSettings settings, Instant now) {
    Optional<String> transmission = JsonBody.scalar(event, "transmission_id");
    Optional<String> address = event.text("raw_rcpt_to").or(() -> event.text("rcpt_to"));
    return new CallbackEvent(
        JsonBody.scalar(event, "event_id")
            .orElseGet(
                () ->
                    Digest.of(
                            transmission.orElse(""),
                            type,
                            address.orElse(""),
                            JsonBody.scalar(event, "timestamp").orElse(""))
                        .hex()),
        Correlation.message(event.object("rcpt_meta")),
        transmission,
        address,
        type,
        effect(event, type),
        EventTimes.seconds(event.get("timestamp"))
            .or(() -> EventTimes.iso(event.text("timestamp")))
            .orElse(now),
        Stream.of("raw_reason", "reason")
            .flatMap(field -> event.text(field).stream())
            .findFirst()
            .map(
                it ->
                    ProviderWords.of(
                        settings,
                        JsonBody.scalar(event, "bounce_class").map(c -> "class " + c).orElse(""),
                        it)));
  }
}
