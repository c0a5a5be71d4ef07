package dev.carillon.local.launch;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.local.clock.StackClock;
import dev.carillon.local.control.LocalPages;
import dev.carillon.local.control.LoopbackOrigins;
import dev.carillon.local.control.TimeControl;
import dev.carillon.local.egress.EgressCall;
import dev.carillon.local.egress.ProviderRoutes;
import dev.carillon.local.engine.Engines;
import dev.carillon.local.engine.Hooks;
import dev.carillon.local.functions.InThisProcess;
import dev.carillon.local.functions.InvocationResult;
import dev.carillon.local.functions.LocalFunctions;
import dev.carillon.local.functions.StackActivity;
import dev.carillon.local.http.HttpApiRequest;
import dev.carillon.local.http.HttpApiResponse;
import dev.carillon.local.http.LocalHttpApi;
import dev.carillon.local.http.LocalHttpServer;
import dev.carillon.local.iam.AccessControl;
import dev.carillon.local.journal.EarlierNames;
import dev.carillon.local.outbox.MessageContentsFromApi;
import dev.carillon.local.outbox.Outbox;
import dev.carillon.local.poller.EventSourcePoller;
import dev.carillon.local.sandbox.Sandboxes;
import dev.carillon.local.scheduler.ScheduleTarget;
import dev.carillon.local.ses.SentEmail;
import dev.carillon.local.sockets.LocalSocketApi;
import dev.carillon.local.sockets.SocketLine;
import dev.carillon.local.sqs.QueueAttributes;
import dev.carillon.local.stats.CallStatistics;
import dev.carillon.local.template.StackTemplate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The whole local stack: everything the template asks for, built on the engines and running. */
public final class Stack implements AutoCloseable {
  /** One for each function of the template and a second for those that are busy. */
  private static final int SANDBOXES = 20;

  private final LocalHttpServer server;
  private final Engines engines;
  private final LocalFunctions functions;
  private final TimeControl advance;
  private final Outbox outbox;
  private final List<EventSourcePoller> pollers;

  private Stack(
      LocalHttpServer server,
      Engines engines,
      LocalFunctions functions,
      TimeControl advance,
      Outbox outbox,
      List<EventSourcePoller> pollers) {
    this.server = server;
    this.engines = engines;
    this.functions = functions;
    this.advance = advance;
    this.outbox = outbox;
    this.pollers = List.copyOf(pollers);
  }

  /**
   * Where spans go, by OTLP over HTTP, in OpenTelemetry's own variables.
   *
   * @param headers {@code name=value}, several with commas between; perhaps empty
   */
  public record Collector(String url, String headers) {
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";

    /** As the variables say; empty without an endpoint. */
    static Optional<Collector> of(Map<String, String> variables) {
      return Optional.ofNullable(variables.get(ENDPOINT))
          .map(url -> new Collector(url, variables.getOrDefault(HEADERS, "")));
    }
  }

  /**
   * Where and how a stack runs.
   *
   * @param data an existing folder, or empty for memory only
   * @param allowedHosts private {@code host:port} that functions may call
   * @param allowedOrigins of web pages elsewhere that may call the API; {@code *} for all
   * @param providers where calls to providers go
   * @param secretKey what the outbox reads messages with
   * @param isolated whether each function runs in processes of its own
   * @param streaming whether every event of messages and runs is listed below {@code /_local}
   * @param collector where spans go, by OTLP over HTTP
   */
  public record Setting(
      Optional<Path> data,
      List<String> allowedHosts,
      List<String> allowedOrigins,
      ProviderRoutes providers,
      String secretKey,
      boolean isolated,
      boolean streaming,
      Optional<Collector> collector) {
    public Setting {
      allowedHosts = List.copyOf(allowedHosts);
      allowedOrigins = List.copyOf(allowedOrigins);
    }

    /** Without a stream and a collector. */
    public Setting(
        Optional<Path> data,
        List<String> allowedHosts,
        List<String> allowedOrigins,
        ProviderRoutes providers,
        String secretKey,
        boolean isolated) {
      this(
          data,
          allowedHosts,
          allowedOrigins,
          providers,
          secretKey,
          isolated,
          false,
          Optional.empty());
    }
  }

