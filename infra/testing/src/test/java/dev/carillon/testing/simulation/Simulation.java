package dev.carillon.testing.simulation;

import dev.carillon.functions.delivery.SendMessage;
import dev.carillon.memory.InMemoryTasks.Received;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.runtime.Ports;
import dev.carillon.task.BroadcastTask;
import dev.carillon.task.DeliveryTask;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.StepsTask;
import dev.carillon.task.Task;
import dev.carillon.task.TaskQueue;
import dev.carillon.task.WakeTask;
import dev.carillon.task.WebhooksTask;
import dev.carillon.testing.calls.PortCall;
import dev.carillon.testing.calls.SharedProjects;
import dev.carillon.testing.calls.SteppedInvocation;
import dev.carillon.testing.calls.SteppedInvocation.Step;
import dev.carillon.testing.calls.WarmHandlers;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.EngineEnvironment;
import dev.carillon.testing.engine.Handlers;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.engine.InProcessFunctions;
import dev.carillon.testing.scenarios.DeliveryScenarios;
import dev.carillon.testing.scenarios.HookScenarios;
import dev.carillon.testing.scenarios.TestWorkflows;
import dev.carillon.testing.scenarios.TrackingScenarios;
import dev.carillon.testing.scenarios.WatchedFeeds;
import dev.carillon.tracking.TrackingEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Lets clients, machines and time do what chance makes of a seed, through the real handlers and
 * call by call: several machines at once, tasks that come twice, late, in any order or not at all,
 * machines that die, clocks that are off. Then everything heals and comes to rest, and is audited.
 */
public final class Simulation implements Handlers.Building, WarmHandlers.Passing {
  private static final Instant START = Instant.parse("2026-01-05T09:00:20Z");

  /** What Lambda allows the functions. */
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static final int MOST_MACHINES = 4;

  /** Who has the feed open all the time. */
  private static final List<String> WATCHING = List.of("person-1", "person-2");

  /** Of how many steps one is somebody's who reads mail, or a provider's who reports of it. */
  private static final int CLICKING = 16;

  private static final int BATCH = 10;

  /**
   * By when all is over, once everything is healed: the last of all schedules ends at half past
   * twelve.
   */
  private static final Duration LIMIT = Duration.ofHours(6);

  private final Map<String, String> workflows;
  private final int askings;
  private final WarmHandlers warm;
  private final SharedProjects projects = new SharedProjects();
  private Optional<Consumer<String>> told = Optional.empty();

  /**
   * @param workflows the texts of their {@code workflow.json} by key
   * @param askings how many triggers and schedules for each seed
   */
  public Simulation(Map<String, String> workflows, int askings, UnaryOperator<Ports> twins) {
    this.workflows = Map.copyOf(workflows);
    this.askings = askings;
    this.warm = new WarmHandlers(twins, this);
  }

  /**
   * What became of a seed.
   *
   * @param trace a hash of all that happened, in order
   */
  public record Outcome(long seed, FaultCounts tally, long trace, List<String> wrong) {}

  @Override
  public Handlers on(Ports ports, EngineEnvironment surroundings) {
    return warm.on(ports, surroundings);
  }

  @Override
  public Object pass(PortCall call) throws Throwable {
    Optional<SteppedInvocation> actor = SteppedInvocation.working();
    return actor.isPresent() && !SharedProjects.knows(call.port())
        ? actor.get().pass(call)
        : call.make();
  }

  @Override
  public Instant now(InstantSource clock) {
    return SteppedInvocation.now(clock);
  }

  /** From now on says what happens, to find out about a seed. */
  public Simulation telling(Consumer<String> listener) {
    told = Optional.of(listener);
    return this;
  }

  /** Plays the seed; on a day of its own, so that nothing a warm function remembers is fresh. */
  public Outcome play(long seed) {
    return new Play(seed).play();
  }

  /** One seed in so many has webhooks: each message then has as many tasks again. */
  private static final int HOOKED = 4;

  /** One in so many has more subscribers than are gone through page by page. */
  private static final int CROWDED = 6;

