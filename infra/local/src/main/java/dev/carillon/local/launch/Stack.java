package dev.carillon.local.launch;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.local.clock.StackClock;
import dev.carillon.local.control.Advance;
import dev.carillon.local.control.LocalPages;
import dev.carillon.local.egress.Egressed;
import dev.carillon.local.engine.Engines;
import dev.carillon.local.engine.Hooks;
import dev.carillon.local.functions.Activity;
import dev.carillon.local.functions.Functions;
import dev.carillon.local.functions.Outcome;
import dev.carillon.local.http.Door;
import dev.carillon.local.http.Gateway;
import dev.carillon.local.http.Request;
import dev.carillon.local.http.Response;
import dev.carillon.local.outbox.FeedThroughApi;
import dev.carillon.local.outbox.Outbox;
import dev.carillon.local.poller.Poller;
import dev.carillon.local.scheduler.Target;
import dev.carillon.local.ses.SentEmail;
import dev.carillon.local.sqs.QueueSettings;
import dev.carillon.local.template.Blueprint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The whole local stack: everything the blueprint asks for, built on the engines and running. */
public final class Stack implements AutoCloseable {
  private final Door door;
  private final Engines engines;
  private final Functions functions;
  private final Advance advance;
  private final Outbox outbox;
  private final List<Poller> pollers;

  private Stack(
      Door door,
      Engines engines,
      Functions functions,
      Advance advance,
      Outbox outbox,
      List<Poller> pollers) {
    this.door = door;
    this.engines = engines;
    this.functions = functions;
    this.advance = advance;
    this.outbox = outbox;
    this.pollers = List.copyOf(pollers);
  }

  /**
   * Where and how a stack runs.
   *
   * @param data an existing folder, or empty for memory only
   * @param allowedHosts private {@code host:port} that functions may call
   * @param secretKey what the outbox reads feed items with
   */
  public record Setting(Optional<Path> data, List<String> allowedHosts, String secretKey) {
    public Setting {
      allowedHosts = List.copyOf(allowedHosts);
    }
  }

  /** Builds the stack behind a door that is still shut, and opens it. */
  public static Stack start(Blueprint blueprint, Door door, Setting setting) {
    var clock = StackClock.open(setting.data());
    var outbox = Outbox.open(setting.data());
    var hooks = new Told(outbox, clock);
    var engines = Engines.start(clock, setting.data(), hooks);
    build(blueprint, engines);
    var activity = new Activity();
    var functions =
        new Functions(
            blueprint.functions(),
            surroundings(engines, door, setting),
            clock,
            activity,
            engines.stats()::invoked);
    hooks.functions = Optional.of(functions);
    var gateway = new Gateway(blueprint.apis().getFirst(), functions, clock);
    var polled =
        blueprint.mappings().stream()
            .map(Blueprint.Mapping::queue)
            .collect(Collectors.toUnmodifiableSet());
    var advance = new Advance(clock, engines, activity, polled);
    var pages =
        new LocalPages(
            door.port(),
            outbox,
            new FeedThroughApi(gateway, setting.secretKey()),
            advance,
            engines,
            clock,
            blueprint.scheduleGroups());
    var queues =
        blueprint.queues().stream()
            .collect(Collectors.toUnmodifiableMap(Blueprint.Queue::name, Function.identity()));
    var pollers = new ArrayList<Poller>();
    for (var mapping : blueprint.mappings()) {
      pollers.add(
          new Poller(mapping, queues.get(mapping.queue()), engines.queues(), functions, activity));
    }
    door.open(request -> answer(request, pages, gateway));
    return new Stack(door, engines, functions, advance, outbox, pollers);
  }

  private static Response answer(Request request, LocalPages pages, Gateway gateway) {
    return LocalPages.owns(request.rawPath()) ? pages.answer(request) : gateway.answer(request);
  }

