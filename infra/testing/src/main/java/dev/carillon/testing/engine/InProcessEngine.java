package dev.carillon.testing.engine;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.operator.OperatorHandler;
import dev.carillon.json.Json;
import dev.carillon.memory.InMemoryPorts;
import dev.carillon.memory.MutableClock;
import dev.carillon.message.MessageId;
import dev.carillon.task.Task;
import dev.carillon.task.WakeTask;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.SweepWindow;
import dev.carillon.timer.Timer;
import dev.carillon.tracking.TrackingEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A whole Carillon in one process: one environment with the keys {@code sk_test} and {@code
 * pk_test} and the channels {@code email}, {@code feed} and {@code webhook}.
 *
 * <pre>{@code
 * var engine = Engine.at(Instant.parse("2026-01-05T09:00:00Z"));
 * engine.push(Map.of("workflows/welcome/workflow.json", "{…}"));
 * engine.call(Call.trigger("welcome", body));
 * engine.advance(Duration.ofHours(2));
 * assertThat(engine.email().accepted()).hasSize(1);
 * }</pre>
 *
 * <p>Not to be used from several threads, calls excepted.
 */
public final class InProcessEngine {
  public static final EnvironmentId ENVIRONMENT = new EnvironmentId("test");
  private static final String KEY = "sk_test";

  /** What an event source mapping hands over at most. */
  private static final int BATCH = 10;

  private final InMemoryPorts ports;
  private final MutableClock clock;
  private final FakeProvider email;
  private final FakeProvider webhook;
  private final FakeStatuses statuses = new FakeStatuses();
  private final FakeOutside outside;
  private final FakeEndpoints endpoints;
  private final InProcessFunctions functions;
  private final List<BooleanSupplier> clients = new ArrayList<>();
  private long sweptMinute = Long.MIN_VALUE;

  /** An engine whose clock stands at {@code start}. */
  public static InProcessEngine at(Instant start) {
    return new InProcessEngine(start, Handlers::on, BATCH);
  }

  /**
   * An engine with these channels in the place of the three.
   *
   * @param channels as the operator function seeds them
   * @throws IllegalArgumentException when one of them is refused
   */
  public static InProcessEngine at(Instant start, List<Json> channels) {
    var engine =
        new InProcessEngine(Handlers::on, BATCH, new MutableClock(start), InMemoryPorts::at);
    engine.seed(channels);
    return engine;
  }

  /**
   * @param batch tasks per invocation; with one, the calls of the functions have an order
   */
  public InProcessEngine(Instant start, Handlers.Building building, int batch) {
    this(building, batch, new MutableClock(start), InMemoryPorts::at);
    seed(channels());
  }

  /**
   * @param configured shares its keys, channels and workflows with this engine
   */
  public InProcessEngine(
      Instant start, Handlers.Building building, int batch, InMemoryPorts configured) {
    this(building, batch, new MutableClock(start), configured::configuring);
  }

  private InProcessEngine(
      Handlers.Building building,
      int batch,
      MutableClock clock,
      Function<InstantSource, InMemoryPorts> on) {
    this.clock = clock;
    ports = on.apply(clock);
    email = FakeProvider.email(ports.messages(), clock);
    webhook = FakeProvider.webhook(ports.messages(), clock);
    outside = new FakeOutside(clock::advance);
    endpoints = new FakeEndpoints(clock);
    Handlers handlers =
        building.on(ports, new EngineEnvironment(email, webhook, statuses, outside, endpoints));
    functions = new InProcessFunctions(handlers, ports.tasks(), clock, batch);
  }

  private void seed(List<Json> channels) {
    manage(
        Json.object()
            .with("action", "seed")
            .with(
                "environment", Json.object().with("slug", ENVIRONMENT.value()).with("name", "Test"))
            .with(
                "keys",
                Json.array(
                    List.of(
                        Json.object().with("kind", "secret").with("key", KEY),
                        Json.object().with("kind", "public").with("key", "pk_test"))))
            .with("channels", Json.array(channels)));
    // Nobody real is asked for anything, so no channel lacks anything.
    ports
        .channels()
        .configured(ENVIRONMENT)
        .lacking()
        .forEach(
            (channel, names) ->
                ports.channels().noteCredentials(ENVIRONMENT, channel, Set.copyOf(names)));
  }

