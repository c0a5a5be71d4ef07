package dev.carillon.functions.steps;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.fetch.SendFetch;
import dev.carillon.functions.steps.AdvanceRun.Result;
import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import dev.carillon.memory.InMemoryPorts;
import dev.carillon.memory.InMemoryTasks;
import dev.carillon.memory.MutableClock;
import dev.carillon.message.Message;
import dev.carillon.outbound.OutboundResult;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.Run;
import dev.carillon.run.Run.State;
import dev.carillon.run.Wait;
import dev.carillon.task.DeliveryTask;
import dev.carillon.task.StepsTask;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.WorkflowReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One run for one recipient, ellie, of a workflow that the test writes down. */
final class StepsFixture {
  static final EnvironmentId LOCAL = new EnvironmentId("local");
  static final TriggerId TRIGGER = TriggerId.parse("019b8d63-64e0-8150-ba86-84e244628d50");
  static final RecipientId ELLIE = RecipientId.user("ellie");
  static final RunId RUN = RunId.of(TRIGGER, ELLIE);
  static final WorkflowKey WORKFLOW = new WorkflowKey("new-comment");

  static final String FEED =
      """
      {"type": "channel", "ref": "feed", "channel_key": "feed", "channel_type": "in_app_feed",
       "template": {"markdown_body": "{{comment}}"}}\
      """;
  static final String EMAIL =
      """
      {"type": "channel", "ref": "email", "channel_key": "email", "channel_type": "email",
       "template": {"subject": "A comment", "html_body": "<p>{{comment}}</p>"}}\
      """;
  static final String WEBHOOK =
      """
      {"type": "channel", "ref": "webhook", "channel_key": "webhook", "channel_type": "http",
       "template": {"url": "https://hooks.example/x", "body": "{\\"c\\": \\"{{comment}}\\"}"}}\
      """;

  final MutableClock clock = new MutableClock(TRIGGER.time());
  final InMemoryPorts ports = InMemoryPorts.at(clock);

  /** Nobody is there to be asked. */
  final SendFetch outside = _ -> new OutboundResult.NotReached(OutboundResult.Obstacle.NAME);

  final AdvanceRun advance = new StepsWiring(ports, outside).advanceRun();

  StepsFixture() {
    channel(ChannelType.EMAIL, Json.object().with("from_address", "hello@carillon.example"));
    channel(ChannelType.IN_APP_FEED, Json.Obj.EMPTY);
    channel(ChannelType.HTTP, Json.Obj.EMPTY);
    identify(ELLIE, "{\"email\": \"ellie@example.com\", \"name\": \"Ellie\"}");
  }

  static String delay(String period) {
    return """
    {"type": "delay", "ref": "wait", "settings": {"delay_for": %s}}\
    """
        .formatted(period);
  }

  static String delayUntil(String path) {
    return """
    {"type": "delay", "ref": "wait", "settings": {"delay_until_field_path": "%s"}}\
    """
        .formatted(path);
  }

  /** The step with conditions of its own. */
  static String when(String step, String conditions) {
    return "{\"conditions\": " + conditions + ", " + step.substring(1);
  }

  static Json.Obj json(String text) {
    return (Json.Obj) JsonLiteral.parse(text).orElseThrow();
  }

  static Workflow workflow(String source) {
    return switch (WorkflowReader.read(WORKFLOW, json(source))) {
      case WorkflowReader.Read.Ok(var workflow) -> workflow;
      case WorkflowReader.Read.Refused(var problems, _) ->
          throw new IllegalArgumentException(problems.toString());
    };
  }

  static String steps(String... steps) {
    return "{\"name\": \"New comment\", \"steps\": [" + String.join(",", steps) + "]}";
  }

  /** Configures the channel of a type under its usual key. */
  Channel channel(ChannelType type, Json.Obj settings) {
    String key =
        switch (type) {
          case EMAIL -> "email";
          case IN_APP_FEED -> "feed";
          case HTTP -> "webhook";
          case SMS, PUSH, CHAT -> type.wireName();
        };
    var id =
        new ChannelId(
            UUID.fromString("0000000%d-2222-8333-8444-555555555555".formatted(type.ordinal())));
    var channel = new Channel(id, key, key, type, "some", settings, Instant.EPOCH, Instant.EPOCH);
    ports.channels().put(LOCAL, channel);
    return channel;
  }

  void identify(RecipientId id, String properties) {
    identify(id, new Identification(json(properties), Optional.empty(), Map.of(), Map.of()));
  }

  void identify(RecipientId id, Identification identification) {
    ports
        .recipients()
        .identify(
            LOCAL,
            id,
            identification,
            "cause " + clock.instant() + identification,
            clock.instant());
  }