  private static void build(Blueprint blueprint, Engines engines) {
    for (var queue : blueprint.queues()) {
      engines
          .queues()
          .create(
              new QueueSettings(
                  queue.name(),
                  queue.url(),
                  queue.arn(),
                  queue.visibility(),
                  queue.delay(),
                  queue
                      .redrive()
                      .map(
                          to ->
                              new QueueSettings.Redrive(
                                  to.maxReceiveCount(), to.deadLetterQueue()))));
    }
    for (var table : blueprint.tables()) {
      engines.tables().create(table.definition(), table.timeToLive());
    }
    blueprint.scheduleGroups().forEach(engines.schedules()::group);
    for (var schedule : blueprint.schedules()) {
      if (schedule.enabled()) {
        engines
            .schedules()
            .define(
                schedule.group(),
                schedule.name(),
                schedule.expression(),
                schedule.timezone(),
                new Target(schedule.targetArn(), schedule.input(), Optional.empty()));
      }
    }
    blueprint.configurationSets().forEach(engines.mailbox()::configurationSet);
    for (var events : blueprint.emailEvents()) {
      engines
          .mailbox()
          .destination(events.configurationSet(), events.eventTypes(), events.topicArn());
    }
    for (var subscription : blueprint.subscriptions()) {
      engines
          .mailbox()
          .subscribe(subscription.topicArn(), subscription.queueArn(), subscription.rawDelivery());
    }
    for (var secret : blueprint.secrets()) {
      secret.text().ifPresent(text -> engines.secrets().create(secret.name(), text));
    }
  }

  private static Functions.Surroundings surroundings(Engines engines, Door door, Setting setting) {
    var hosts = new ArrayList<>(setting.allowedHosts());
    // The stack's own sink, by either name.
    hosts.add("127.0.0.1:" + door.port());
    hosts.add("localhost:" + door.port());
    var variables = new LinkedHashMap<String, String>();
    variables.put("CARILLON_ALLOWED_HOSTS", String.join(",", hosts));
    variables.put("CARILLON_EGRESS_GATEWAY", engines.egress().endpoint().toString());
    return new Functions.Surroundings(engines.endpoint(), variables);
  }

  /** What the engines tell and ask; the functions come a moment after the engines. */
  private static final class Told implements Hooks {
    private final Outbox outbox;
    private final StackClock clock;
    private volatile Optional<Functions> functions = Optional.empty();

    Told(Outbox outbox, StackClock clock) {
      this.outbox = outbox;
      this.clock = clock;
    }

    @Override
    public Optional<Invoked> invoke(String functionName, byte[] payload) {
      return functions
          .filter(loaded -> loaded.find(functionName).isPresent())
          .map(loaded -> invoked(loaded.invoke(functionName, payload)));
    }

    private static Invoked invoked(Outcome outcome) {
      return switch (outcome) {
        case Outcome.Returned(var answer) -> new Invoked(answer, false);
        case Outcome.Failed(var type, var message) -> failed(type, message);
        case Outcome.TimedOut(var message) -> failed("Sandbox.Timedout", message);
        case Outcome.EventTooLarge _ ->
            failed(
                "RequestEntityTooLarge",
                "Request must be smaller than " + Functions.EVENT_LIMIT + " bytes");
      };
    }

    private static Invoked failed(String type, String message) {
      return new Invoked(
          JsonText.bytes(Json.object().with("errorMessage", message).with("errorType", type)),
          true);
    }

    @Override
    public void emailSent(SentEmail email) {
      outbox.email(email);
    }

    @Override
    public void egressed(Egressed exchange) {
      outbox.egressed(exchange);
    }

    @Override
    public void itemWritten(String table, Json.Obj item) {
      item.object("mid").text("S").ifPresent(id -> outbox.feedItem(id, clock.instant()));
    }

    @Override
    public String functionOf(String accessKey) {
      return functions.map(loaded -> loaded.verbOf(accessKey)).orElse(accessKey);
    }
  }

  /** The seeding client, through the function's own entry point. */
  Seed seed() {
    return new Seed(
        event ->
            switch (functions.invoke("operator", event)) {
              case Outcome.Returned(var answer) -> answer;
              case Outcome.Failed(var type, var message) ->
                  throw new IllegalStateException(type + ": " + message);
              case Outcome.TimedOut(var message) -> throw new IllegalStateException(message);
              case Outcome.EventTooLarge _ ->
                  throw new IllegalStateException("The project is larger than an event may be");
            });
  }

  /** Loads what is not loaded yet, so that the first notification does not wait for it. */
  void warm() {
    functions.warm();
  }

  /** The AWS services behind it. */
  Engines engines() {
    return engines;
  }

  /** Stops in the order of the way: what comes in first, what remembers last. */
  @Override
  public void close() {
    door.close();
    advance.close();
    pollers.forEach(Poller::close);
    try {
      functions.close();
    } catch (IOException e) {
      System.out.println("stop: " + e);
    }
    engines.close();
    outbox.close();
  }
}
