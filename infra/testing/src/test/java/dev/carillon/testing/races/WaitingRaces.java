package dev.carillon.testing.races;

import dev.carillon.json.Json;
import dev.carillon.message.ContentCodec;
import dev.carillon.message.Message;
import dev.carillon.run.Run;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.StepsTask;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.engine.Invocation;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.Scenarios;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Calls that end what waits, while something else is at work on it. */
public final class WaitingRaces {
  private static final String POST =
      """
      {"type": "channel", "ref": "http_1", "channel_type": "http", "channel_key": "webhook",
       "template": {"method": "post", "url": "https://hooks.example/", "body": "{{total_activities}}"}}
      """;
  private static final String DELAY =
      """
      {"type": "delay", "ref": "delay_1", "settings": {"delay_for": {"unit": "minutes", "value": 10}}}
      """;
  private static final String BATCH =
      """
      {"type": "batch", "ref": "batch_1", "settings": {"batch_window": {"unit": "minutes", "value": 10}}}
      """;
  private static final Map<String, String> LATER = workflow(DELAY, POST);
  private static final Map<String, String> DIGEST = workflow(BATCH, POST);

  private WaitingRaces() {}

  private static Map<String, String> workflow(String... steps) {
    return Map.of("race", "{\"name\": \"Race\", \"steps\": [" + String.join(", ", steps) + "]}");
  }

  public static Race sendNowTwice() {
    return new Race(
        "send now twice",
        LATER,
        engine -> {
          waits(engine, "key");
          return List.of(act(engine, "send_now"), act(engine, "send_now"));
        },
        engine -> sent(engine, 1, 1));
  }

  public static Race sendNowAgainstCancel() {
    return new Race(
        "send now against cancel by key",
        LATER,
        engine -> {
          waits(engine, "key");
          Json.Obj key = Json.object().with("cancellation_key", "key");
          return List.of(act(engine, "send_now"), call(Call.cancel("race", key)));
        },
        WaitingRaces::sentUnlessCancelled);
  }

  public static Race sendNowAgainstWake() {
    return new Race(
        "send now against wake",
        LATER,
        engine -> {
          waits(engine, "key");
          Invocation sendNow = act(engine, "send_now");
          engine.pass(Duration.ofMinutes(10));
          return List.of(sendNow, Races.take(engine, task -> task instanceof StepsTask.Advance));
        },
        engine -> sent(engine, 1, 1));
  }

  public static Race cancelWithoutKeyAgainstWake() {
    return new Race(
        "cancel without a key against wake",
        LATER,
        engine -> {
          waits(engine, "");
          Invocation cancel = act(engine, "cancel");
          engine.pass(Duration.ofMinutes(10));
          return List.of(cancel, Races.take(engine, task -> task instanceof StepsTask.Advance));
        },
        // What the wake had handed over when the cancellation came, nobody takes back.
        engine ->
            Scenarios.runs(engine).getFirst().state() instanceof Run.State.Cancelled
                ? sent(engine, 0, 1)
                : sent(engine, 1, 1));
  }

  public static Race cancelTwiceWithoutKey() {
    return new Race(
        "cancel twice without a key",
        LATER,
        engine -> {
          waits(engine, "");
          return List.of(act(engine, "cancel"), act(engine, "cancel"));
        },
        engine -> sent(engine, 0, 0));
  }

  public static Race flushTwice() {
    return new Race(
        "flush twice",
        DIGEST,
        engine -> {
          waits(engine, "");
          return List.of(act(engine, "flush"), act(engine, "flush"));
        },
        engine -> batched(engine, 1));
  }

  public static Race flushAgainstJoin() {
    return new Race(
        "flush against join",
        DIGEST,
        engine -> {
          waits(engine, "");
          Invocation flush = act(engine, "flush");
          return List.of(flush, another(engine));
        },
        engine -> batched(engine, 2));
  }

  public static Race flushAgainstClose() {
    return new Race(
        "flush against close",
        DIGEST,
        engine -> {
          waits(engine, "");
          Invocation flush = act(engine, "flush");
          engine.pass(Duration.ofMinutes(10));
          return List.of(flush, Races.take(engine, task -> task instanceof StepsTask.Advance));
        },
        engine -> batched(engine, 1));
  }

  public static Race flushAgainstCloseAndJoin() {
    return new Race(
        "flush against close and join",
        DIGEST,
        engine -> {
          waits(engine, "");
          Invocation flush = act(engine, "flush");
          engine.pass(Duration.ofMinutes(10));
          Invocation close = Races.take(engine, task -> task instanceof StepsTask.Advance);
          return List.of(flush, close, another(engine));
        },
        engine -> batched(engine, 2));
  }

  public static Race flushAgainstCancel(String key) {
    return new Race(
        "flush against cancel of the holder" + (key.isEmpty() ? "" : " by key"),
        DIGEST,
        engine -> {
          waits(engine, key);
          return List.of(act(engine, "flush"), act(engine, "cancel"));
        },
        engine ->
            Scenarios.runs(engine).getFirst().state() instanceof Run.State.Cancelled
                ? sent(engine, 0, 0)
                : batched(engine, 1));
  }

  /** A run of ana's waits. */
  private static void waits(InProcessEngine engine, String key) {
    Json.Obj body = EngineFixtures.to(EngineFixtures.person("ana"));
    engine.call(Call.trigger("race", key.isEmpty() ? body : body.with("cancellation_key", key)));
    engine.settle();
  }

  /** The start of another run of hers. */
  private static Invocation another(InProcessEngine engine) {
    engine.call(Call.trigger("race", EngineFixtures.to(EngineFixtures.person("ana"))));
    engine.functions().invoke(Races.take(engine, task -> task instanceof FanoutTask.Start));
    return Races.take(
        engine,
        task -> task instanceof StepsTask.Advance(_, _, _, _, _, var wake) && wake.isEmpty());
  }

  /** Does that to the one thing that waits. */
  private static Invocation act(InProcessEngine engine, String action) {
    var listed = engine.call(Call.get("/v1/waiting")).body().list("items");
    String id = ((Json.Obj) listed.getFirst()).text("id").orElseThrow();
    return call(Call.post("/v1/waiting/" + id + "/" + action, Json.object()));
  }

  private static Invocation call(Call call) {
    return new Invocation.OfCall(call.with("authorization", "Bearer sk_test"));
  }

  private static List<String> sentUnlessCancelled(InProcessEngine engine) {
    boolean cancelled = Scenarios.runs(engine).getFirst().state() instanceof Run.State.Cancelled;
    return sent(engine, cancelled ? 0 : 1, cancelled ? 0 : 1);
  }

  private static List<String> sent(InProcessEngine engine, int least, int most) {
    var wrong = new ArrayList<String>();
    int sent = engine.webhook().offers().size();
    if (sent < least || sent > most) {
      wrong.add(sent + " requests instead of " + least + " to " + most);
    }
    return wrong;
  }

  /** Each activity is in one message, and none is lost. */
  private static List<String> batched(InProcessEngine engine, int activities) {
    int told =
        Scenarios.messages(engine, _ -> true).stream()
            .flatMap(message -> body(engine, message))
            .mapToInt(Integer::parseInt)
            .sum();
    return told == activities && engine.webhook().offers().size() <= activities
        ? List.of()
        : List.of(told + " activities told instead of " + activities);
  }

  private static Stream<String> body(InProcessEngine engine, Message message) {
    return engine
        .ports()
        .messages()
        .content(InProcessEngine.ENVIRONMENT, message.id())
        .flatMap(content -> ContentCodec.write(content.content()).text("body"))
        .stream();
  }
}
