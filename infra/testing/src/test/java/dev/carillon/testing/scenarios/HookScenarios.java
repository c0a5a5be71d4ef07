package dev.carillon.testing.scenarios;

import dev.carillon.access.ManagementScope;
import dev.carillon.access.ServiceToken;
import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.FakeOutside;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.webhook.EndpointHealth;
import dev.carillon.webhook.WebhookEndpoint;
import dev.carillon.webhook.WebhookEventType;
import dev.carillon.webhook.WebhookFilter;
import dev.carillon.webhook.signature.WebhookSecrets;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Stories of endpoints that hear what happens. */
public final class HookScenarios {
  private static final String GOOD = "https://hooks.example/good";
  private static final String LAME = "https://hooks.example/lame";

  private static final String TOKEN = "knock_st_test";

  private HookScenarios() {}

  /** Stored, not asked for: a setting makes no calls. */
  private static void hook(InProcessEngine engine, String url, int number) {
    hook(
        engine, url, number, Set.of(WebhookEventType.MESSAGE_SENT, WebhookEventType.RUN_COMPLETED));
  }

  private static void hook(
      InProcessEngine engine, String url, int number, Set<WebhookEventType> types) {
    engine
        .ports()
        .webhookEndpoints()
        .save(
            new WebhookEndpoint(
                InProcessEngine.ENVIRONMENT,
                new WebhookEndpointId(new UUID(5, number)),
                url,
                WebhookFilter.of(types),
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

  /** Where spans are exported to. */
  static final String COLLECTOR = "https://otel.example/v1/traces";

  /** A mail and its run are streamed to a bus, and to a collector with the call of a webhook. */
  public static Scenario streamed() {
    return new Scenario(
        "a stream of all events",
        new WorkflowKey("password"),
        Scenarios.password(),
        engine -> {
          engine.ports().webhookEndpoints().streamTo(BUS);
          engine.ports().webhookEndpoints().traceTo(COLLECTOR);
          hook(engine, GOOD, 1, Set.of(WebhookEventType.RUN_COMPLETED));
        },
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

  /** An endpoint is gone when it hears of a mail, and its owner is mailed. */
  public static Scenario givenUp() {
    return new Scenario(
        "a webhook that is gone",
        new WorkflowKey("password"),
        Scenarios.password(),
        engine -> {
          hook(engine, LAME, 2, Set.of(WebhookEventType.RUN_COMPLETED));
          var endpoints = engine.ports().webhookEndpoints();
          WebhookEndpoint owned = endpoints.all(InProcessEngine.ENVIRONMENT).getFirst();
          endpoints.save(
              owned.with(
                  new WebhookEndpoint.Contact(LAME, Optional.of("owner@acme.example")),
                  owned.filter()));
          engine.endpoints().at(LAME, _ -> FakeOutside.json(410, "{}"));
        },
        told().story(),
        Duration.ofHours(12),
        List.of(Scenarios.ANA));
  }

  /** Lets {@link #managing} calls be made. */
  public static void somebodyMayCommit(InProcessEngine engine) {
    engine
        .ports()
        .environmentList()
        .put(
            new EnvironmentEntry(
                InProcessEngine.ENVIRONMENT,
                "development",
                "Development",
                0,
                engine.now(),
                engine.now()));
    engine
        .ports()
        .serviceTokens()
        .put(
            Digest.hex(TOKEN),
            new ServiceToken(
                "cli", "cli@example.com", EnumSet.allOf(ManagementScope.class), Set.of(), false));
  }

  /** The call, made with a service token. */
  public static Call managing(Call call) {
    return call.with("authorization", "Bearer " + TOKEN);
  }

  /** An endpoint hears of commits, whatever befalls the call that makes them. */
  public static Scenario committed() {
    return new Scenario(
        "a webhook of commits",
        new WorkflowKey("password"),
        Scenarios.password(),
        engine -> {
          somebodyMayCommit(engine);
          SourceScenarios.shop(engine);
          hook(
              engine,
              GOOD,
              1,
              Set.of(
                  WebhookEventType.PARTIAL_COMMITTED,
                  WebhookEventType.SOURCE_EVENT_ACTION_COMMITTED));
        },
        engine -> {
          var client = new RetryingClient(engine);
          client.must(
              managing(
                  Call.put(
                      "/v1/partials/card",
                      Json.object()
                          .with(
                              "partial",
                              Json.object()
                                  .with("name", "Card")
                                  .with("type", "html")
                                  .with("content", "x")))));
          client.must(
              managing(
                  Call.put(
                      "/v1/workflows/password",
                      Json.object()
                          .with(
                              "workflow",
                              Json.object()
                                  .with("name", "Password")
                                  .with("steps", Json.array(List.of()))))));
          CallAnswer answer = client.call(managing(Call.put("/v1/commits", Json.object())));
          // A call that its own repetition overtook says so.
          if (!answer.ok() && answer.status() != 409) {
            throw new AssertionError(answer.body().toString());
          }
        },
        Duration.ofHours(12),
        List.of());
  }
}
