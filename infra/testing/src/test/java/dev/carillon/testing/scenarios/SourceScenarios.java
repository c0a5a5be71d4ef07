package dev.carillon.testing.scenarios;

import dev.carillon.condition.Path;
import dev.carillon.json.Json;
import dev.carillon.source.ActionMapping;
import dev.carillon.source.ActionType;
import dev.carillon.source.Source;
import dev.carillon.source.SourceId;
import dev.carillon.source.SourceSettings;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stories of events that other systems send. */
public final class SourceScenarios {
  /** Where the source of the stories receives. */
  private static final SourceId SHOP = new SourceId("src_of_the_shop");

  private static final String EVENT =
      """
      {"type": "password.forgotten", "id": "evt-1",
       "user": {"id": "ana", "email": "ana@example.com"}, "data": {"code": "123456"}}
      """;

  private SourceScenarios() {}

  /**
   * Makes the source of the stories there.
   *
   * @return the path where it receives
   */
  public static String shop(InProcessEngine engine) {
    setting(engine);
    return SourceId.PATH + SHOP.value();
  }

  private static void setting(InProcessEngine engine) {
    engine
        .ports()
        .sources()
        .save(
            new Source(
                InProcessEngine.ENVIRONMENT,
                "shop",
                SHOP,
                new Source.About("Shop", Optional.empty(), Optional.empty()),
                new SourceSettings(
                    Path.of("body.type"),
                    Optional.empty(),
                    Optional.of(Path.of("body.id")),
                    true,
                    false,
                    false,
                    Optional.empty()),
                List.of(
                    mapping(
                        engine,
                        ActionType.WORKFLOWS_TRIGGER,
                        Json.object()
                            .with("key", "password")
                            .with("recipients", "body.user.id")
                            .with("data", "body.data")),
                    mapping(
                        engine,
                        ActionType.USERS_IDENTIFY,
                        Json.object().with("id", "body.user.id").with("email", "body.user.email"))),
                0,
                new Source.Instants(engine.now(), engine.now())));
  }

  private static ActionMapping mapping(
      InProcessEngine engine, ActionType type, Json.Obj parameters) {
    return new ActionMapping(
        "password.forgotten", type, parameters, true, engine.now(), engine.now());
  }

  /**
   * An event makes somebody known and tells them, once, although it is sent until it is answered.
   */
  public static Scenario came() {
    return new Scenario(
        "an event of a source",
        new WorkflowKey("password"),
        Scenarios.password(),
        SourceScenarios::setting,
        engine ->
            new RetryingClient(engine)
                .must(new Call("POST", SourceId.PATH + SHOP.value(), Map.of(), Optional.of(EVENT))),
        Duration.ofHours(1),
        List.of(Scenarios.ANA));
  }
}