  /** One in so many has a dynamic audience that people come into and leave. */
  private static final int ENROLLING = 5;

  private final class Play {
    private final long seed;
    private final SplittableRandom chance;
    private final FaultRates weather;
    private final InProcessEngine engine;
    private final ClientScript story;
    private final List<ExecutionEnvironment> machines = new ArrayList<>();
    private final List<Task> putAside = new ArrayList<>();
    private final Set<MessageId> clicked = new HashSet<>();
    private final List<TrackingEvent> clicks = new ArrayList<>();
    private final MailReports reports;
    private final FaultCounts tally = new FaultCounts();
    private final SimulationAudit audit;
    private long built;
    private long trace;

    Play(long seed) {
      this.seed = seed;
      chance = new SplittableRandom(seed);
      weather = FaultRates.of(chance);
      engine =
          projects.engine(
              START.plus(Duration.ofDays(Math.floorMod(seed, 1_000_000L))),
              Simulation.this,
              workflows);
      TestWorkflows.setting(engine);
      DeliveryScenarios.shaky(engine);
      if (Math.floorMod(seed, HOOKED) == 0) {
        HookScenarios.setting(engine);
      }
      WATCHING.forEach(user -> WatchedFeeds.watch(engine, user));
      boolean crowded = Math.floorMod(seed, CROWDED) == 1;
      if (crowded) {
        TestWorkflows.crowd(engine);
      }
      story =
          new ClientScript(
              asked(),
              crowded ? TestWorkflows.crowded() : TestWorkflows.crew(),
              askings,
              engine,
              chance);
      if (AudiencePlot.isIn(workflows) && Math.floorMod(seed, ENROLLING) == 2) {
        AudiencePlot.setting(engine);
        story.enrolling();
      }
      audit = new SimulationAudit(engine, story);
      reports = new MailReports(engine);
    }

    /** Children are asked for by their parents only, and who is welcome by the audience. */
    private List<String> asked() {
      return workflows.keySet().stream()
          .filter(it -> !it.equals("child") && !it.equals(TestWorkflows.WELCOME))
          .sorted()
          .toList();
    }

    Outcome play() {
      int steps = 400 * askings;
      for (int i = 0; i < steps && !(story.idle() && machines.isEmpty() && quiet()); i++) {
        step(weather);
      }
      heal();
      var wrong = audit.wrong();
      WatchedFeeds.check(engine, WATCHING, weather.skewSeconds() == 0, wrong::add);
      reports.check(wrong::add);
      new MailPace(engine).check(weather.skewSeconds() == 0 && weather.pauses() == 0, wrong::add);
      tally.runs(audit.runs());
      return new Outcome(seed, tally, trace, wrong);
    }

    private boolean quiet() {
      return engine.nextStop().isEmpty();
    }

    /** One thing happens. */
    private void step(FaultRates in) {
      boolean room = machines.size() < MOST_MACHINES;
      if (room
          && chance.nextInt(CLICKING) == 0
          && (chance.nextBoolean() ? click(in) : report(in))) {
        return;
      }
      int visible =
          room && (machines.isEmpty() || chance.nextInt(4) == 0)
              ? engine.ports().tasks().visible()
              : -1;
      if (visible > 0 || visible == 0 && !story.idle()) {
        if (!story.idle() && (visible == 0 || chance.nextInt(4) == 0)) {
          call(in);
        } else {
          receive(in, visible);
        }
      } else if (!machines.isEmpty()) {
        if (chance.nextDouble() < in.pauses()) {
          passTime();
        } else {
          move(in);
        }
      } else {
        engine.nextStop().ifPresent(this::reach);
      }
    }

    private void move(FaultRates in) {
      ExecutionEnvironment machine = machines.get(chance.nextInt(machines.size()));
      List<SteppedInvocation> busy = machine.busy();
      SteppedInvocation actor = busy.get(chance.nextInt(busy.size()));
      PortCall call = actor.pending().orElseThrow();
      Step how = in.step(chance);
      note(actor + " " + call.name() + " " + how);
      told.ifPresent(listener -> listener.accept("  " + Arrays.toString(call.arguments())));
      tally.count(how);
      if (call.port() == SendMessage.class
          && how != Step.DIE_BEFORE
          && how != Step.BE_TURNED_AWAY) {
        audit.offered((Message) call.arguments()[0], machine.number());
      }
      machine.go(actor, how);
      drop(machine);
    }

