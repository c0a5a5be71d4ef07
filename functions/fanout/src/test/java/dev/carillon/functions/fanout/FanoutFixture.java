package dev.carillon.functions.fanout;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.PublishEvents;
import dev.carillon.event.WaitingRuns;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.memory.InMemoryPorts;
import dev.carillon.memory.MutableClock;
import dev.carillon.page.Page;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.Run;
import dev.carillon.run.Run.State;
import dev.carillon.run.RunOrigin;
import dev.carillon.run.Wait;
import dev.carillon.runtime.Ports;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.subscription.Subscription;
import dev.carillon.task.BroadcastTask;
import dev.carillon.task.DeliveryTask;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.StepsTask;
import dev.carillon.task.Tasks;
import dev.carillon.task.WakeTask;
import dev.carillon.task.WebhooksTask;
import dev.carillon.time.RepeatRule;
import dev.carillon.trigger.FanoutPages.Reached;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.WorkflowReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** The function's parts over ports in memory, and triggers and runs for them. */
final class FanoutFixture {
  static final EnvironmentId LOCAL = new EnvironmentId("local");
  static final TriggerId TRIGGER = TriggerId.parse("019b8d63-64e0-8150-ba86-84e244628d50");
  static final TenantId TENANT = new TenantId("ingen");
  static final WorkflowKey WORKFLOW = new WorkflowKey("new-comment");
  static final VersionId VERSION =
      new VersionId(UUID.fromString("5e0cbf1a-7b0e-8a00-9f00-0123456789ab"));

  final MutableClock clock = new MutableClock(TRIGGER.time());
  final InMemoryPorts ports = InMemoryPorts.at(clock);
  final StartRuns start = new FanoutWiring(ports).startRuns();
  final WakeCancelled wake = new FanoutWiring(ports).wakeCancelled();

  static StartRuns start(Ports ports, Recipients recipients, Tasks tasks) {
    var subscribers =
        new ReachSubscribers(
            ports.triggers(), ports.subscriptions(), ports.fanoutPages(), tasks, ports.log());
    return new StartRuns(
        ports.triggers(),
        recipients,
        subscribers,
        tasks,
        new PublishEvents(List.of(new WaitingRuns(ports.listeners())), tasks),
        ports.clock(),
        ports.log());
  }

  static Trigger.Named named(String id) {
    return named(RecipientId.user(id));
  }

  static Trigger.Named named(RecipientId id) {
    return new Trigger.Named(id, Optional.empty(), Json.Obj.EMPTY);
  }

  static Trigger.Named described(RecipientId id, Json.Obj properties) {
    return new Trigger.Named(
        id,
        Optional.of(new Identification(properties, Optional.empty(), Map.of(), Map.of())),
        Json.Obj.EMPTY);
  }

