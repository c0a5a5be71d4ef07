package dev.carillon.workflow;

import dev.carillon.channel.ChannelType;
import dev.carillon.condition.Conditions;
import dev.carillon.json.Json;
import dev.carillon.window.Period;
import dev.carillon.window.SendWindowMode;
import dev.carillon.window.SendWindows;
import dev.carillon.window.Window;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One step of a workflow. What each kind does is decided in {@link
 * dev.carillon.run.decision.Decide}.
 */
public sealed interface Step {

  StepRef ref();

  Conditions conditions();

  /** The name of the kind in workflow files and logs: {@code channel}, {@code delay}, … */
  String type();

  /** The ways on among which the step chooses; none for a step that does not choose. */
  default List<? extends StepPath> ways() {
    return List.of();
  }

  /**
   * Makes a message on a channel.
   *
   * @param template the channel's template, as the file gives it, its files read in
   * @param overrides {@code channel_overrides}: templates for addresses and headers
   * @param sendWindows when it may send
   * @param outside what becomes of it at other times
   */
  record ChannelStep(
      StepRef ref,
      Conditions conditions,
      ChannelType channelType,
      Destination destination,
      Json.Obj template,
      Json.Obj overrides,
      SendWindows sendWindows,
      SendWindowMode outside)
      implements Step {
    @Override
    public String type() {
      return "channel";
    }

    /** Whether there are hours in which it lets the run wait. */
    public boolean holdsRun() {
      return outside == SendWindowMode.HOLD_RUN && !sendWindows.equals(SendWindows.ALWAYS);
    }

    /** The same step, free to send at any time. */
    public ChannelStep atAnyTime() {
      return new ChannelStep(
          ref,
          conditions,
          channelType,
          destination,
          template,
          overrides,
          SendWindows.ALWAYS,
          outside);
    }
  }

  /** Where a channel step sends to. */
  sealed interface Destination {
    /**
     * One channel.
     *
     * @param keyOrId its key or UUID
     */
    record One(String keyOrId) implements Destination {}

    /** Those channels of a group whose rules hold. */
    record Group(String key) implements Destination {}

    /** As files and logs name it. */
    default String name() {
      return switch (this) {
        case One(var keyOrId) -> keyOrId;
        case Group(var key) -> key;
      };
    }
  }

  /** Lets the run wait. */
  record Delay(StepRef ref, Conditions conditions, Window window) implements Step {
    @Override
    public String type() {
      return "delay";
    }
  }

  /**
   * Holds runs back and lets one of them go on for all that came in while its window was open.
   *
   * @param key what else sets batches of one recipient apart; empty when nothing does
   * @param window how long a batch stays open, counted from its first activity
   * @param sliding whether and how far each further activity moves the close
   * @param maxItems how many activities close it at once: 2 to 1,000; empty when nothing but time
   *     does
   * @param renderLimit how many activities templates get to see: 1 to 100
   */
  record Batch(
      StepRef ref,
      Conditions conditions,
      Optional<Text> key,
      Window window,
      Optional<Sliding> sliding,
      Order order,
      OptionalInt maxItems,
      int renderLimit,
      BatchMode mode,
      BatchIdentity identity)
      implements Step {
    @Override
    public String type() {
      return "batch";
    }
  }

  /**
   * Every activity moves the close to its own time plus the window, at most this long after the
   * batch was opened; empty when there is no such limit.
   */
  record Sliding(Optional<Period> extensionLimit) {}

  /** Which activities of a batch templates see when there are more than the limit. */
  enum Order {
    FIRST,
    LAST
  }

  enum BatchMode {
    ACCUMULATE,
    /** The first activity goes on alone, at once; the batch collects what follows it. */
    FLUSH_LEADING
  }

  /** What a batch is a batch of, beside its recipient and key. */
  enum BatchIdentity {
    /** Of the step, whatever the version of the workflow. */
    LATEST,
    /** Of the version of the workflow, so that all its keyless batch steps share one batch. */
    PINNED
  }

  /**
   * Lets a run pass while fewer than {@code limit} did so within the window.
   *
   * @param key what else sets budgets apart; empty when nothing does
   * @param window how long a window lasts, counted from the run that opens it
   */
  record Throttle(
      StepRef ref,
      Conditions conditions,
      Optional<Text> key,
      int limit,
      Window window,
      OnExceeded onExceeded,
      ThrottleScope scope)
      implements Step {
    @Override
    public String type() {
      return "throttle";
    }
  }

  enum OnExceeded {
    /** The run ends. */
    DROP,
    /**
     * The run goes on at the next batch step of the same row of steps. A run within the budget
     * takes the steps up to that batch step and ends there.
     */
    BATCH
  }

  /** Whose budget a throttle keeps, beside that of the recipient. */
  enum ThrottleScope {
    WORKFLOW,
    /** One for all workflows whose throttles have this scope and the same key. */
    ENVIRONMENT
  }

  /**
   * Goes into the first branch whose conditions hold.
   *
   * @param branches 1 to 10; the conditions of the last always hold
   */
  record Branch(StepRef ref, List<BranchPath> branches) implements Step {
    public Branch {
      branches = List.copyOf(branches);
    }

    @Override
    public Conditions conditions() {
      return Conditions.ALWAYS;
    }

    @Override
    public List<BranchPath> ways() {
      return branches;
    }