  private static List<Json> channels() {
    return List.of(
        channel("email", "email_aws_ses", 1, "email")
            .with("settings", Json.object().with("from_address", "hello@carillon.example")),
        channel("in_app_feed", "in_app_feed_carillon", 2, "feed"),
        channel("http", "http_carillon_webhook", 3, "webhook"));
  }

  private static Json.Obj channel(String type, String provider, int number, String key) {
    return Json.object()
        .with("id", "0c4a3b52-8d3b-4c7e-9b40-1e5d2f7a9c0" + number)
        .with("key", key)
        .with("name", key)
        .with("type", type)
        .with("provider", provider)
        .with("settings", Json.object());
  }

  /**
   * Pushes a project: workflows, layouts, partials, {@code variables.json}, by their paths.
   *
   * @throws IllegalArgumentException when anything in it is refused
   */
  public void push(Map<String, String> files) {
    List<Json> refused = refused(files);
    if (!refused.isEmpty()) {
      throw new IllegalArgumentException("Refused: " + InvocationJson.of(Json.array(refused)));
    }
  }

  /**
   * Pushes a project and says what of it was refused: each with {@code workflow, file, step,
   * reason}.
   */
  public List<Json> refused(Map<String, String> files) {
    Json.Obj project = Json.object();
    for (var file : files.entrySet()) {
      project = project.with(file.getKey(), file.getValue());
    }
    Json.Obj answer =
        manage(
            Json.object()
                .with("action", "push")
                .with("environment", ENVIRONMENT.value())
                .with("files", project));
    return answer.list("refused");
  }

  /** Pushes one workflow: the text of its {@code workflow.json}, templates included. */
  public void workflow(String key, String json) {
    push(Map.of("workflows/" + key + "/workflow.json", json));
  }