    private void drop(ExecutionEnvironment machine) {
      if (machine.busy().isEmpty()) {
        machines.remove(machine);
        machine.thrown().forEach(audit::unexpected);
      }
    }

    private void add(Duration skew, List<ExecutionEnvironment.Errand> errands) {
      var machine = new ExecutionEnvironment(built++, skew, engine.now().plus(TIMEOUT), errands);
      machines.add(machine);
      drop(machine);
    }

    private void passTime() {
      reach(engine.now().plusMillis(chance.nextInt(30_000)));
    }

    private void reach(Instant at) {
      note(at.toString());
      engine.reach(at);
      List.copyOf(machines).stream().filter(it -> it.timedOut(at)).forEach(this::timeOut);
    }

    private void timeOut(ExecutionEnvironment machine) {
      tally.count(Step.DIE_BEFORE);
      machine.die();
      drop(machine);
    }

    /**
     * Somebody opens a tracked mail and clicks a link in it, or what was not recorded comes again.
     *
     * @return false when there is nothing to click
     */
    private boolean click(FaultRates in) {
      for (var offer : engine.email().accepted()) {
        Message message = offer.message();
        if (message.tracked() && clicked.add(message.id())) {
          clicks.addAll(TrackingScenarios.events(message, engine.now()));
        }
      }
      if (clicks.isEmpty()) {
        return false;
      }
      TrackingEvent event = clicks.remove(chance.nextInt(clicks.size()));
      note(event.id());
      if (chance.nextDouble() < in.duplicates()) {
        tally.duplicate();
        clicks.add(event);
      }
      add(in.skew(chance), List.of(new Engaging(event)));
      return true;
    }

    /**
     * The provider says what became of a mail.
     *
     * @return false when there is nothing to say
     */
    private boolean report(FaultRates in) {
      Optional<MailReports.Report> next = reports.next(chance);
      next.ifPresent(
          report -> {
            note(report.toString());
            if (chance.nextDouble() < in.duplicates()) {
              tally.duplicate();
              reports.again(report);
            }
            add(in.skew(chance), List.of(new Reporting(report)));
          });
      return next.isPresent();
    }

    private void call(FaultRates in) {
      ClientCall asking = story.next();
      note(asking.call().path());
      add(in.skew(chance), List.of(new Calling(asking)));
    }

    /** A batch of one to ten tasks of one queue. */
    private void receive(FaultRates in, int visible) {
      var tasks = engine.ports().tasks();
      Received first = tasks.receiveAt(in.disorder() ? chance.nextInt(visible) : 0);
      TaskQueue queue = first.task().queue();
      var batch = new ArrayList<Received>();
      batch.add(first);
      if (chance.nextBoolean()) {
        batch.addAll(tasks.receive(task -> task.queue() == queue, chance.nextInt(BATCH)));
      }
      var errands = new ArrayList<ExecutionEnvironment.Errand>();
      for (Received received : batch) {
        note(received.task().toString());
        if (chance.nextDouble() < in.duplicates()) {
          tally.duplicate();
          tasks.send(received.task(), Duration.ofSeconds(chance.nextInt(60)));
        }
        if (received.receives() > InProcessFunctions.MAX_RECEIVES) {
          putAside.add(received.task());
          tasks.acknowledge(received);
        } else if (chance.nextDouble() < in.losses()) {
          tally.loss();
          lose(received);
        } else {
          errands.add(new Working(received));
        }
      }
      if (!errands.isEmpty()) {
        add(in.skew(chance), errands);
      }
    }