    @Override
    public String type() {
      return "branch";
    }
  }

  /** One of several ways on. */
  sealed interface StepPath {
    String name();

    /** May be none. */
    List<Step> steps();

    /** Whether the run ends behind the last of its steps. */
    boolean terminates();
  }

  /** A way that is gone when its conditions hold. */
  record BranchPath(String name, Conditions conditions, List<Step> steps, boolean terminates)
      implements StepPath {
    public BranchPath {
      steps = List.copyOf(steps);
    }
  }

  /**
   * Goes into a branch by chance, the same one for the same key each time.
   *
   * @param key empty: the recipient's id
   * @param cohorts 2 to 10, their shares together 1,000
   */
  record RandomCohort(StepRef ref, Conditions conditions, Optional<Text> key, List<Cohort> cohorts)
      implements Step {
    public RandomCohort {
      cohorts = List.copyOf(cohorts);
    }

    @Override
    public List<Cohort> ways() {
      return cohorts;
    }

    @Override
    public String type() {
      return "random_cohort";
    }
  }

  /**
   * A way that is gone by chance.
   *
   * @param permille its share, in thousandths
   */
  record Cohort(String name, int permille, List<Step> steps, boolean terminates)
      implements StepPath {
    public Cohort {
      steps = List.copyOf(steps);
    }
  }

  /**
   * Asks a service of the customer's and lays its answer over the run's data.
   *
   * @param request {@code method}, in upper case, {@code url}, {@code headers}, {@code
   *     query_params} and, if the method is POST or PUT, {@code body}: templates, as the file gives
   *     them
   * @param responsePath below which path of the data the answer goes; empty: at its root
   * @param signingKey a template of the key that signs the request
   */
  record Fetch(
      StepRef ref,
      Conditions conditions,
      Json.Obj request,
      Optional<String> responsePath,
      Optional<Text> signingKey)
      implements Step {
    @Override
    public String type() {
      return "http_fetch";
    }
  }

  /**
   * Triggers another workflow. What is left out is as in the run.
   *
   * @param workflow a template of the key of the workflow
   */
  record TriggerWorkflow(
      StepRef ref,
      Conditions conditions,
      Text workflow,
      Optional<Text> recipients,
      Optional<Text> actor,
      Optional<Text> tenant,
      Optional<Text> data,
      Optional<Text> cancellationKey)
      implements Step {
    @Override
    public String type() {
      return "trigger_workflow";
    }
  }

  /**
   * Waits for something to happen to the recipient.
   *
   * @param match conditions on {@code event.*} beside all else
   */
  record WaitForEvent(
      StepRef ref,
      Conditions conditions,
      EventSource event,
      Conditions match,
      Window expiresAfter,
      boolean haltsOnMatch,
      boolean haltsOnTimeout)
      implements Step {
    @Override
    public String type() {
      return "wait_for_event";
    }
  }

  /** What a run can wait for. */
  sealed interface EventSource {
    /** A message of that workflow gets that status: {@code seen}, {@code interacted}, … */
    record OfMessage(String workflow, String event) implements EventSource {}

    /**
     * A message of a broadcast or guide gets that status; there are no guides yet, so a wait for
     * one ends by time only.
     *
     * @param kind {@code broadcast} or {@code guide}
     */
    record OfOtherMessage(String kind, String key, String event) implements EventSource {}

    /** A run of that workflow {@code started} or {@code completed}. */
    record OfWorkflow(String workflow, String event) implements EventSource {}

    /** The recipient was {@code updated}. */
    record OfRecipient(String event) implements EventSource {}

    /** The recipient came into or left ({@code enter}, {@code exit}) an audience. */
    record OfAudience(String audience, String event) implements EventSource {}

    /** An event that came in from outside; none does yet, so such a wait ends by time only. */
    record OfSource(String source, String event) implements EventSource {}
  }

  /**
   * Lays JSON over the run's data.
   *
   * @param data a template of an object in JSON
   */
  record UpdateData(StepRef ref, Conditions conditions, Text data) implements Step {
    @Override
    public String type() {
      return "update_data";
    }
  }

  /**
   * Merges properties into a user, an object or a tenant, which comes to be when it is new.
   *
   * @param target a template of {@code gid://Object/{collection}/{id}}; empty: the run's recipient,
   *     or for a tenant the run's tenant
   * @param properties a template of an object in JSON
   */
  record UpdateRecipient(
      StepRef ref, Conditions conditions, Updated kind, Optional<Text> target, Text properties)
      implements Step {
    @Override
    public String type() {
      return switch (kind) {
        case USER -> "update_user";
        case OBJECT -> "update_object";
        case TENANT -> "update_tenant";
      };
    }
  }

  enum Updated {
    USER,
    OBJECT,
    TENANT
  }

  /** A text of a step's settings that comes to something only for a run. */
  sealed interface Text {
    /** Leads to a value: {@code data.project_id}. A path without a known prefix is below data. */
    record Path(String path) implements Text {}

    /** To be rendered: {@code {{data.kind}}-{{actor.id}}}; plain text renders to itself. */
    record Template(String source) implements Text {}

    /** A key's text is a path unless it holds something to be rendered. */
    static Text ofKey(String text) {
      return text.contains("{{") ? new Template(text) : new Path(text.strip());
    }
  }
}