  /** Builds the stack behind a server that does not answer yet, and opens it. */
  public static Stack start(StackTemplate template, LocalHttpServer server, Setting setting) {
    setting
        .data()
        .ifPresent(
            folder ->
                template.scheduleGroups().stream()
                    .findFirst()
                    .ifPresent(group -> EarlierNames.replace(folder, group)));
    var clock = StackClock.open(setting.data());
    var outbox = Outbox.open(setting.data());
    var hooks = new Told(outbox, clock);
    var engines =
        Engines.start(
            clock,
            setting.data(),
            setting.providers(),
            hooks,
            AccessControl.by(template.permissions()));
    build(template, engines);
    var activity = new StackActivity();
    var functions =
        new LocalFunctions(
            template.functions(),
            surroundings(engines, server, setting),
            setting.isolated()
                ? Sandboxes.over(clock, SANDBOXES)
                : new InThisProcess(clock, engines.connections()),
            activity,
            new Counted(engines.stats()));
    hooks.functions = Optional.of(functions);
    var gateway = new LocalHttpApi(template.apis().getFirst(), functions, clock, engines.access());
    var polled =
        template.mappings().stream()
            .map(StackTemplate.Mapping::queue)
            .collect(Collectors.toUnmodifiableSet());
    var advance = new TimeControl(clock, engines, activity, polled);
    var origins = new LoopbackOrigins(server.port(), setting.allowedOrigins());
    var pages =
        new LocalPages(
            origins,
            outbox,
            new MessageContentsFromApi(gateway, setting.secretKey()),
            advance,
            engines,
            clock,
            template.scheduleGroups());
    var queues =
        template.queues().stream()
            .collect(Collectors.toUnmodifiableMap(StackTemplate.Queue::name, Function.identity()));
    var pollers = new ArrayList<EventSourcePoller>();
    for (var mapping : template.mappings()) {
      pollers.add(
          new EventSourcePoller(
              mapping,
              queues.get(mapping.queue()),
              engines.queues(),
              functions,
              activity,
              engines.access(),
              advance::nothingWaits));
    }
    var sockets =
        template.socketApis().stream()
            .map(api -> new LocalSocketApi(api, functions, clock, engines.access()))
            .findFirst();
    hooks.sockets = sockets;
    server.open(
        request -> answer(request, pages, origins, gateway),
        LocalSocketApi.PATH,
        request -> upgrade(request, origins, sockets));
    return new Stack(server, engines, functions, advance, outbox, pollers);
  }

  private static HttpApiResponse answer(
      HttpApiRequest request, LocalPages pages, LoopbackOrigins origins, LocalHttpApi gateway) {
    if (LocalPages.owns(request.rawPath())) {
      return pages.answer(request);
    }
    return origins
        .refusalOfApi(request)
        .map(
            sentence ->
                HttpApiResponse.problem(403, "foreign_origin", sentence, "authentication_error"))
        .orElseGet(() -> gateway.answer(request));
  }

  private static LocalHttpServer.Upgrade upgrade(
      HttpApiRequest request, LoopbackOrigins origins, Optional<LocalSocketApi> sockets) {
    if (sockets.isEmpty() || origins.refusalOfApi(request).isPresent()) {
      return refused(403);
    }
    return switch (sockets.get().connect(request)) {
      case LocalSocketApi.Attempt.Let(var connection) ->
          new LocalHttpServer.Upgrade.To(new SocketLine(connection));
      case LocalSocketApi.Attempt.Refused(var status) -> refused(status);
    };
  }

  private static LocalHttpServer.Upgrade refused(int status) {
    return new LocalHttpServer.Upgrade.Refused(
        HttpApiResponse.json(status, Json.object().with("message", "Forbidden")));
  }

  private static void build(StackTemplate template, Engines engines) {
    for (var queue : template.queues()) {
      engines
          .queues()
          .create(
              new QueueAttributes(
                  queue.name(),
                  queue.url(),
                  queue.arn(),
                  queue.visibility(),
                  queue.delay(),
                  queue
                      .redrive()
                      .map(
                          to ->
                              new QueueAttributes.Redrive(
                                  to.maxReceiveCount(), to.deadLetterQueue()))));
    }
    for (var table : template.tables()) {
      engines.tables().create(table.definition(), table.timeToLive());
    }
    template.scheduleGroups().forEach(engines.schedules()::group);
    for (var schedule : template.schedules()) {
      if (schedule.enabled()) {
        engines
            .schedules()
            .define(
                schedule.group(),
                schedule.name(),
                schedule.expression(),
                schedule.timezone(),
                new ScheduleTarget(
                    schedule.targetArn(), schedule.input(), Optional.empty(), schedule.roleArn()));
      }
    }
    template.configurationSets().forEach(engines.mailbox()::configurationSet);
    for (var events : template.emailEvents()) {
      engines
          .mailbox()
          .destination(events.configurationSet(), events.eventTypes(), events.topicArn());
    }
    for (var subscription : template.subscriptions()) {
      engines
          .mailbox()
          .subscribe(subscription.topicArn(), subscription.queueArn(), subscription.rawDelivery());
    }
    for (var secret : template.secrets()) {
      secret.text().ifPresent(text -> engines.secrets().create(secret.name(), text));
    }
  }

