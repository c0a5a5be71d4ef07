package dev.carillon.functions.management.plans;

import dev.carillon.audience.Membership;
import dev.carillon.batch.BatchId;
import dev.carillon.batch.Batches;
import dev.carillon.condition.Facts;
import dev.carillon.condition.StepStatus;
import dev.carillon.condition.Verdict;
import dev.carillon.content.Assets;
import dev.carillon.content.LibraryShelf;
import dev.carillon.fetch.RenderTexts;
import dev.carillon.fetch.TemplateCache;
import dev.carillon.json.Json;
import dev.carillon.run.Run;
import dev.carillon.run.RunContext;
import dev.carillon.run.decision.Decide;
import dev.carillon.run.decision.Move;
import dev.carillon.run.decision.StepInput;
import dev.carillon.throttle.ThrottleId;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one version of a workflow makes of triggers, which are to be replayed in their order. Each
 * step is decided as in a run, on what is known of people now; nothing is stored, sent or asked of
 * anybody. Waits pass at once, and what only a run would learn is assumed, which is said.
 */
final class VersionReplay {
  /** More than a workflow has, even where quiet hours hold each of its steps. */
  private static final int MOST_STEPS = 500;

  private final Workflow workflow;
  private final LibraryShelf shelf;
  private final Membership membership;
  private final TemplateCache templates;
  private final Map<BatchId, Open> openBatches = new HashMap<>();
  private final Map<ThrottleId, Budget> budgets = new HashMap<>();

  private record Budget(Instant end, int passed) {}

  /** Whether a run waits for its close already. */
  private record Open(Instant closes, boolean held) {}

  /**
   * A message that would be made.
   *
   * @param template what it would be rendered from
   * @param parts and the layouts, partials and texts that this may use
   */
  record Made(String channel, Json.Obj template, Assets.Library parts) {}

  /**
   * What a run comes to.
   *
   * @param assumed the types of the steps of which only a run would know what they come to
   */
  record Outcome(List<Made> made, Set<String> assumed) {
    static final Outcome NOTHING = new Outcome(List.of(), Set.of());
  }

  /**
   * @param shelf what its templates may use
   */
  VersionReplay(
      Workflow workflow, LibraryShelf shelf, Membership membership, TemplateCache templates) {
    this.workflow = workflow;
    this.shelf = shelf;
    this.membership = membership;
    this.templates = templates;
  }

  Workflow workflow() {
    return workflow;
  }

  /**
   * @param context of whatever version
   * @param run before its first step
   */
  Outcome of(RunContext context, Run run) {
    var walk = new Walk(context.with(workflow, context.participants()).with(shelf), run);
    walk.walk();
    return new Outcome(List.copyOf(walk.made), Set.copyOf(walk.assumed));
  }

  private final class Walk {
    private final RunContext context;
    private final List<Made> made = new ArrayList<>();
    private final Set<String> assumed = new TreeSet<>();
    private final Map<String, StepStatus> statuses = new HashMap<>();
    private final Set<StepRef> turnedAway = new HashSet<>();
    private Run run;
    private Instant now;

    Walk(RunContext context, Run run) {
      this.context = context;
      this.run = run;
      this.now = run.effectiveAt();
    }

    void walk() {
      Facts facts = known(context.facts(run, now), workflow.conditions().audiences());
      if (!Verdict.of(workflow.conditions(), facts).holds()) {
        return;
      }
      if (workflow.frequency() != Workflow.Frequency.EVERY_TRIGGER) {
        assumed.add("trigger_frequency");
      }
      Optional<Step> next = workflow.steps().stream().findFirst();
      for (int taken = 0; next.isPresent() && taken < MOST_STEPS; taken++) {
        next = isOverflowOfABudgetKept(next.get()) ? Optional.empty() : take(next.get());
      }
    }

    private Facts known(Facts facts, Collection<String> audiences) {
      return context
          .participants()
          .recipient()
          .filter(_ -> !audiences.isEmpty())
          .map(
              it ->
                  facts.withAudiences(
                      membership.of(run.environment(), audiences, it, run.tenant(), now)))
          .orElse(facts);
    }

