package dev.carillon.functions.steps;

import dev.carillon.audience.Membership;
import dev.carillon.event.PublishEvents;
import dev.carillon.fetch.SendFetch;
import dev.carillon.fetch.TemplateCache;
import dev.carillon.functions.steps.render.PreferenceAddresses;
import dev.carillon.functions.steps.render.Render;
import dev.carillon.functions.steps.render.RenderTemplates;
import dev.carillon.functions.steps.render.TrackContent;
import dev.carillon.functions.steps.waiting.CloseBatch;
import dev.carillon.functions.steps.waiting.JoinBatch;
import dev.carillon.functions.steps.waiting.Listen;
import dev.carillon.functions.steps.waiting.MatchEvent;
import dev.carillon.functions.steps.waiting.WaitTimers;
import dev.carillon.run.LookUpRecipients;
import dev.carillon.runtime.LoadEnvironment;
import dev.carillon.runtime.LoadRunContext;
import dev.carillon.runtime.Ports;
import dev.carillon.schema.Schemas;
import dev.carillon.timer.TimerScheduler;
import java.util.function.Function;

/** Builds the function's parts from its environment and its ports. */
final class StepsWiring {
  private final Ports ports;
  private final TemplateCache templates = new TemplateCache();
  private final LoadRunContext load;
  private final AnswerConditions answer;
  private final WaitTimers arm;
  private final PublishEvents tell;
  private final SendFetch outside;
  private final Render render;

  StepsWiring(Ports ports, SendFetch outside) {
    this(
        ports,
        outside,
        templates ->
            new RenderTemplates(
                templates,
                environment ->
                    new LookUpRecipients(environment, ports.recipients(), ports.subscriptions())));
  }

  /**
   * @param render what renders, given where compiled templates are kept
   */
  StepsWiring(Ports ports, SendFetch outside, Function<TemplateCache, Render> render) {
    this.ports = ports;
    this.outside = outside;
    this.render = render.apply(templates);
    this.load =
        new LoadRunContext(
            ports.recipients(),
            ports.subscriptions(),
            ports.schedules(),
            new LoadEnvironment(
                ports.environments(), ports.channels(), ports.variables(), ports.assets()));
    this.answer = new AnswerConditions(ports.messages(), new Membership(ports.audiences()));
    this.arm =
        new WaitTimers(
            new TimerScheduler(ports.timers(), ports.minuteSchedules(), ports.tasks()),
            ports.batches(),
            ports.triggers());
    this.tell = Ports.events(ports);
  }

  AdvanceRun advanceRun() {
    var send =
        new SendMessages(
            new MakeMessage(
                ports.messages(),
                ports.suppressions(),
                render,
                new TrackContent(ports.linkKeys(), ports.shortLinks(), ports::trackingOrigin),
                new PreferenceAddresses(ports.deploymentKeys(), ports::trackingOrigin)));
    var walk =
        new StepLoop(
            ports.triggers(),
            ports.runs(),
            takeStep(send),
            send,
            arm,
            tell,
            ports.tasks(),
            ports.clock());
    var endWait =
        new EndWait(
            ports.workflows(),
            ports.batches(),
            ports.listeners(),
            new CloseBatch(ports.batches(), ports.triggers()),
            load,
            walk,
            ports.clock());
    var pinned = new PinnedVersions(ports.workflows());
    var stop = new StopRun(ports.workflows(), ports.runs(), walk);
    return new AdvanceRun(
        ports.triggers(),
        ports.runs(),
        pinned,
        load,
        walk,
        new StartRun(ports.triggers(), pinned, ports.onceClaims(), load, answer, stop, walk),
        stop,
        endWait,
        arm,
        ports.clock());
  }

  MatchEvent hearEvent() {
    return new MatchEvent(
        ports.triggers(),
        ports.workflows(),
        ports.runs(),
        ports.listeners(),
        load,
        answer,
        ports.tasks(),
        ports.clock());
  }

  private ExecuteStep takeStep(SendMessages send) {
    return new ExecuteStep(
        load,
        answer,
        templates,
        send,
        new JoinBatch(ports.batches(), new KeepTrigger(ports.triggers()), ports.triggers()),
        new PassThrottle(ports.throttles()),
        new FetchData(outside, templates),
        new StartWorkflow(ports.workflows(), ports.triggers(), ports.throttles(), new Schemas()),
        new Listen(ports.listeners()),
        new ChangeRecipient(ports.recipients(), tell),
        ports.clock());
  }
}