    /** What a sweep makes good is gone for good; other tasks come again. */
    private void lose(Received received) {
      boolean madeGood =
          switch (received.task()) {
            case StepsTask.Advance advance -> advance.wake().isPresent();
            case WakeTask.Drain _, WakeTask.Sweep _ -> true;
            case DeliveryTask.Deliver deliver -> deliver.minute().isPresent();
            case FanoutTask.Start _,
                FanoutTask.Cancel _,
                FanoutTask.CancelUnder _,
                StepsTask.Match _,
                FanoutTask.Fire _,
                FanoutTask.Erase _,
                FanoutTask.MarkAll _,
                FanoutTask.Bulk _,
                FanoutTask.OfSource _,
                FanoutTask.FromBus _,
                FanoutTask.Settle _,
                FanoutTask.SettleAll _,
                FanoutTask.Entered _,
                FanoutTask.SendOut _,
                FanoutTask.ReachMembers _,
                BroadcastTask.Announce _,
                BroadcastTask.Greet _,
                DeliveryTask.Poll _,
                WebhooksTask.Offer _,
                WebhooksTask.Stream _,
                WebhooksTask.Trace _,
                WebhooksTask.TraceCall _,
                WebhooksTask.Replay _ ->
                false;
            case WebhooksTask.Call call -> call.minute().isPresent();
          };
      if (madeGood) {
        engine.ports().tasks().acknowledge(received);
      } else {
        engine.ports().tasks().giveBack(received, InProcessFunctions.VISIBILITY);
      }
    }

    /** Nothing goes wrong any more, and what was put aside is put back. */
    private void heal() {
      while (!machines.isEmpty() || !story.idle()) {
        step(FaultRates.FAIR);
      }
      putAside.forEach(task -> engine.ports().tasks().send(task));
      clicks.forEach(engine.functions()::tracked);
      reports.rest();
      audit.healed();
      boolean ended = engine.advanceUntilIdle(LIMIT);
      engine.functions().redrive();
      if (!ended || !engine.advanceUntilIdle(LIMIT)) {
        audit.unexpected("it never came to an end");
      }
    }

    private void note(String what) {
      told.ifPresent(listener -> listener.accept(what));
      trace = Long.rotateLeft(trace * 0x9E3779B97F4A7C15L, 23) ^ what.hashCode();
    }

    private final class Working implements ExecutionEnvironment.Errand {
      private final Received received;
      private final Instant began = engine.now();
      private volatile boolean done;

      Working(Received received) {
        this.received = received;
      }

      @Override
      public void run() {
        done = engine.functions().work(received);
      }

      @Override
      public void over(boolean died) {
        var tasks = engine.ports().tasks();
        if (done && !died) {
          tasks.acknowledge(received);
        } else {
          tasks.giveBack(
              received, Duration.between(engine.now(), began.plus(InProcessFunctions.VISIBILITY)));
        }
      }
    }

    private final class Engaging implements ExecutionEnvironment.Errand {
      private final TrackingEvent event;
      private volatile boolean done;

      Engaging(TrackingEvent event) {
        this.event = event;
      }

      @Override
      public void run() {
        done = engine.functions().work(event);
      }

      @Override
      public void over(boolean died) {
        if (died || !done) {
          clicks.add(event);
        }
      }
    }

    private final class Reporting implements ExecutionEnvironment.Errand {
      private final MailReports.Report report;
      private volatile boolean done;

      Reporting(MailReports.Report report) {
        this.report = report;
      }

      @Override
      public void run() {
        done = engine.functions().work(report.event());
      }

      @Override
      public void over(boolean died) {
        if (died || !done) {
          reports.again(report);
        } else {
          reports.taken(report);
        }
      }
    }

    private final class Calling implements ExecutionEnvironment.Errand {
      private final ClientCall asking;
      private volatile Optional<CallAnswer> answer = Optional.empty();

      Calling(ClientCall asking) {
        this.asking = asking;
      }

      @Override
      public void run() {
        answer = Optional.of(engine.functions().answer(asking.call()));
      }

      @Override
      public void over(boolean died) {
        story.heard(asking, died ? Optional.empty() : answer, built);
      }
    }
  }
}
