package dev.carillon.accept;

import dev.carillon.content.ContentLine;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.schema.SchemaProblem;
import dev.carillon.schema.Schemas;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Tasks;
import dev.carillon.trigger.TraceContext;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.trigger.Triggers;
import dev.carillon.trigger.Triggers.Acceptance;
import dev.carillon.trigger.Triggers.Idempotency;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.Workflows;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Accepts a trigger. What makes it safe to die between any two calls: the fan-out is enqueued
 * first, then the trigger comes to exist through one conditional write, then the call is answered.
 * So there is no trigger whose fan-out is not owed, and a repetition has nothing to enqueue; a task
 * whose trigger never came to exist is given up by {@code fanout}.
 */
public final class TriggerWorkflow {
  private final Workflows workflows;
  private final Recipients recipients;
  private final Triggers triggers;
  private final Tasks tasks;
  private final Schemas schemas;
  private final InstantSource clock;

  public TriggerWorkflow(
      Workflows workflows,
      Recipients recipients,
      Triggers triggers,
      Tasks tasks,
      Schemas schemas,
      InstantSource clock) {
    this.workflows = workflows;
    this.recipients = recipients;
    this.triggers = triggers;
    this.tasks = tasks;
    this.schemas = schemas;
    this.clock = clock;
  }

  /** One call, as the edge understood it. */
  public record Command(
      EnvironmentId environment,
      WorkflowKey workflow,
      TriggerRequest request,
      Cause cause,
      Optional<Idempotency> idempotency) {

    /** What is to run: what serves, or what was committed on a branch. */
    ContentLine content() {
      return new ContentLine(environment, cause.source().onBranch());
    }
  }

  /**
   * What asks for it. The trigger's id is made of it, so that what asks again with the same one and
   * the same instant asks for the same trigger.
   *
   * @param id unique to it
   * @param at when it asked; empty for now
   */
  public record Cause(String id, Optional<Instant> at, Trigger.Source source) {
    /** A call of the API, which is another one each time it is made. */
    public static Cause ofCall(String requestId) {
      return ofCall(requestId, Optional.empty(), Optional.empty());
    }

    /**
     * The same, of what was committed on a branch, as part of a trace.
     *
     * @param trace what the caller's {@code traceparent} says; empty for one of the trigger's own
     */
    public static Cause ofCall(
        String requestId, Optional<EnvironmentId> branch, Optional<TraceContext> trace) {
      return new Cause(requestId, Optional.empty(), new Trigger.Source.Api(branch, trace));
    }
  }

  public sealed interface Answer {
    record Accepted(TriggerId trigger) implements Answer {}

    /** The same call was accepted before, as this trigger, under that request id. */
    record Repeated(TriggerId trigger, String originalRequestId) implements Answer {}

    /** The idempotency key was used for another call. */
    record Conflicting() implements Answer {}

    record NoSuchWorkflow() implements Answer {}

    record Inactive() implements Answer {}

    /** The actor was named by its id alone and nobody identified it. */
    record NoSuchActor() implements Answer {}

    /** Its messages would be expired before there are any. */
    record Expired() implements Answer {}

    /** The data are not as the workflow's schema has them; at least one problem. */
    record InvalidData(List<SchemaProblem> problems) implements Answer {
      public InvalidData {
        problems = List.copyOf(problems);
      }
    }
  }

  public Answer handle(Command command) {
    Instant now = clock.instant();
    var live = command.content().live(workflows, command.workflow()).filter(it -> !it.archived());
    Optional<Answer> refusal =
        live.isEmpty()
            ? Optional.of(new Answer.NoSuchWorkflow())
            : refusal(command, live.get(), now);
    // What was accepted once stays so for who repeats the call, whatever has changed since; and a
    // repetition must not leave a task for a trigger that is never going to exist.
    return before(command, now)
        .or(() -> refusal)
        .orElseGet(() -> accepted(command, live.get().version(), now));
  }

  /** The answer to a call that repeats another. */
  private Optional<Answer> before(Command command, Instant now) {
    return command
        .idempotency()
        .flatMap(asked -> triggers.before(command.environment(), asked, now))
        .map(TriggerWorkflow::again);
  }

  private Optional<Answer> refusal(Command command, Workflows.Live live, Instant now) {
    if (!live.active()) {
      return Optional.of(new Answer.Inactive());
    }
    if (command.request().settings().expiresAt().filter(at -> !at.isAfter(now)).isPresent()) {
      return Optional.of(new Answer.Expired());
    }
    var problems = problems(command, live.version());
    if (!problems.isEmpty()) {
      return Optional.of(new Answer.InvalidData(problems));
    }
    return command
        .request()
        .actor()
        .filter(actor -> actor.identification().isEmpty())
        .filter(actor -> !known(command.environment(), actor.id()))
        .map(_ -> new Answer.NoSuchActor());
  }

  private Answer accepted(Command command, VersionId version, Instant now) {
    TriggerRequest request = command.request();
    TriggerId id = TriggerId.of(command.cause().at().orElse(now), command.cause().id());
    var trigger =
        new Trigger(
            command.environment(),
            id,
            command.workflow(),
            version,
            request.recipients(),
            request.actor(),
            request.tenant(),
            request.data(),
            request.cancellationKey(),
            request.settings(),
            command.cause().source());
    tasks.send(new FanoutTask.Start(command.environment(), id, trigger.tenantId(), 0));
    return switch (triggers.accept(trigger, command.idempotency(), now)) {
      case Acceptance.Accepted() -> new Answer.Accepted(id);
      case Acceptance.Earlier earlier -> again(earlier);
    };
  }

  private static Answer again(Acceptance.Earlier earlier) {
    return switch (earlier) {
      case Acceptance.Repeated(var original, var requestId) ->
          new Answer.Repeated(original, requestId);
      case Acceptance.Conflicting() -> new Answer.Conflicting();
    };
  }

  /** What is wrong with the data by the schema of the version that the trigger is going to have. */
  private List<SchemaProblem> problems(Command command, VersionId version) {
    return command
        .content()
        .version(workflows, command.workflow(), version)
        .map(workflow -> schemas.problems(workflow, command.request().data()))
        .orElse(List.of());
  }

  private boolean known(EnvironmentId environment, RecipientId actor) {
    return recipients.find(environment, actor).isPresent();
  }
}
