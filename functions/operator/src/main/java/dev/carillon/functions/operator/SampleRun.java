package dev.carillon.functions.operator;

import dev.carillon.edge.RecipientReader;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.Run;
import dev.carillon.run.RunContext;
import dev.carillon.runtime.LoadRunContext;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the steps of a run would see that there is not: that of a request to try something. */
final class SampleRun {
  /** Who is told when the request names nobody. */
  private static final RecipientId NOBODY = RecipientId.user("test");

  private final LoadRunContext load;

  SampleRun(LoadRunContext load) {
    this.load = load;
  }

  /** A run before its first step, and what it would see. */
  record Sample(Run run, RunContext context) {}

  /**
   * @param request may name a {@code recipient}, an {@code actor}, a {@code tenant} and {@code
   *     data}, the first two as {@code "id"} or {@code {"collection", "id"}}
   */
  Sample of(EnvironmentId environment, Workflow workflow, RequestFields request, Instant now) {
    RecipientId recipient =
        request.optional("recipient").map(RecipientReader::reference).orElse(NOBODY);
    var trigger =
        new Trigger(
            environment,
            TriggerId.of(now, "sample"),
            workflow.key(),
            workflow.version(),
            List.of(named(recipient)),
            request.optional("actor").map(RecipientReader::reference).map(SampleRun::named),
            request
                .optional("tenant")
                .map(RequestValue::id)
                .map(id -> new Trigger.Tenant(new TenantId(id), Identification.NOTHING)),
            request.optional("data").map(value -> value.object().json()).orElse(Json.Obj.EMPTY),
            Optional.empty(),
            Trigger.Settings.NONE,
            new Trigger.Source.Api());
    Run run = Run.start(trigger, recipient, Optional.empty(), now);
    return new Sample(run, load.load(trigger, workflow, run));
  }

  private static Trigger.Named named(RecipientId id) {
    return new Trigger.Named(id, Optional.empty(), Json.Obj.EMPTY);
  }
}
