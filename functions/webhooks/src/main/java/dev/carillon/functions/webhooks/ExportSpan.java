package dev.carillon.functions.webhooks;

import dev.carillon.json.text.JsonText;
import dev.carillon.outbound.OutboundRequest;
import dev.carillon.outbound.OutboundResult;
import dev.carillon.task.WebhooksTask;
import dev.carillon.webhook.stream.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Hands a span to the deployment's collector of traces, by OTLP over HTTP in JSON. Nothing is
 * noted: the task comes again until the collector takes the span, then goes to the dead letters. A
 * span has one id, however often it comes.
 */
final class ExportSpan {
  /** What a collector wants to be asked again for (OTLP 1.5, "Retryable Response Codes"). */
  private static final Set<Integer> FOR_NOW = Set.of(429, 502, 503, 504);

  private final Supplier<Optional<String>> collector;
  private final MakeEvent make;
  private final SendWebhook send;
  private final LookAgain again;

  ExportSpan(
      Supplier<Optional<String>> collector, MakeEvent make, SendWebhook send, LookAgain again) {
    this.collector = collector;
    this.make = make;
    this.send = send;
    this.again = again;
  }

  /**
   * @return the span's id, or why none was exported
   * @throws IllegalStateException when the collector did not take it, for now
   */
  String handle(WebhooksTask.Trace task) {
    Optional<String> to = collector.get();
    if (to.isEmpty()) {
      return "none wanted any more";
    }
    Optional<List<Span>> made = make.spans(task.environment(), task.of());
    if (made.isEmpty()) {
      return again.later(task, task.at()) ? "later" : "never stored";
    }
    return made.get().stream()
        .filter(span -> span.trace().sampled())
        .findFirst()
        .map(span -> exported(to.get(), span))
        .orElse("not sampled");
  }

  private String exported(String to, Span span) {
    OutboundResult result =
        send.send(
            new OutboundRequest(
                "POST",
                to,
                Map.of("content-type", "application/json"),
                JsonText.bytes(span.request())));
    if (result instanceof OutboundResult.Answered answered
        && !FOR_NOW.contains(answered.status())) {
      boolean taken = answered.status() >= 200 && answered.status() <= 299;
      return taken ? span.id() : "refused with " + answered.status();
    }
    throw new IllegalStateException("The collector did not take " + span.id() + ": " + result);
  }
}
