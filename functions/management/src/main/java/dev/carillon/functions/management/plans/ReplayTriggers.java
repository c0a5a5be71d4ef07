package dev.carillon.functions.management.plans;

import dev.carillon.audience.Membership;
import dev.carillon.content.LibraryShelf;
import dev.carillon.edge.Limits;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.fetch.TemplateCache;
import dev.carillon.functions.management.plans.VersionReplay.Made;
import dev.carillon.functions.management.plans.VersionReplay.Outcome;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.Run;
import dev.carillon.run.RunContext;
import dev.carillon.runtime.LoadRunContext;
import dev.carillon.trigger.FanoutPages;
import dev.carillon.trigger.FanoutPages.Reached;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.trigger.Triggers;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Replays the triggers of the last hour in two versions of their workflows. Reads, and no more. */
final class ReplayTriggers {
  static final Duration LAST = Duration.ofHours(1);
  private static final int PAGE = 50;

  private final Triggers triggers;
  private final FanoutPages rosters;
  private final LoadRunContext load;
  private final Membership membership;

  ReplayTriggers(
      Triggers triggers, FanoutPages rosters, LoadRunContext load, Membership membership) {
    this.triggers = triggers;
    this.rosters = rosters;
    this.load = load;
    this.membership = membership;
  }

  /**
   * A workflow that would change, or whose templates use what would.
   *
   * @param before what serves; empty when nothing does
   * @param after what would serve
   */
  record Versions(Optional<Workflow> before, Workflow after) {}

  /** What the templates of either version may use. */
  record Shelves(LibraryShelf before, LibraryShelf after) {}

  /** Somebody for whom a workflow ran. */
  record Whom(WorkflowKey workflow, RecipientId recipient, Optional<TenantId> tenant) {}

  /** What somebody got of a workflow, and would get. */
  record Change(List<Made> before, List<Made> after) {
    Change() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  /**
   * What it comes to.
   *
   * @param changes of everybody, in the order of their first trigger
   * @param assumed of what kind of step only a run would know what it comes to, by workflow
   * @param looked how many triggers were looked at
   * @param runs how many runs were replayed
   * @param complete whether these are all
   */
  record Replayed(
      Map<Whom, Change> changes,
      Map<WorkflowKey, Set<String>> assumed,
      int looked,
      int runs,
      boolean complete) {}

  Replayed replay(
      EnvironmentId environment, Map<WorkflowKey, Versions> changed, Shelves shelves, Instant now) {
    var found = new ArrayList<Trigger>();
    var range = new TimeRange(now.minus(LAST), now);
    Page<TriggerId> page = triggers.newestFirst(environment, range, PageRequest.first(PAGE));
    int looked = 0;
    boolean complete = true;
    while (true) {
      for (TriggerId id : page.items()) {
        looked++;
        triggers
            .find(environment, id)
            .filter(it -> changed.containsKey(it.workflow()))
            .filter(it -> it.source().onBranch().isEmpty())
            .ifPresent(found::add);
      }
      if (page.next().isEmpty()) {
        break;
      }
      if (looked >= Limits.PLAN_TRIGGERS || found.size() >= Limits.PLAN_RUNS) {
        complete = false;
        break;
      }
      page =
          triggers.newestFirst(
              environment, range, new PageRequest(page.next(), Optional.empty(), PAGE));
    }
    var replaying = new Replaying(changed, shelves);
    for (Trigger trigger : found.reversed()) {
      complete &= replaying.trigger(trigger);
    }
    return new Replayed(replaying.changes, replaying.assumed, looked, replaying.runs, complete);
  }

  private final class Replaying {
    private final TemplateCache templates = new TemplateCache();
    private final Map<WorkflowKey, VersionReplay> before = new HashMap<>();
    private final Map<WorkflowKey, VersionReplay> after = new HashMap<>();
    private final Map<Whom, Change> changes = new LinkedHashMap<>();
    private final Map<WorkflowKey, Set<String>> assumed = new HashMap<>();
    private int runs;

    Replaying(Map<WorkflowKey, Versions> changed, Shelves shelves) {
      changed.forEach(
          (key, versions) -> {
            versions
                .before()
                .ifPresent(
                    it ->
                        before.put(
                            key, new VersionReplay(it, shelves.before(), membership, templates)));
            after.put(
                key, new VersionReplay(versions.after(), shelves.after(), membership, templates));
          });
    }

    /** False when it has more recipients than are left to be replayed. */
    boolean trigger(Trigger trigger) {
      for (Trigger.Named named : trigger.recipients()) {
        if (!run(trigger, named.id(), Optional.empty())) {
          return false;
        }
      }
      Optional<String> cursor = Optional.empty();
      do {
        Page<Reached> page = rosters.roster(trigger.environment(), trigger.id(), cursor);
        for (Reached one : page.items()) {
          if (!run(trigger, one.recipient(), Optional.of(one.via()))) {
            return false;
          }
        }
        cursor = page.next();
      } while (cursor.isPresent());
      return true;
    }

    private boolean run(Trigger trigger, RecipientId recipient, Optional<RecipientId> via) {
      if (runs == Limits.PLAN_RUNS) {
        return false;
      }
      runs++;
      WorkflowKey key = trigger.workflow();
      Run run = Run.start(trigger, recipient, via, trigger.id().time());
      VersionReplay next = after.get(key);
      RunContext context = load.load(trigger, next.workflow(), run);
      Outcome then =
          Optional.ofNullable(before.get(key))
              .map(it -> it.of(context, run))
              .orElse(Outcome.NOTHING);
      Outcome now = next.of(context, run);
      Change change =
          changes.computeIfAbsent(new Whom(key, recipient, trigger.tenantId()), _ -> new Change());
      change.before().addAll(then.made());
      change.after().addAll(now.made());
      Set<String> all = assumed.computeIfAbsent(key, _ -> new TreeSet<>());
      all.addAll(then.assumed());
      all.addAll(now.assumed());
      return true;
    }
  }
}