  /**
   * @throws IllegalArgumentException when it is refused as a whole
   */
  private Json.Obj manage(Json.Obj action) {
    var out = new ByteArrayOutputStream();
    try {
      new OperatorHandler(ports, outside)
          .handleRequest(InvocationJson.stream(action), out, Invocation.NO_CONTEXT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Json.Obj answer = InvocationJson.object(out.toByteArray());
    if (answer.get("error").isPresent()) {
      throw new IllegalArgumentException("Refused: " + InvocationJson.of(answer));
    }
    return answer;
  }

  /**
   * Makes the call, with the secret key unless it names one itself. What it leads to happens in
   * {@link #settle} and {@link #advance}.
   */
  public CallAnswer call(Call call) {
    return functions.call(withKey(call));
  }

  public static Call withKey(Call call) {
    return call.headers().containsKey("authorization")
        ? call
        : call.with("authorization", "Bearer " + KEY);
  }

  public Instant now() {
    return clock.instant();
  }

  /** Delivers tasks until none may be received without time passing. */
  public void settle() {
    boolean busy;
    do {
      functions.deliver();
      List<TrackingEvent> told = ports.recordTracking().take();
      told.forEach(functions::tracked);
      busy = !told.isEmpty();
      for (BooleanSupplier client : List.copyOf(clients)) {
        busy |= client.getAsBoolean();
      }
    } while (busy);
  }

  /**
   * Lets that much time pass, from one instant at which something is due to the next; at each the
   * engine falls idle before time goes on.
   */
  public void advance(Duration by) {
    Instant target = now().plus(by);
    settle();
    for (var next = nextStop();
        next.filter(it -> !it.isAfter(target)).isPresent();
        next = nextStop()) {
      stop(next.get());
    }
    if (now().isBefore(target)) {
      stop(target);
    }
  }

  /**
   * Lets time pass until nothing is under way any more.
   *
   * @return false when something still is after {@code limit}
   */
  public boolean advanceUntilIdle(Duration limit) {
    Instant end = now().plus(limit);
    settle();
    for (var next = nextStop(); next.isPresent(); next = nextStop()) {
      if (next.get().isAfter(end)) {
        return false;
      }
      stop(next.get());
    }
    return true;
  }

  private void stop(Instant at) {
    reach(at);
    settle();
  }

  /** Lets time pass until then and everything go off that goes off by the clock. */
  public void reach(Instant at) {
    clock.set(at);
    ports
        .minuteSchedules()
        .fire(at)
        .forEach(minute -> ports.tasks().send(new WakeTask.Drain(minute, Optional.empty())));
    sweep();
  }

  /** When something may happen next, always later than now. */
  public Optional<Instant> nextStop() {
    Instant nextMinute = Minutes.start(Minutes.of(now()) + 1);
    Stream<Instant> overdue =
        ports.timers().all().stream()
            .map(item -> Minutes.start(item.minute() + SweepWindow.GRACE_MINUTES))
            .map(at -> at.isBefore(nextMinute) ? nextMinute : at);
    return Stream.of(
            ports.tasks().next().stream(), ports.minuteSchedules().next().stream(), overdue)
        .flatMap(instants -> instants)
        .min(Comparator.naturalOrder());
  }

  /**
   * The sweeper's schedule goes off, once for each stop. The sweeps of the minutes in between would
   * have found nothing, because there is a stop wherever one would have, and would have moved the
   * watermark.
   */
  private void sweep() {
    long minute = Minutes.of(now());
    if (minute == sweptMinute) {
      return;
    }
    sweptMinute = minute;
    long passed = minute - SweepWindow.GRACE_MINUTES - 1;
    long listed =
        ports.timers().all().stream().mapToLong(Timer::minute).min().orElse(Long.MAX_VALUE) - 1;
    ports.timers().raiseWatermark(Math.min(passed, listed));
    ports.tasks().send(new WakeTask.Sweep());
  }

  /**
   * Lets a client act whenever the engine has fallen idle.
   *
   * @param acts does what the client does in answer to what it sees, and says whether that was
   *     anything
   */
  public void client(BooleanSupplier acts) {
    clients.add(acts);
  }

  /**
   * Lets SES report on a mail, as its configuration set would.
   *
   * @param type SES's name of the event: {@code Delivery}, {@code Bounce} (a permanent one), …
   */
  public void sesReports(String type, MessageId message) {
    functions.callback(sesReport(type, "Permanent", message));
  }

  /**
   * What SES reports of a mail.
   *
   * @param bounceType of a bounce
   */
  public static Json.Obj sesReport(String type, String bounceType, MessageId message) {
    Json.Obj tags =
        Json.object()
            .with("carillon_environment", Json.texts(List.of(ENVIRONMENT.value())))
            .with("carillon_message_id", Json.texts(List.of(message.value())));
    Json.Obj event =
        Json.object().with("eventType", type).with("mail", Json.object().with("tags", tags));
    return type.equals("Bounce")
        ? event.with("bounce", Json.object().with("bounceType", bounceType))
        : event;
  }

  /**
   * From now on loses such tasks instead of delivering them, as no queue should; what is owed is
   * then found by the sweeper.
   */
  public void lose(Predicate<Task> which) {
    functions.lose(which);
  }

  public FakeProvider email() {
    return email;
  }

  public FakeProvider webhook() {
    return webhook;
  }

  /** Who knows what became of mail, where channels have it asked for. */
  public FakeStatuses statuses() {
    return statuses;
  }

  /** What fetch steps ask. */
  public FakeOutside outside() {
    return outside;
  }

  /** The endpoints that hear of events. */
  public FakeEndpoints endpoints() {
    return endpoints;
  }

  /** The ports that the functions are on, to look into. */
  public InMemoryPorts ports() {
    return ports;
  }

  /** The tasks that failed too often and were put aside. */
  public List<Task> deadLetters() {
    return functions.deadLetters();
  }

  public InProcessFunctions functions() {
    return functions;
  }

  /** Lets time pass without anything else happening. */
  public void pass(Duration by) {
    clock.advance(by);
  }

  /**
   * Lets the invocation at work hang, within its timeout, while a copy of it is under way and
   * everything else goes on. To be called from within a function's call of a port.
   */
  public void hang() {
    switch (functions.current()) {
      case Invocation.OfCall call -> {
        advance(Duration.ofSeconds(10));
        functions.overtake(call);
        advance(Duration.ofSeconds(15));
      }
      case Invocation.OfTracking event -> {
        advance(Duration.ofSeconds(10));
        functions.overtake(event);
        advance(Duration.ofSeconds(40));
      }
      case Invocation.OfCallback event -> {
        advance(Duration.ofSeconds(10));
        functions.overtake(event);
        advance(Duration.ofSeconds(40));
      }
      case Invocation.OfTask(_, var task) -> {
        ports.tasks().send(task, Duration.ofSeconds(10));
        advance(Duration.ofSeconds(50));
      }
    }
  }
}
