package dev.carillon.functions.steps;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.edge.QueueBatch;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.fetch.GuardedFetch;
import dev.carillon.fetch.SendFetch;
import dev.carillon.functions.steps.AdvanceRun.Result;
import dev.carillon.functions.steps.render.Rehearsal;
import dev.carillon.functions.steps.waiting.MatchEvent;
import dev.carillon.message.MessageId;
import dev.carillon.run.Run;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Ports;
import dev.carillon.runtime.Priming;
import dev.carillon.storage.Stores;
import dev.carillon.storage.task.TaskCodec;
import dev.carillon.task.DeliveryTask;
import dev.carillon.task.StepsTask;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** The function behind the queue {@code steps}: moves runs on. */
public final class StepsHandler implements RequestStreamHandler {
  private final QueueBatch batch;

  /** Lambda's door. */
  public StepsHandler() {
    this(
        Priming.ofProcess(
            StepsHandler::new,
            Priming.queue(
                """
                {"type":"advance.v1",\
                "environment":"priming",\
                "trigger":"019b8d63-64e0-8150-ba86-84e244628d50",\
                "collection":"$users",\
                "recipient":"priming"}\
                """),
            StepsHandler::rehearse));
  }

  /** What a run of somebody comes to: its mail, and the task to deliver it. */
  private static void rehearse(Environment environment) {
    Rehearsal.render("handlebars");
    Rehearsal.render("liquid");
    Stores.of(environment)
        .tasks()
        .send(
            new DeliveryTask.Deliver(
                new EnvironmentId("priming"),
                new MessageId("37pcsdaWZgZounTGP8TSxTMWo8w"),
                Optional.empty(),
                1,
                Optional.empty(),
                OptionalLong.empty()));
  }

  public StepsHandler(Environment environment) {
    this(Stores.of(environment), GuardedFetch.of(environment));
  }

  /** The tests' door. */
  public StepsHandler(Ports ports, SendFetch outside) {
    var wiring = new StepsWiring(ports, outside);
    AdvanceRun advance = wiring.advanceRun();
    MatchEvent hear = wiring.hearEvent();
    Log log = ports.log();
    this.batch =
        new QueueBatch(
            log,
            received -> {
              switch (TaskCodec.parse(StepsTask.class, received.body())) {
                case StepsTask.Advance task ->
                    report(log, task, advance.handle(task, received.receiveCount() == 1));
                case StepsTask.Match task ->
                    log.decision(
                        "event.told",
                        "environment",
                        task.environment().value(),
                        "source",
                        task.source(),
                        "event",
                        task.event(),
                        "woken",
                        hear.handle(task));
              }
            });
  }

  @Override
  public void handleRequest(InputStream event, OutputStream out, Context context)
      throws IOException {
    batch.handle(event, out);
  }

  private static void report(Log log, StepsTask.Advance task, Result result) {
    switch (result) {
      case Result.Moved(var run) ->
          log.decision(
              "run.advanced",
              "environment",
              run.environment().value(),
              "run",
              run.id(),
              "trigger",
              run.trigger(),
              "trace_id",
              run.trace().id(),
              "workflow",
              run.workflow().value(),
              "version",
              run.version(),
              "status",
              run.status(),
              "steps",
              run.outcomes().size(),
              "errors",
              run.errors(),
              "last",
              last(run));
      case Result.ArmedAgain(var run) -> log.decision("run.armed_again", "run", run);
      case Result.Past(var run) -> log.decision("run.past", "run", run);
      case Result.Overtaken(var run) -> log.decision("run.overtaken", "run", run);
      case Result.TriggerMissing(var run) ->
          log.decision("run.trigger_missing", "run", run, "trigger", task.trigger());
    }
  }

  private static String last(Run run) {
    return run.log().isEmpty() ? "" : run.log().getLast().event().wireName();
  }
}
