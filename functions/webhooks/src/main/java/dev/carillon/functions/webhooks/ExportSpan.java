package dev.carillon.functions.webhooks;

import dev.carillon.task.WebhooksTask;
import dev.carillon.webhook.stream.Span;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Hands spans to the deployment's collector of traces. Nothing is noted: the task comes again until
 * the collector takes them, then goes to the dead letters. A span has one id, however often it
 * comes.
 */
final class ExportSpan {
  private final Collector collector;
  private final MakeSpans make;
  private final LookAgain again;

  ExportSpan(Collector collector, MakeSpans make, LookAgain again) {
    this.collector = collector;
    this.make = make;
    this.again = again;
  }

  /**
   * @return the id of the span, or of the first of several, or why none was exported
   * @throws IllegalStateException when the collector did not take it, for now
   */
  String handle(WebhooksTask.Trace task) {
    return collector.wanted()
        ? export(task, task.at(), make.of(task.environment(), task.of()))
        : notWanted();
  }

  /** As {@link #handle(WebhooksTask.Trace)}, of a call of an endpoint. */
  String handle(WebhooksTask.TraceCall task) {
    return collector.wanted() ? export(task, task.at(), make.of(task)) : notWanted();
  }

  private static String notWanted() {
    return "none wanted any more";
  }

  private String export(WebhooksTask task, Instant told, Optional<List<Span>> made) {
    if (made.isEmpty()) {
      return again.later(task, told) ? "later" : "never stored";
    }
    List<Span> sampled = made.get().stream().filter(span -> span.trace().sampled()).toList();
    return sampled.isEmpty() ? "not sampled" : collector.export(sampled);
  }
}
