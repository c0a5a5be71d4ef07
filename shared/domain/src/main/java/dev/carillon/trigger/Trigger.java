package dev.carillon.trigger;

import dev.carillon.content.ContentLine;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An accepted call: run this version of this workflow for these recipients. Stored once, however
 * many they are.
 *
 * @param recipients each once, in the order of their first mention
 * @param data what the caller sent for the templates
 * @param source what called
 */
public record Trigger(
    EnvironmentId environment,
    TriggerId id,
    WorkflowKey workflow,
    VersionId version,
    List<Named> recipients,
    Optional<Named> actor,
    Optional<Tenant> tenant,
    Json.Obj data,
    Optional<String> cancellationKey,
    Settings settings,
    Source source) {

  /** How many recipients one trigger may name. */
  public static final int MOST_RECIPIENTS = 1_000;

  public Trigger {
    recipients = List.copyOf(recipients);
  }

  /**
   * Somebody a call names.
   *
   * @param identification what the call says about it; empty when it was named by its id alone
   * @param data {@code $trigger_data}: laid over the call's data for this recipient's run
   */
  public record Named(RecipientId id, Optional<Identification> identification, Json.Obj data) {
    private Named forgetting(RecipientId whom) {
      return id.equals(whom) ? new Named(id, Optional.empty(), Json.Obj.EMPTY) : this;
    }

    /** Both mentions of one recipient, the later laid over the earlier. */
    public Named and(Named later) {
      Optional<Identification> both =
          identification.isPresent() && later.identification.isPresent()
              ? Optional.of(identification.get().then(later.identification.get()))
              : identification.or(() -> later.identification);
      return new Named(id, both, data.merged(later.data));
    }
  }

  /** The tenant a call names; one that is not known yet comes to be as a stub. */
  public record Tenant(TenantId id, Identification identification) {}

  /**
   * @param sandbox make and render messages, but hand none to a provider
   * @param skipDelay skip every delay step
   * @param tracking what of its mail is tracked, whatever channels and steps say; empty when the
   *     call leaves it to them
   * @param expiresAt from when on nobody wants its messages any more: what no provider was asked to
   *     take before is not sent; empty when they are wanted whenever they come
   */
  public record Settings(
      boolean sandbox,
      boolean skipDelay,
      Optional<MailTracking> tracking,
      Optional<Instant> expiresAt) {
    public static final Settings NONE = new Settings(false, false);

    /** Of a call that says nothing of tracking and whose messages do not expire. */
    public Settings(boolean sandbox, boolean skipDelay) {
      this(sandbox, skipDelay, Optional.empty(), Optional.empty());
    }
  }

  /** Whether opens and clicks of a trigger's mail are tracked. */
  public record MailTracking(boolean opens, boolean clicks) {}

  /** What made a trigger. */
  public sealed interface Source {
    /**
     * A call of the API.
     *
     * @param branch the branch whose content it asked for
     * @param called the trace that it said it is part of
     */
    record Api(Optional<EnvironmentId> branch, Optional<TraceContext> called) implements Source {
      /** One that names no branch and no trace. */
      public Api() {
        this(Optional.empty(), Optional.empty());
      }
    }

    /** An occurrence of a schedule. */
    record OfSchedule(ScheduleId schedule) implements Source {}

    /**
     * A page of the audience that a broadcast goes to.
     *
     * @param broadcast its key
     * @param audience the audience's key
     */
    record OfBroadcast(String broadcast, String audience) implements Source {}

    /**
     * An event of a source.
     *
     * @param source the source's key
     * @param event the event's id
     */
    record OfEvent(String source, String event) implements Source {}

    /**
     * Somebody came into an audience.
     *
     * @param audience its key
     */
    record OfAudience(String audience) implements Source {}

    /**
     * A step of a run.
     *
     * @param inARow how many triggers up to this one steps have made, each within an hour of the
     *     one that it came of; from 1
     * @param root the run that the first of them came of
     * @param branch the branch that the run is on
     * @param of the trace that the run is part of; empty for those made before runs had one
     */
    record OfStep(
        RunId run,
        StepRef step,
        int inARow,
        RunId root,
        Optional<EnvironmentId> branch,
        Optional<TraceContext> of)
        implements Source {
      /** Of a run that is on no branch and of no trace. */
      public OfStep(RunId run, StepRef step, int inARow, RunId root) {
        this(run, step, inARow, root, Optional.empty(), Optional.empty());
      }

      /** The first in its row. */
      public OfStep(RunId run, StepRef step) {
        this(run, step, 1, run);
      }
    }

    /** The branch whose content the trigger's runs read; empty for what serves. */
    default Optional<EnvironmentId> onBranch() {
      return switch (this) {
        case Api(var branch, _) -> branch;
        case OfStep(_, _, _, _, var branch, _) -> branch;
        case OfSchedule _, OfEvent _, OfAudience _, OfBroadcast _ -> Optional.empty();
      };
    }

    /** The trace that it came with; empty for the trigger's own. */
    default Optional<TraceContext> trace() {
      return switch (this) {
        case Api(_, var called) -> called;
        case OfStep(_, _, _, _, _, var of) -> of;
        case OfSchedule _, OfEvent _, OfAudience _, OfBroadcast _ -> Optional.empty();
      };
    }
  }

  /**
   * The same without what it says about somebody who was deleted: what it is, and its own data; and
   * without any data where it is a user and nobody else is named, so that nobody else needs them.
   */
  public Trigger forgetting(RecipientId whom) {
    boolean alone = whom.isUser() && recipients.stream().map(Named::id).allMatch(whom::equals);
    return new Trigger(
        environment,
        id,
        workflow,
        version,
        recipients.stream().map(it -> it.forgetting(whom)).toList(),
        actor.map(it -> it.forgetting(whom)),
        tenant,
        alone ? Json.Obj.EMPTY : data,
        cancellationKey,
        settings,
        source);
  }

  /** The recipient as the call names it; empty when the call does not. */
  public Optional<Named> named(RecipientId recipient) {
    return recipients.stream().filter(named -> named.id().equals(recipient)).findFirst();
  }

  /** The call's data with the recipient's own laid over it. */
  public Json.Obj dataFor(RecipientId recipient) {
    return named(recipient).map(named -> data.merged(named.data())).orElse(data);
  }

  /** The content that its runs read. */
  public ContentLine content() {
    return new ContentLine(environment, source.onBranch());
  }

  /** The trace that it and all that comes of it are part of. */
  public TraceContext trace() {
    return source.trace().orElseGet(() -> TraceContext.of(id));
  }

  public Optional<TenantId> tenantId() {
    return tenant.map(Tenant::id);
  }
}
