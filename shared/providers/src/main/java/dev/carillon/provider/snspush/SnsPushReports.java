package dev.carillon.provider.snspush;

import dev.carillon.json.Json;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.callback.CallbackEvent;
import dev.carillon.provider.callback.CallbackEvent.Effect;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.callback.CallbackRequest;
import dev.carillon.provider.callback.EventTimes;
import dev.carillon.provider.callback.SnsEnvelope;
import dev.carillon.provider.format.JsonBody;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What platform applications report of deliveries that failed, to a topic of the customer's.
 *
 * <p>Source: https://docs.aws.amazon.com/sns/latest/dg/application-event-notifications.html
 */
final class SnsPushReports implements CallbackReader {
  static final ProviderSetting TOPIC =
      ProviderSetting.optional("topic_arn", "ARN of the topic for delivery failures");

  private static final String FAILURE = "DeliveryFailure";

  /** By {@code FailureType}; another failure is the message's and not the endpoint's. */
  private static final Map<String, Effect> FAILURES =
      Map.of(
          "InvalidPlatformToken", Effect.DEAD,
          "InvalidEndpoint", Effect.DEAD,
          "EndpointDisabled", Effect.DEAD);

  @Override
  public Verdict verify(
      CallbackRequest request,
      ProviderSettings settings,
      Map<String, String> lookups,
      Instant now) {
    return settings
        .text(TOPIC.name())
        .map(topic -> SnsEnvelope.of(request).verify(topic, lookups, now))
        .orElseGet(() -> Verdict.unchecked(TOPIC));
  }

  @Override
  public boolean bringsOurId() {
    return false;
  }

  @Override
  public Report read(CallbackRequest request, ProviderSettings settings, Instant now) {
    SnsEnvelope envelope = SnsEnvelope.of(request);
    List<CallbackEvent> events =
        envelope.notification().map(JsonBody::object).stream()
            .filter(event -> event.text("EventType").orElse("").equals(FAILURE))
            .map(event -> failure(event, envelope.id(), now))
            .toList();
    return new Report(events, envelope.answer());
  }

  private static CallbackEvent failure(Json.Obj event, String id, Instant now) {
    Optional<String> type = event.text("FailureType");
    return new CallbackEvent(
        id,
        Optional.empty(),
        event.text("MessageId"),
        event.text("EndpointArn"),
        FAILURE,
        type.map(FAILURES::get).orElse(Effect.UNDELIVERED),
        EventTimes.iso(event.text("Time")).orElse(now),
        type.filter(FAILURES::containsKey));
  }
}
