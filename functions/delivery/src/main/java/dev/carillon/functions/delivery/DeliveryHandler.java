package dev.carillon.functions.delivery;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.access.DeploymentKeys;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.QueueBatch;
import dev.carillon.edge.route.Router;
import dev.carillon.functions.delivery.DeliverMessage.Outcome;
import dev.carillon.functions.delivery.call.CallProvider;
import dev.carillon.functions.delivery.workspaces.ConnectPage;
import dev.carillon.functions.delivery.workspaces.Exchange;
import dev.carillon.functions.delivery.workspaces.Workspaces;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.Attempt;
import dev.carillon.message.Message;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Late;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Ports;
import dev.carillon.runtime.Priming;
import dev.carillon.storage.Stores;
import dev.carillon.storage.task.TaskCodec;
import dev.carillon.task.DeliveryTask;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The function behind the queue {@code delivery}, behind the call that tries a channel out, and
 * behind those about workspaces.
 */
public final class DeliveryHandler implements RequestStreamHandler {
  private final QueueBatch batch;
  private final Late<Calls> calls;
  private final DeploymentKeys keys;
  private final Log log;

  /** What answers over HTTP: few of its invocations. */
  private record Calls(Router router, ConnectPage connecting) {
    private static Calls on(Ports ports, SendMessage send, Exchange exchange) {
      var workspaces = new Workspaces(ports, exchange);
      return new Calls(
          Router.on(DeliveryRoutes.on(send, workspaces), ports), workspaces.page(ports));
    }

    private void answer(HttpRequest request, OutputStream out) throws IOException {
      var page = connecting.answer(request);
      if (page.isPresent()) {
        page.get().writeTo(out);
      } else {
        router.handle(request, out);
      }
    }
  }

  /** Lambda's door. */
  public DeliveryHandler() {
    this(
        Priming.ofProcess(
            DeliveryHandler::new,
            Priming.queue(
                """
                {"type":"deliver.v1",\
                "environment":"priming",\
                "message":"37pcsdaWZgZounTGP8TSxTMWo8w",\
                "attempt":1}\
                """)));
  }

  public DeliveryHandler(Environment environment) {
    this(environment, Stores.of(environment));
  }

  private DeliveryHandler(Environment environment, Stores stores) {
    this(environment, stores, DeliveryWiring.caller(environment, stores.clients()));
  }

  private DeliveryHandler(Environment environment, Stores stores, CallProvider caller) {
    this(
        stores,
        DeliveryWiring.sendMessage(environment, stores, caller),
        DeliveryWiring.askStatus(stores, caller),
        DeliveryWiring.exchange(caller));
    if (environment.isForSnapshot()) {
      calls.get();
    }
  }

  /** The tests' door. */
  public DeliveryHandler(Ports ports, SendMessage send) {
    this(ports, send, AskStatus.NOBODY);
  }

  /** As above, with who is asked what became of messages. */
  public DeliveryHandler(Ports ports, SendMessage send, AskStatus ask) {
    this(ports, send, ask, Exchange.NONE);
  }

  /** As above, with what workspaces are asked by. */
  public DeliveryHandler(Ports ports, SendMessage send, AskStatus ask, Exchange exchange) {
    this.calls = new Late<>(() -> Calls.on(ports, send, exchange));
    this.keys = ports.deploymentKeys();
    var delivering = new DeliveryWiring.Delivering(ports, send, ask);
    DeliverHeld deliver = DeliveryWiring.deliverHeld(ports, delivering.messages());
    FollowUp followUp = delivering.followUp();
    this.log = ports.log();
    this.batch =
        new QueueBatch(
            log,
            received -> {
              switch (TaskCodec.parse(DeliveryTask.class, received.body())) {
                case DeliveryTask.Deliver task -> report(task, deliver.handle(task));
                case DeliveryTask.Poll task -> report(task, followUp.handle(task));
              }
            });
  }

  @Override
  public void handleRequest(InputStream event, OutputStream out, Context context)
      throws IOException {
    Json read = JsonText.parse(event.readAllBytes());
    if (read instanceof Json.Obj object && object.get("requestContext").isPresent()) {
      calls.get().answer(HttpRequest.of(object, keys), out);
    } else {
      batch.handle(read, out);
    }
  }

  private void report(DeliveryTask.Poll task, FollowUp.Result result) {
    log.decision(
        "delivery.polled",
        "environment",
        task.environment().value(),
        "message",
        task.message(),
        "check",
        task.check(),
        "result",
        result);
  }

  private void report(DeliveryTask.Deliver task, Outcome outcome) {
    switch (outcome) {
      case Outcome.Attempted(var message) ->
          log.decision(
              "delivery.attempted",
              "environment",
              message.environment().value(),
              "message",
              message.id(),
              "run",
              message.source().run(),
              "trace_id",
              message.trace().id(),
              "channel",
              message.lastAttempt().map(message::through).orElse(message.channel()),
              "attempt",
              message.attempts().size(),
              "result",
              result(message),
              "took_ms",
              message.lastAttempt().map(Attempt::tookMillis).orElse(0L),
              "status",
              message.status().wireName());
      case Outcome.Shown(var message) ->
          log.decision(
              "delivery.shown",
              "environment",
              message.environment().value(),
              "message",
              message.id(),
              "run",
              message.source().run(),
              "trace_id",
              message.trace().id());
      case Outcome.Later(var delay) ->
          log.decision("delivery.later", "message", task.message(), "seconds", delay.toSeconds());
      case Outcome.Past() -> log.decision("delivery.past", "message", task.message());
      case Outcome.Withheld(var message, var reason) ->
          log.decision(
              "delivery.withheld",
              "environment",
              message.environment().value(),
              "message",
              message.id(),
              "run",
              message.source().run(),
              "trace_id",
              message.trace().id(),
              "reason",
              reason);
    }
  }

  private static String result(Message message) {
    return message
        .lastAttempt()
        .map(
            attempt ->
                switch (attempt.result()) {
                  case Attempt.Result.Claimed _ -> "claimed";
                  case Attempt.Result.Accepted _ -> "accepted";
                  case Attempt.Result.Deferred(_, var reason, _) -> "deferred: " + reason;
                  case Attempt.Result.Refused(_, var reason) -> "refused: " + reason;
                  case Attempt.Result.Ambiguous(var reason, _) -> "ambiguous: " + reason;
                })
        .orElse("none");
  }
}
