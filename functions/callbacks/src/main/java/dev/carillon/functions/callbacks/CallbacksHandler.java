package dev.carillon.functions.callbacks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.edge.QueueBatch;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.provider.callback.CallbackEvent;
import dev.carillon.provider.ses.SesEvents;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Late;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Ports;
import dev.carillon.runtime.Priming;
import dev.carillon.storage.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * What providers say became of messages: from the queue {@code callbacks}, where SNS puts what SES
 * publishes, and from the path that each channel's provider posts to.
 */
public final class CallbacksHandler implements RequestStreamHandler {
  private final QueueBatch batch;
  private final Late<ReportsOverHttp> reports;

  /** Lambda's door. */
  public CallbacksHandler() {
    this(
        Priming.ofProcess(
            CallbacksHandler::new,
            Priming.queue(
                """
                {"eventType":"Delivery",\
                "mail":{"messageId":"priming",\
                "tags":{"carillon_message_id":["37pcsdaWZgZounTGP8TSxTMWo8w"],\
                "carillon_environment":["priming"]}},\
                "delivery":{"timestamp":"2026-01-05T09:01:01.000Z",\
                "recipients":["priming@example.com"]}}\
                """)));
  }

  public CallbacksHandler(Environment environment) {
    this(
        Stores.of(environment),
        CallbacksWiring.overNetwork(environment),
        environment.find("PUBLIC_URL").orElse(""));
    if (environment.isForSnapshot()) {
      reports.get();
    }
  }

  /** The tests' door, at that URL. */
  public CallbacksHandler(Ports ports, String publicUrl) {
    this(ports, CallbacksWiring.nobody(), publicUrl);
  }

  CallbacksHandler(Ports ports, AskProvider asker, String publicUrl) {
    var wiring = new CallbacksWiring(ports);
    this.reports = new Late<>(() -> wiring.reports(asker, publicUrl));
    Log log = ports.log();
    RecordStatus recordStatus = wiring.recordStatus();
    this.batch =
        new QueueBatch(
            log,
            received -> {
              Optional<Json.Obj> published = object(received.text());
              var environment = published.flatMap(SesEvents::environment);
              List<CallbackEvent> events =
                  published
                      .map(
                          it -> SesEvents.events(received.messageId(), it, ports.clock().instant()))
                      .orElse(List.of());
              if (environment.isEmpty() || events.stream().allMatch(it -> it.message().isEmpty())) {
                log.decision("callback.foreign", "queue_message", received.messageId());
                return;
              }
              for (CallbackEvent event : events) {
                log.decision(
                    "callback.recorded",
                    "environment",
                    environment.get().value(),
                    "message",
                    event.message().orElseThrow(),
                    "type",
                    event.type(),
                    "result",
                    recordStatus.handle(environment.get(), event.message().orElseThrow(), event));
              }
            });
  }

  /** Empty for what is none, such as the sentence with which SES tries a new destination. */
  private static Optional<Json.Obj> object(String text) {
    try {
      return JsonText.parse(text) instanceof Json.Obj object
          ? Optional.of(object)
          : Optional.empty();
    } catch (MalformedJson _) {
      return Optional.empty();
    }
  }

  @Override
  public void handleRequest(InputStream event, OutputStream out, Context context)
      throws IOException {
    Json read = JsonText.parse(event.readAllBytes());
    if (read instanceof Json.Obj object && object.get("requestContext").isPresent()) {
      reports.get().handle(object, out);
    } else {
      batch.handle(read, out);
    }
  }
}