  /** {@code user-0}, {@code user-1} …, each described. */
  static List<Trigger.Named> crowd(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> described(RecipientId.user("user-" + i), Json.object().with("n", Json.of(i))))
        .toList();
  }

  FanoutFixture given(List<Trigger.Named> recipients) {
    return given(recipients, Optional.empty(), Optional.empty());
  }

  FanoutFixture given(
      List<Trigger.Named> recipients,
      Optional<Trigger.Named> actor,
      Optional<Trigger.Tenant> tenant) {
    return given(recipients, actor, tenant, new Trigger.Source.Api());
  }

  FanoutFixture given(
      List<Trigger.Named> recipients,
      Optional<Trigger.Named> actor,
      Optional<Trigger.Tenant> tenant,
      Trigger.Source source) {
    ports
        .triggers()
        .accept(
            new Trigger(
                LOCAL,
                TRIGGER,
                WORKFLOW,
                VERSION,
                recipients,
                actor,
                tenant,
                Json.Obj.EMPTY,
                Optional.of("c1"),
                Trigger.Settings.NONE,
                source),
            Optional.empty(),
            clock.instant());
    return this;
  }

  /** Commits the workflow. */
  void workflow() {
    workflow("x");
  }

  /** Commits the workflow with this text in it. */
  Workflow workflow(String text) {
    var source =
        (Json.Obj)
            JsonText.parse(
                """
                {"name": "New comment", "steps": [
                  {"type": "channel", "ref": "feed", "channel_key": "feed",
                   "channel_type": "in_app_feed", "template": {"markdown_body": "%s"}}]}
                """
                    .formatted(text));
    return switch (WorkflowReader.read(WORKFLOW, source)) {
      case WorkflowReader.Read.Ok(var workflow) -> {
        ports.workflows().commit(LOCAL, workflow);
        yield workflow;
      }
      case WorkflowReader.Read.Refused(var problems, _) ->
          throw new IllegalArgumentException(problems.toString());
    };
  }

  /** The version that serves. */
  VersionId live() {
    return ports.workflows().live(LOCAL, WORKFLOW).orElseThrow().version();
  }

  /** Of the island of Nublar, with data, actor and tenant; neither planned nor stored. */
  static Schedule schedule(
      ScheduleId id,
      List<RepeatRule> repeats,
      Optional<Instant> scheduledAt,
      Optional<Instant> endingAt,
      Instant now) {
    return new Schedule(
        LOCAL,
        id,
        WORKFLOW,
        new RecipientId("parks", "nublar"),
        repeats,
        scheduledAt,
        endingAt,
        Json.object().with("type", "dinosaurs-loose"),
        Optional.of(RecipientId.user("ray")),
        Optional.of(TENANT),
        Optional.empty(),
        Optional.empty(),
        0,
        now,
        now);
  }

  static FanoutTask.Start fanout(int from) {
    return new FanoutTask.Start(LOCAL, TRIGGER, Optional.empty(), from);
  }

  Optional<Recipient> known(RecipientId id) {
    return ports.recipients().find(LOCAL, id);
  }

  /** Subscribes them to the object, each with its id as a property. */
  FanoutFixture subscribed(RecipientId object, RecipientId... recipients) {
    for (RecipientId recipient : recipients) {
      ports
          .subscriptions()
          .put(LOCAL, new Subscription(object, recipient, Json.object().with("to", object.id())));
    }
    return this;
  }

  /** Whom the roster lists, each once, and through which object. */
  Map<RecipientId, RecipientId> roster() {
    var roster = new HashMap<RecipientId, RecipientId>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<Reached> page = ports.fanoutPages().roster(LOCAL, TRIGGER, cursor);
      page.items().forEach(one -> roster.put(one.recipient(), one.via()));
      cursor = page.next();
    } while (cursor.isPresent());
    return roster;
  }

  /**
   * Plays pages until there are none left; gives the starts of runs in the order they were sent.
   */
  List<StepsTask.Advance> fanOut() {
    start.handle(fanout(0));
    return fanOut(start);
  }

  /** As {@link #fanOut()}, of what is queued; a task that fails is played again. */
  List<StepsTask.Advance> fanOut(StartRuns start) {
    var starts = new ArrayList<StepsTask.Advance>();
    for (var next = ports.tasks().receive(); next.isPresent(); next = ports.tasks().receive()) {
      switch (next.get().task()) {
        case FanoutTask.Start task -> play(start, task);
        case StepsTask.Advance task -> starts.add(task);
        case FanoutTask.Cancel _,
            FanoutTask.CancelUnder _,
            DeliveryTask.Deliver _,
            DeliveryTask.Poll _,
            WakeTask.Drain _,
            WakeTask.Sweep _,
            StepsTask.Match _,
            FanoutTask.Fire _,
            FanoutTask.Erase _,
            FanoutTask.MarkAll _,
            FanoutTask.OfSource _,
            FanoutTask.FromBus _,
            FanoutTask.Settle _,
            FanoutTask.SettleAll _,
            FanoutTask.Entered _,
            FanoutTask.SendOut _,
            FanoutTask.ReachMembers _,
            FanoutTask.Bulk _,
            BroadcastTask.Announce _,
            BroadcastTask.Greet _,
            WebhooksTask _ ->
            throw new IllegalStateException("Not to be expected: " + next.get());
      }
      ports.tasks().acknowledge(next.get());
    }
    return starts;
  }

  private static void play(StartRuns start, FanoutTask.Start task) {
    try {
      start.handle(task);
    } catch (Interrupted.Death _) {
      start.handle(task);
    }
  }

  static Wait waiting() {
    return new Wait(
        "9f86d081884c7d65",
        2,
        new StepRef("wait"),
        TRIGGER.time().plusSeconds(30),
        29460061,
        new Wait.Kind.Elapse());
  }

  void run(String user, State state) {
    RecipientId recipient = RecipientId.user(user);
    ports
        .runs()
        .save(
            new Run(
                new RunOrigin(
                    LOCAL,
                    RunId.of(TRIGGER, recipient),
                    TRIGGER,
                    WORKFLOW,
                    VERSION,
                    recipient,
                    Optional.empty(),
                    Optional.of(TENANT),
                    Optional.of("c1"),
                    TRIGGER.time()),
                state,
                TRIGGER.time()));
  }
}
