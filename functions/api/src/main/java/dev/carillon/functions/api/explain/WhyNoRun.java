package dev.carillon.functions.api.explain;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.FanoutPages;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.trigger.Triggers;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.Workflows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why a recipient has no run: what is unknown or switched off, and what was not triggered. */
final class WhyNoRun {
  /** How many triggers are looked at, and how many pages of those whom one reaches. */
  private static final int MOST_TRIGGERS = 100;

  private static final int MOST_PAGES = 20;
  private static final int AT_ONCE = 50;

  private final Recipients recipients;
  private final Workflows workflows;
  private final Triggers triggers;
  private final FanoutPages fanoutPages;

  WhyNoRun(Recipients recipients, Workflows workflows, Triggers triggers, FanoutPages fanoutPages) {
    this.recipients = recipients;
    this.workflows = workflows;
    this.triggers = triggers;
    this.fanoutPages = fanoutPages;
  }

  /**
   * @param code a name that stays the same
   */
  record Reason(String code, String sentence) {
    Json.Obj json() {
      return Json.object().with("code", code).with("sentence", sentence);
    }
  }

  /** All that holds, what weighs most first; at least one. */
  List<Reason> reasons(
      EnvironmentId environment,
      RecipientId recipient,
      Optional<WorkflowKey> workflow,
      Optional<TenantId> tenant,
      TimeRange range) {
    var reasons = new ArrayList<Reason>();
    workflow.flatMap(key -> ofWorkflow(environment, key)).ifPresent(reasons::add);
    if (recipients.find(environment, recipient).isEmpty()) {
      reasons.add(
          new Reason("recipient_unknown", "Nobody with this id has been identified, ever."));
    }
    reasons.add(ofTriggers(environment, recipient, workflow, tenant, range));
    return reasons;
  }

  private Optional<Reason> ofWorkflow(EnvironmentId environment, WorkflowKey key) {
    Optional<Workflows.Live> live = workflows.live(environment, key);
    if (live.isEmpty()) {
      return reason(
          "workflow_unknown", "There is no workflow \"" + key.value() + "\" in this environment.");
    }
    if (live.get().archived()) {
      return reason("workflow_archived", "The workflow is archived: nothing triggers it any more.");
    }
    return live.get().active()
        ? Optional.empty()
        : reason("workflow_inactive", "The workflow is not active: triggers of it are refused.");
  }

  private static Optional<Reason> reason(String code, String sentence) {
    return Optional.of(new Reason(code, sentence));
  }

  private Reason ofTriggers(
      EnvironmentId environment,
      RecipientId recipient,
      Optional<WorkflowKey> workflow,
      Optional<TenantId> tenant,
      TimeRange range) {
    int seen = 0;
    int fitting = 0;
    Page<TriggerId> page;
    PageRequest request = PageRequest.first(AT_ONCE);
    do {
      page = triggers.newestFirst(environment, range, request);
      for (TriggerId id : page.items()) {
        seen++;
        Optional<Trigger> trigger =
            triggers
                .find(environment, id)
                .filter(it -> workflow.map(it.workflow()::equals).orElse(true))
                .filter(it -> tenant.isEmpty() || it.tenantId().equals(tenant));
        if (trigger.isPresent()) {
          fitting++;
          if (reaches(trigger.get(), recipient)) {
            return new Reason(
                "on_its_way",
                "The trigger "
                    + id
                    + " of "
                    + id.time()
                    + " is for this recipient; its run "
                    + RunId.of(id, recipient)
                    + " has not rested yet, or is not listed yet.");
          }
        }
      }
      request = new PageRequest(page.next(), Optional.empty(), AT_ONCE);
    } while (page.next().isPresent() && seen < MOST_TRIGGERS);
    String among = page.next().isPresent() ? " among the last " + seen : "";
    return fitting == 0
        ? new Reason(
            "no_trigger",
            "Nothing triggered "
                + workflow.map(it -> "the workflow").orElse("any workflow")
                + " in that time"
                + among
                + ".")
        : new Reason(
            "not_among_the_recipients",
            "There were triggers in that time ("
                + fitting
                + among
                + "), but none for this recipient, named or subscribed.");
  }

  private boolean reaches(Trigger trigger, RecipientId recipient) {
    if (trigger.named(recipient).isPresent()) {
      return true;
    }
    if (trigger.recipients().stream().allMatch(named -> named.id().isUser())) {
      return false; // nobody subscribes to a user
    }
    Optional<String> cursor = Optional.empty();
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      var page = fanoutPages.roster(trigger.environment(), trigger.id(), cursor);
      if (page.items().stream().anyMatch(it -> it.recipient().equals(recipient))) {
        return true;
      }
      cursor = page.next();
      if (cursor.isEmpty()) {
        break;
      }
    }
    return false;
  }
}
