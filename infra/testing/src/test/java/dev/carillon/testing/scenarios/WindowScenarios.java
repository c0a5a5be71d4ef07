package dev.carillon.testing.scenarios;

import dev.carillon.json.Json;
import dev.carillon.task.DeliveryTask;
import dev.carillon.testing.engine.Call;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.util.List;

/** Stories of what is held back until a window opens. */
public final class WindowScenarios {
  private WindowScenarios() {}

  public static final String HELD_ITEM =
      """
      {"type": "channel", "ref": "feed_1", "channel_type": "in_app_feed", "channel_key": "feed", "send_windows": %s,
       "template": {"markdown_body": "It is noon", "action_url": "https://app.example/"}}\
      """;

  public static final String HELD_MAIL =
      """
      {"type": "channel", "ref": "email_1", "channel_type": "email", "channel_key": "email", "send_windows": %s,
       "template": {"subject": "Noon", "html_body": "<p>It is noon</p>"}}\
      """;

  /** What is held waits for noon or, on a Tuesday, for that of the day after. */
  public static String windowed(String... steps) {
    String windows =
        """
        [{"day": "monday", "type": "send", "from": "12:00:00", "until": "13:00:00"},
         {"day": "tuesday", "type": "do_not_send"},
         {"day": "wednesday", "type": "send", "from": "12:00:00", "until": "13:00:00"},
         {"day": "thursday", "type": "send", "from": "12:00:00", "until": "13:00:00"},
         {"day": "friday", "type": "send", "from": "12:00:00", "until": "13:00:00"},
         {"day": "saturday", "type": "send", "from": "12:00:00", "until": "13:00:00"},
         {"day": "sunday", "type": "send", "from": "12:00:00", "until": "13:00:00"}]\
        """;
    return "{\"name\": \"Windowed\", \"steps\": [%s]}"
        .formatted(String.join(",", steps).replace("%s", windows));
  }

  /** A message waits for noon. */
  public static Scenario windowed(String name, String step) {
    return new Scenario(
        name + " held back until noon",
        new WorkflowKey("windowed"),
        windowed(step),
        _ -> {},
        engine -> atNoon(new RetryingClient(engine)),
        Duration.ofDays(4),
        List.of(Scenarios.ANA));
  }

  /** A message waits for noon and is cancelled before. */
  public static Scenario windowedAndCancelled() {
    return new Scenario(
        "mail held back until noon and cancelled",
        new WorkflowKey("windowed"),
        windowed(HELD_MAIL),
        _ -> {},
        engine -> {
          var client = new RetryingClient(engine);
          var done = new boolean[1];
          engine.client(
              () -> {
                if (done[0] || Scenarios.runs(engine).isEmpty()) {
                  return false;
                }
                done[0] = true;
                client.must(
                    Call.cancel("windowed", Json.object().with("cancellation_key", "noon")));
                return true;
              });
          atNoon(client);
        },
        Duration.ofDays(4),
        List.of(Scenarios.ANA));
  }

  /** Every task of a message that is held back is lost until its window is open for a while. */
  public static Scenario windowedAndLost() {
    return new Scenario(
        "mail held back until noon, all tasks lost",
        new WorkflowKey("windowed"),
        windowed(HELD_MAIL),
        engine ->
            engine.lose(
                task ->
                    task instanceof DeliveryTask.Deliver(_, var id, _, _, _, var minute, _)
                        && minute.isPresent()
                        && Scenarios.messages(engine, message -> message.id().equals(id)).stream()
                            .flatMap(message -> message.scheduledAt().stream())
                            .anyMatch(
                                opens ->
                                    engine.now().isBefore(opens.plus(Duration.ofMinutes(10))))),
        engine -> atNoon(new RetryingClient(engine)),
        Duration.ofDays(4),
        List.of(Scenarios.ANA));
  }

  private static void atNoon(RetryingClient client) {
    client.must(
        Call.trigger(
                "windowed",
                Json.object()
                    .with("recipients", Json.array(List.of(Scenarios.person("ana"))))
                    .with("cancellation_key", "noon"))
            .once("noon-1"));
  }
}