    private StepInput input(Step step) {
      Facts facts = context.facts(run, now).withStatuses(statuses);
      var texts =
          new RenderTexts(
              () -> templates.of(context.library()), workflow, facts.open(), context.zone().zone());
      var input = new StepInput(context, run, facts, facts, texts);
      return input.withAudiences(known(facts, Decide.audiences(step, input)).audiences());
    }

    private Optional<Step> take(Step step) {
      Optional<Step> after = workflow.after(step.ref());
      return switch (Decide.at(step, input(step)).move()) {
        case Move.Deliver(var channel, var offers, _) -> {
          offers.forEach(
              it ->
                  made.add(
                      new Made(
                          it.channel().key(),
                          channel.template(),
                          context.libraryOf(channel.template()))));
          statuses.put(
              step.ref().value(),
              new StepStatus.Made(List.of(new StepStatus.Standing("sent", Set.of()))));
          yield after;
        }
        case Move.Skip _ -> {
          statuses.put(step.ref().value(), new StepStatus.Skipped());
          yield after;
        }
        case Move.WaitUntil(var at, _) -> {
          now = at;
          yield after;
        }
        case Move.Hold(var at, _) -> {
          now = at;
          yield Optional.of(step);
        }
        case Move.Collect(_, var batch, var terms, _) -> collect(step, batch, terms, after);
        case Move.Pass(var throttle, var budget, var end, _) -> pass(throttle, budget, end, after);
        case Move.Enter(var arm, _, _) -> workflow.into(step.ref(), arm);
        case Move.Listen(var wait, _, var until, _) -> {
          assumed.add(step.type());
          now = until;
          yield wait.haltsOnTimeout() ? Optional.empty() : after;
        }
        case Move.ChangeData(var patch) -> {
          run = run.carrying(run.carried().withData(context.data(run).merged(patch)));
          yield after;
        }
        case Move.Fetch _, Move.StartWorkflow _, Move.Identify _ -> {
          assumed.add(step.type());
          yield after;
        }
        case Move.Fail _ -> Optional.empty();
      };
    }

    /**
     * The first that comes goes on when the batch closes, and the others are in what it sends;
     * where the first stays outside, the second does.
     */
    private Optional<Step> collect(
        Step step, BatchId batch, Batches.Terms terms, Optional<Step> after) {
      assumed.add(step.type());
      Open open = openBatches.get(batch);
      if (open == null || !now.isBefore(open.closes())) {
        openBatches.put(batch, new Open(terms.closeAt(), !terms.leading()));
        now = terms.leading() ? now : terms.closeAt();
        return after;
      }
      if (open.held()) {
        return Optional.empty();
      }
      openBatches.put(batch, new Open(open.closes(), true));
      now = open.closes();
      return after;
    }

    private Optional<Step> pass(
        Step.Throttle step, ThrottleId throttle, Instant end, Optional<Step> after) {
      assumed.add(step.type());
      Budget budget =
          Optional.ofNullable(budgets.get(throttle))
              .filter(it -> now.isBefore(it.end()))
              .orElseGet(() -> new Budget(end, 0));
      if (budget.passed() < step.limit()) {
        budgets.put(throttle, new Budget(budget.end(), budget.passed() + 1));
        return after;
      }
      turnedAway.add(step.ref());
      statuses.put(step.ref().value(), new StepStatus.Skipped());
      return switch (step.onExceeded()) {
        case DROP -> Optional.empty();
        case BATCH -> workflow.overflowBatch(step.ref());
      };
    }

    /** A run that no throttle turned away ends before the batch for those that one did. */
    private boolean isOverflowOfABudgetKept(Step step) {
      List<StepRef> throttles =
          workflow.allSteps().stream()
              .map(Step::ref)
              .filter(it -> workflow.overflowBatch(it).equals(Optional.of(step)))
              .toList();
      return step instanceof Step.Batch
          && !throttles.isEmpty()
          && throttles.stream().noneMatch(turnedAway::contains);
    }
  }
}
