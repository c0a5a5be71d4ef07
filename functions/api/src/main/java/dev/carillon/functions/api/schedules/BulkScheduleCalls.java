package dev.carillon.functions.api.schedules;

import static dev.carillon.edge.access.Access.SECRET_KEY;
import static dev.carillon.edge.route.Operation.at;

import dev.carillon.bulk.BulkFailure;
import dev.carillon.bulk.BulkOperation;
import dev.carillon.bulk.BulkOperationId;
import dev.carillon.bulk.BulkOperations;
import dev.carillon.bulk.BulkRow;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.Limits;
import dev.carillon.edge.RequestValue;
import dev.carillon.edge.route.Operation;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.api.bulk.BulkOperationView;
import dev.carillon.functions.api.recipients.IdentifyRecipients;
import dev.carillon.rate.RateTier;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Tasks;
import dev.carillon.trigger.Trigger;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.Workflows;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code POST /v1/schedules/bulk/create}: up to a thousand schedules, each for one recipient. The
 * body is checked as a whole; tasks then identify those whom it describes and make the schedules.
 * An entry without a recipient is a row that fails, and nobody whom it describes is identified.
 */
final class BulkScheduleCalls {
  static final List<Operation<BulkScheduleCalls>> OPERATIONS =
      List.of(
          at(
              RateTier.TIER_1,
              Operation.post("/v1/schedules/bulk/create", SECRET_KEY, BulkScheduleCalls::create)));

  private final BulkOperations operations;
  private final IdentifyRecipients identify;
  private final Workflows workflows;
  private final Tasks tasks;
  private final InstantSource clock;

  BulkScheduleCalls(
      BulkOperations operations,
      IdentifyRecipients identify,
      Workflows workflows,
      Tasks tasks,
      InstantSource clock) {
    this.operations = operations;
    this.identify = identify;
    this.workflows = workflows;
    this.tasks = tasks;
    this.clock = clock;
  }

  HttpResponse create(HttpRequest request, EnvironmentId environment) {
    var naming = identify.reader(environment);
    Instant now = clock.instant();
    var id = BulkOperationId.of(request.id());
    var known = new HashSet<WorkflowKey>();
    var rows = new ArrayList<BulkRow>();
    var plans = new ArrayList<BulkRow>();
    var body = request.fields().only(Set.of("schedules"));
    for (RequestValue value : body.required("schedules").list(1, Limits.BULK_ROWS)) {
      var entry = ScheduleRequest.single(value.object(), naming);
      if (known.add(entry.workflow())) {
        check(environment, entry.workflow(), value.path());
      }
      if (entry.recipients().isEmpty()) {
        plans.add(forNobody(value.path()));
        continue;
      }
      rows.addAll(identified(entry));
      String cause = id + " " + plans.size();
      plans.add(new BulkRow.Plan(entry.schedules(environment, cause, now).getFirst()));
    }
    rows.addAll(plans);
    var operation =
        operations.create(
            BulkOperation.of(environment, id, "schedules.create", rows.size(), now), rows);
    tasks.send(new FanoutTask.Bulk(environment, id, 0));
    return HttpResponse.ok(BulkOperationView.of(operation));
  }

  /** Knock's interface lets an entry be without a recipient; there is nothing to make of it. */
  private static BulkRow forNobody(String path) {
    return new BulkRow.Refused(new BulkFailure(Optional.empty(), path, "has no recipient"));
  }

  private void check(EnvironmentId environment, WorkflowKey workflow, String path) {
    if (workflows.live(environment, workflow).filter(it -> !it.archived()).isEmpty()) {
      throw ErrorCode.WORKFLOW_MISSING.at(
          path + ".workflow", "There is no workflow with this key.");
    }
  }

  /** Those whom the entry describes, before anything is scheduled for them. */
  private static List<BulkRow> identified(ScheduleRequest entry) {
    var rows = new ArrayList<BulkRow>();
    var people = new ArrayList<>(entry.recipients());
    entry.actor().ifPresent(people::add);
    for (Trigger.Named named : people) {
      named.identification().ifPresent(it -> rows.add(new BulkRow.Identify(named.id(), it)));
    }
    entry
        .tenant()
        .ifPresent(it -> rows.add(new BulkRow.Identify(it.id().recipient(), it.identification())));
    return rows;
  }
}