  /** A trigger of the workflow for ellie with a comment, as intake leaves it. */
  static Trigger trigger(Workflow workflow) {
    return new Trigger(
        LOCAL,
        TRIGGER,
        WORKFLOW,
        workflow.version(),
        List.of(new Trigger.Named(ELLIE, Optional.empty(), Json.Obj.EMPTY)),
        Optional.empty(),
        Optional.empty(),
        Json.object().with("comment", "O'Brien & \"Söhne\""),
        Optional.of("c1"),
        Trigger.Settings.NONE,
        new Trigger.Source.Api());
  }

  StepsFixture given(String... steps) {
    return triggered(trigger(commit(steps(steps))));
  }

  StepsFixture given(Trigger.Settings settings, String... steps) {
    Trigger usual = trigger(commit(steps(steps)));
    return triggered(with(usual, usual.data(), settings, usual.cancellationKey()));
  }

  StepsFixture given(Json.Obj data, String... steps) {
    Trigger usual = trigger(commit(steps(steps)));
    return triggered(with(usual, data, usual.settings(), usual.cancellationKey()));
  }

  static Trigger with(
      Trigger trigger, Json.Obj data, Trigger.Settings settings, Optional<String> cancellationKey) {
    return new Trigger(
        trigger.environment(),
        trigger.id(),
        trigger.workflow(),
        trigger.version(),
        trigger.recipients(),
        trigger.actor(),
        Optional.of(new Trigger.Tenant(new TenantId("ingen"), Identification.NOTHING)),
        data,
        cancellationKey,
        settings,
        new Trigger.Source.Api());
  }

  Workflow commit(String source) {
    Workflow workflow = workflow(source);
    ports.workflows().commit(LOCAL, workflow);
    return workflow;
  }

  StepsFixture triggered(Trigger trigger) {
    ports.triggers().accept(trigger, Optional.empty(), clock.instant());
    return this;
  }

  static StepsTask.Advance startTask() {
    return new StepsTask.Advance(
        LOCAL, TRIGGER, ELLIE, Optional.empty(), Optional.empty(), Optional.empty());
  }

  static StepsTask.Advance wakeTask(StepsTask.Wake wake) {
    return new StepsTask.Advance(
        LOCAL, TRIGGER, ELLIE, Optional.empty(), Optional.empty(), Optional.of(wake));
  }

  static StepsTask.Wake wakeOf(Wait wait) {
    return new StepsTask.Wake(wait.id(), wait.generation(), wait.hintedMinute());
  }

  Result start() {
    return advance.handle(startTask());
  }

  /** The wake that the run waits for, now. */
  Result wake() {
    return advance.handle(wakeTask(wakeOf(waiting())));
  }

  Run run() {
    return ports.runs().find(LOCAL, RUN).orElseThrow();
  }

  Wait waiting() {
    if (run().state() instanceof State.Waiting(var wait)) {
      return wait;
    }
    throw new IllegalStateException("The run waits for nothing: " + run().status());
  }

  /** The run's log, a word for each line: the event and the step's ref. */
  List<String> log() {
    return run().log().stream()
        .map(line -> line.event().wireName() + line.step().map(step -> " " + step).orElse(""))
        .toList();
  }

  /** What the log says of the only line with this event. */
  Json.Obj logged(String event) {
    var lines = run().log().stream().filter(line -> line.event().wireName().equals(event)).toList();
    if (lines.size() != 1) {
      throw new IllegalStateException(lines.size() + " lines with " + event + ": " + run().log());
    }
    return lines.getFirst().data();
  }

  /** All messages, oldest first. */
  List<Message> messages() {
    return ports
        .messages()
        .newestFirst(
            LOCAL,
            new TimeRange(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z")),
            _ -> true,
            PageRequest.first(50))
        .items()
        .reversed();
  }

  List<DeliveryTask.Deliver> deliveries() {
    return ports.tasks().sent().stream()
        .map(sending -> sending.task())
        .filter(DeliveryTask.Deliver.class::isInstance)
        .map(DeliveryTask.Deliver.class::cast)
        .toList();
  }

  /** Lets time pass and the run's own tasks come until there are none left. */
  void untilIdle() {
    untilIdle(advance);
  }

  /**
   * @param with what takes the tasks; one that it fails on comes again, at once
   */
  void untilIdle(AdvanceRun with) {
    for (var next = ports.tasks().next(); next.isPresent(); next = ports.tasks().next()) {
      if (next.get().isAfter(clock.instant())) {
        clock.set(next.get());
      }
      InMemoryTasks.Received received = ports.tasks().receive().orElseThrow();
      if (received.task() instanceof StepsTask.Advance task) {
        try {
          with.handle(task);
        } catch (Crash _) {
          ports.tasks().giveBack(received, Duration.ZERO);
          continue;
        }
      }
      ports.tasks().acknowledge(received);
    }
  }

  /** The process died here. */
  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
