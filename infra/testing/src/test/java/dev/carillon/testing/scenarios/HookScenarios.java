package dev.carillon.testing.scenarios;

import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.json.Json;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.FakeOutside;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.webhook.EndpointHealth;
import dev.carillon.webhook.WebhookEndpoint;
import dev.carillon.webhook.WebhookEventType;
import dev.carillon.webhook.WebhookFilter;
import dev.carillon.webhook.signature.WebhookSecrets;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Stories of endpoints that hear what happens. */
public final class HookScenarios {
  private static final String GOOD = "https://hooks.example/good";
  private static final String LAME = "https://hooks.example/lame";

  private HookScenarios() {}

  /** Stored, not asked for: a setting makes no calls. */
  private static void hook(InProcessEngine engine, String url, int number) {
    engine
        .ports()
        .webhookEndpoints()
        .save(
            new WebhookEndpoint(
                InProcessEngine.ENVIRONMENT,
                new WebhookEndpointId(new UUID(5, number)),
                url,
                WebhookFilter.of(
                    Set.of(WebhookEventType.MESSAGE_SENT, WebhookEventType.RUN_COMPLETED)),
                WebhookSecrets.of(engine.ports().webhookEndpoints().freshSecret()),
                EndpointHealth.GOOD,
                0,
                engine.now()));
  }

  /** Two endpoints, of which one takes nothing at first. */
  public static void setting(InProcessEngine engine) {
    hook(engine, GOOD, 1);
    hook(engine, LAME, 2);
    var calls = new AtomicInteger();
    engine
        .endpoints()
        .at(LAME, _ -> FakeOutside.json(calls.incrementAndGet() <= 2 ? 500 : 200, "{}"));
  }

  /** Where everything is streamed to. */
  static final String BUS = "arn:aws:events:eu-central-1:123456789012:event-bus/warehouse";

  /** A mail and its run are streamed to a bus, without any webhook. */
  public static Scenario streamed() {
    return new Scenario(
        "a stream of all events",
        new WorkflowKey("password"),
        Scenarios.password(),
        engine -> engine.ports().webhookEndpoints().streamTo(BUS),
        told().story(),
        Duration.ofHours(12),
        List.of(Scenarios.ANA));
  }

  /** Two endpoints hear of a mail and its run; one of them takes nothing at first. */
  public static Scenario told() {
    return new Scenario(
        "two webhooks",
        new WorkflowKey("password"),
        Scenarios.password(),
        HookScenarios::setting,
        engine ->
            new RetryingClient(engine)
                .must(
                    Call.trigger(
                            "password",
                            Json.object()
                                .with("recipients", Json.array(List.of(Scenarios.person("ana"))))
                                .with("data", Json.object().with("code", "123456")))
                        .once("reset-1")),
        Duration.ofHours(12),
        List.of(Scenarios.ANA));
  }
}
