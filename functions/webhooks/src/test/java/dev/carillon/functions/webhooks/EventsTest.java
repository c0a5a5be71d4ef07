package dev.carillon.functions.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.memory.InMemoryPorts;
import dev.carillon.memory.MutableClock;
import dev.carillon.memory.events.EventPayloads;
import dev.carillon.outbound.OutboundRequest;
import dev.carillon.outbound.OutboundResult;
import dev.carillon.webhook.EndpointHealth;
import dev.carillon.webhook.WebhookDelivery;
import dev.carillon.webhook.WebhookEndpoint;
import dev.carillon.webhook.WebhookEvent;
import dev.carillon.webhook.WebhookEventType;
import dev.carillon.webhook.WebhookFilter;
import dev.carillon.webhook.WebhookSubject;
import dev.carillon.webhook.signature.WebhookSecrets;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plays each payload in {@code events} that is for this function through its handler. */
class EventsTest {
  /** How many calls the endpoint gets, how many tasks are queued then, and what failed. */
  private static final String EXPECTED =
      """
      queue-webhooks-call, 1, 0, ''
      queue-webhooks-offer, 0, 1, ''
      queue-webhooks-offer-commit, 0, 1, ''
      queue-webhooks-offer-action-commit, 0, 1, ''
      queue-webhooks-offer-save, 0, 1, ''
      queue-webhooks-offer-source-action, 0, 1, ''
      queue-webhooks-poison, 0, 0, '{"itemIdentifier":"059f36b4-87a3-44ab-83d2-661975710000"}'
      queue-webhooks-replay, 0, 0, ''
      queue-webhooks-trace, 0, 0, ''
      queue-webhooks-trace-call, 0, 0, ''
      """;

  private static final Instant NOON = Instant.parse("2026-01-05T09:00:00Z");
  private static final EnvironmentId DEVELOPMENT = new EnvironmentId("development");
  private static final WebhookEndpointId HOOK =
      WebhookEndpointId.parse("5e0b1c9a-3f7d-4b52-8f7e-000000000001");

  private static final String BOUNCE = "evt_37pcl1CNQE1zLbFJkSfSMbMEO4I";

  private final MutableClock clock = new MutableClock(NOON);
  private final InMemoryPorts ports = InMemoryPorts.at(clock);
  private final List<OutboundRequest> calls = new ArrayList<>();

  private OutboundResult take(OutboundRequest request) {
    calls.add(request);
    return new OutboundResult.Answered(
        calls.size() == 1 && clock.instant().equals(NOON) ? 500 : 204,
        Map.of(),
        new byte[0],
        OutboundResult.End.WHOLE);
  }

  /** An endpoint that did not take a bounce at first. */
  private WebhooksHandler given() throws IOException {
    ports
        .webhookEndpoints()
        .save(
            new WebhookEndpoint(
                DEVELOPMENT,
                HOOK,
                "https://hooks.ingen.net/",
                WebhookFilter.of(
                    Set.of(WebhookEventType.MESSAGE_BOUNCED, WebhookEventType.RUN_COMPLETED)),
                WebhookSecrets.of(ports.webhookEndpoints().freshSecret()),
                EndpointHealth.GOOD,
                0,
                NOON));
    var bounce =
        WebhookDelivery.of(
            new WebhookEvent(
                DEVELOPMENT,
                WebhookEvent.id(NOON, Digest.of("a bounce")),
                WebhookEventType.MESSAGE_BOUNCED,
                NOON,
                WebhookSubject.NONE,
                Json.object().with("id", "m"),
                Optional.empty()),
            HOOK,
            NOON);
    ports.webhookDeliveries().create(bounce);
    assertThat(bounce.event().id()).as("what the payload names").isEqualTo(BOUNCE);
    var handler = new WebhooksHandler(ports, this::take);
    new WebhooksWiring(ports, this::take).callEndpoint().handle(CallEndpoint.first(bounce));
    ports.tasks().receive().ifPresent(ports.tasks()::acknowledge);
    clock.advance(Duration.ofMinutes(1));
    calls.clear();
    return handler;
  }

  @ParameterizedTest
  @CsvSource(textBlock = EXPECTED)
  void does_as_expected(String event, int called, int queued, String failures) throws IOException {
    WebhooksHandler handler = given();
    int before = ports.tasks().queued().size();
    assertThat(EventPayloads.play(event, (in, out) -> handler.handleRequest(in, out, null)))
        .isEqualTo(EventPayloads.batchAnswer(failures));
    assertThat(calls).hasSize(called);
    assertThat(ports.tasks().queued()).hasSize(before + queued);
  }

  @Test
  void no_payload_is_left_out() throws IOException {
    EventPayloads.assertNoneLeftOut("queue-webhooks", EXPECTED);
  }
}
