package dev.carillon.webhook;

import dev.carillon.run.Run;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TraceContext;
import java.util.Optional;

/**
 * Which trace an event is part of.
 *
 * @param parent the span that calls because of it come of, that of the run; empty for events that
 *     were stored before it was kept
 */
public record WebhookTrace(TraceContext context, Optional<String> parent) {

  /** Of what came of the run. */
  static WebhookTrace of(TraceContext context, RunId run) {
    return new WebhookTrace(context, Optional.of(TraceContext.spanOf(run)));
  }

  static WebhookTrace of(Run run) {
    return of(run.trace(), run.id());
  }
}