  private static LocalFunctions.Surroundings surroundings(
      Engines engines, LocalHttpServer server, Setting setting) {
    var hosts = new ArrayList<>(setting.allowedHosts());
    // The stack's own sink, by either name.
    hosts.add("127.0.0.1:" + server.port());
    hosts.add("localhost:" + server.port());
    var variables = new LinkedHashMap<String, String>();
    setting
        .collector()
        .ifPresent(
            it -> {
              hosts.add(URI.create(it.url()).getAuthority());
              variables.put(Collector.ENDPOINT, it.url());
              variables.put(Collector.HEADERS, it.headers());
            });
    variables.put("CARILLON_ALLOWED_HOSTS", String.join(",", hosts));
    variables.put("PUBLIC_URL", "http://localhost:" + server.port());
    if (setting.streaming()) {
      variables.put("EVENT_STREAM", "http://127.0.0.1:" + server.port() + LocalPages.EVENTS);
    }
    variables.put("CARILLON_EGRESS_GATEWAY", engines.egress().endpoint().toString());
    if (setting.providers().routes().containsKey(ProviderRoutes.SES)) {
      // Past the SES of the stack, to where its calls are to go.
      variables.put("CARILLON_EGRESS_SERVICES", "ses");
    }
    return new LocalFunctions.Surroundings(engines.endpoint(), variables, engines.access());
  }

  private record Counted(CallStatistics stats) implements LocalFunctions.Invocations {
    @Override
    public void began(String verb, byte[] event) {
      stats.began(verb, event);
    }

    @Override
    public void ended(String verb, boolean failed, Duration took) {
      stats.invoked(verb, failed, took);
    }

    @Override
    public void polled(String verb, String operation) {
      stats.called(verb, operation);
    }
  }

  /** What the engines tell and ask; the functions come a moment after the engines. */
  private static final class Told implements Hooks {
    private final Outbox outbox;
    private final StackClock clock;
    private volatile Optional<LocalFunctions> functions = Optional.empty();
    private volatile Optional<LocalSocketApi> sockets = Optional.empty();

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

    private static Invoked invoked(InvocationResult outcome) {
      return switch (outcome) {
        case InvocationResult.Returned(var answer) -> new Invoked(answer, false);
        case InvocationResult.Failed(var type, var message) -> failed(type, message);
        case InvocationResult.TimedOut(var message) -> failed("Sandbox.Timedout", message);
        case InvocationResult.EventTooLarge _ ->
            failed(
                "RequestEntityTooLarge",
                "Request must be smaller than " + LocalFunctions.EVENT_LIMIT + " bytes");
      };
    }

    private static Invoked failed(String type, String message) {
      return new Invoked(
          JsonText.bytes(Json.object().with("errorMessage", message).with("errorType", type)),
          true);
    }

    @Override
    public boolean sent(String stage, String connection, String text) {
      return sockets.map(it -> it.send(stage, connection, text)).orElse(false);
    }

    @Override
    public String socketApi(String stage) {
      return sockets.filter(it -> it.stage().equals(stage)).map(LocalSocketApi::id).orElse("none");
    }

    @Override
    public void emailSent(SentEmail email) {
      outbox.email(email);
    }

    @Override
    public void egressed(EgressCall exchange) {
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
  OperatorClient seed() {
    return new OperatorClient(
        event ->
            switch (functions.invoke("operator", event)) {
              case InvocationResult.Returned(var answer) -> answer;
              case InvocationResult.Failed(var type, var message) ->
                  throw new IllegalStateException(type + ": " + message);
              case InvocationResult.TimedOut(var message) ->
                  throw new IllegalStateException(message);
              case InvocationResult.EventTooLarge _ ->
                  throw new IllegalStateException("The project is larger than an event may be");
            });
  }

  /** The function's next invocation begins in a new environment. */
  void renew(String verb) {
    functions.renew(verb);
  }

  /** Which of its variables a function has asked for. */
  Set<String> variablesAsked(String verb) {
    return functions.variablesAsked(verb);
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
    server.close();
    advance.close();
    pollers.forEach(EventSourcePoller::close);
    try {
      functions.close();
    } catch (IOException e) {
      System.out.println("stop: " + e);
    }
    engines.close();
    outbox.close();
  }
}
