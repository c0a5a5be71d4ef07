package dev.carillon.functions.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.memory.InMemoryPorts;
import dev.carillon.memory.MutableClock;
import dev.carillon.outbound.OutboundResult;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Ports;
import dev.carillon.timer.TimerScheduler;
import dev.carillon.webhook.EndpointHealth;
import dev.carillon.webhook.WebhookDelivery;
import dev.carillon.webhook.WebhookEndpoint;
import dev.carillon.webhook.WebhookEvent;
import dev.carillon.webhook.WebhookEventType;
import dev.carillon.webhook.WebhookFilter;
import dev.carillon.webhook.WebhookSubject;
import dev.carillon.webhook.signature.WebhookSecrets;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who runs the deployment has an alarm on the line of the log that this is about. */
class DisablingTest {
  private static final EnvironmentId DEVELOPMENT = new EnvironmentId("development");
  private static final WebhookEndpointId HOOK = new WebhookEndpointId(new UUID(5, 1));

  private final MutableClock clock = new MutableClock(Instant.parse("2026-01-05T09:00:00Z"));
  private final InMemoryPorts ports = InMemoryPorts.at(clock);
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

  private CallEndpoint answering(int status) {
    var endpoints = ports.webhookEndpoints();
    endpoints.save(
        new WebhookEndpoint(
            DEVELOPMENT,
            HOOK,
            "https://hooks.ingen.net/",
            WebhookFilter.of(Set.of(WebhookEventType.MESSAGE_SENT)),
            WebhookSecrets.of(endpoints.freshSecret()),
            EndpointHealth.GOOD,
            0,
            clock.instant()));
    var log =
        new Log(new PrintStream(logged, true, StandardCharsets.UTF_8), clock, Optional.empty());
    return new CallEndpoint(
        endpoints,
        ports.webhookDeliveries(),
        new MakeCall(
            _ ->
                new OutboundResult.Answered(
                    status, Map.of(), new byte[0], OutboundResult.End.WHOLE),
            () -> false,
            ports.tasks(),
            clock),
        new TellOfDisabling(
            endpoints,
            ports.webhookDeliveries(),
            ports.tasks(),
            new MailOwner(
                ports.messages(),
                ports.channels(),
                ports.environmentList(),
                Ports.events(ports),
                ports.tasks(),
                clock),
            clock,
            log),
        new TimerScheduler(ports.timers(), ports.minuteSchedules(), ports.tasks()),
        ports.tasks(),
        clock);
  }

  private WebhookDelivery happens(String what) {
    var delivery =
        WebhookDelivery.of(
            new WebhookEvent(
                DEVELOPMENT,
                WebhookEvent.id(clock.instant(), Digest.of(what)),
                WebhookEventType.MESSAGE_SENT,
                clock.instant(),
                WebhookSubject.NONE,
                Json.object().with("id", what),
                Optional.empty()),
            HOOK,
            clock.instant());
    ports.webhookDeliveries().create(delivery);
    return delivery;
  }

  @Test
  void that_an_endpoint_was_given_up_is_logged_once_and_its_address_never() {
    CallEndpoint call = answering(410);
    assertThat(call.handle(CallEndpoint.first(happens("a"))))
        .isInstanceOf(CallOutcome.Called.class);
    assertThat(call.handle(CallEndpoint.first(happens("b"))))
        .isInstanceOf(CallOutcome.Dropped.class);
    assertThat(logged.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .contains("\"decision\":\"webhook.disabled\"", HOOK.toString(), "\"reason\":\"gone\"")
        .doesNotContain("ingen");
  }

  @Test
  void one_that_merely_fails_is_not_logged_as_given_up() {
    answering(500).handle(CallEndpoint.first(happens("a")));
    assertThat(logged.size()).isZero();
  }
}
