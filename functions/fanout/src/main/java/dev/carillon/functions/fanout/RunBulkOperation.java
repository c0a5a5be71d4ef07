package dev.carillon.functions.fanout;

import dev.carillon.bulk.BulkFailure;
import dev.carillon.bulk.BulkOperation;
import dev.carillon.bulk.BulkOperations;
import dev.carillon.bulk.BulkRow;
import dev.carillon.runtime.Log;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Tasks;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Does the rows of a bulk operation, a page for each task. How far it got is stored after the page,
 * so a task that comes again may do a page again, which is as if it were done once, and counts it
 * once.
 */
final class RunBulkOperation {
  private final BulkOperations operations;
  private final DoBulkRow rows;
  private final Tasks tasks;
  private final InstantSource clock;
  private final Log log;

  RunBulkOperation(
      BulkOperations operations, DoBulkRow rows, Tasks tasks, InstantSource clock, Log log) {
    this.operations = operations;
    this.rows = rows;
    this.tasks = tasks;
    this.clock = clock;
    this.log = log;
  }

  void handle(FanoutTask.Bulk task) {
    BulkOperation operation = operations.find(task.environment(), task.operation()).orElse(null);
    if (operation == null) {
      log.decision("bulk.gone", "operation", task.operation());
      return;
    }
    if (operation.processed() <= task.from() && !operation.completed()) {
      operation = done(operation, task);
    }
    int next = task.from() + BulkOperations.PAGE;
    if (next < operation.rows()) {
      tasks.send(new FanoutTask.Bulk(task.environment(), task.operation(), next));
    }
    log.decision(
        "bulk.page",
        "operation",
        task.operation(),
        "processed",
        operation.processed(),
        "failed",
        operation.failed().size());
  }

  /** When somebody else stored the same page meanwhile, that counts. */
  private BulkOperation done(BulkOperation operation, FanoutTask.Bulk task) {
    List<BulkRow> page = operations.rows(task.environment(), task.operation(), task.from());
    List<BulkFailure> failed = new ArrayList<>();
    for (int i = 0; i < page.size(); i++) {
      String cause = task.operation() + " " + (task.from() + i);
      rows.problem(operation.environment(), operation.at().inserted(), page.get(i), cause)
          .ifPresent(failed::add);
    }
    BulkOperation further = operation.further(page.size(), failed, clock.instant());
    return operations.save(further)
        ? further
        : operations.find(task.environment(), task.operation()).orElse(further);
  }
}
