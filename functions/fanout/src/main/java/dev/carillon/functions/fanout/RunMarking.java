package dev.carillon.functions.fanout;

import dev.carillon.bulk.BulkOperation;
import dev.carillon.bulk.BulkOperations;
import dev.carillon.bulk.Marking;
import dev.carillon.bulk.Marking.Place;
import dev.carillon.event.ChangeMessage;
import dev.carillon.functions.fanout.FindMarked.Found;
import dev.carillon.functions.fanout.erase.DeleteMessage;
import dev.carillon.json.Json;
import dev.carillon.message.Mark;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Ports;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Tasks;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Changes all messages that a bulk operation selects, some pages for each task. A page is noted in
 * the operation before any of it is changed, and is counted with the write that notes the next one,
 * which holds only for who read the operation as it stands: a task that died in between is followed
 * by one that finds the same messages, and of two copies of a task one gives up.
 */
final class RunMarking {
  /** Pages of 50 that one task changes: some seconds of writes, well inside the function's time. */
  private static final int PAGES = 5;

  /** Pages that are looked at in a row although nothing in them is to be changed. */
  private static final int EMPTY_PAGES = 20;

  private final BulkOperations operations;
  private final FindMarked find;
  private final DeleteMessage delete;
  private final ChangeMessage changes;
  private final Tasks tasks;
  private final InstantSource clock;
  private final Log log;

  private RunMarking(Ports ports) {
    this.operations = ports.bulkOperations();
    this.find = FindMarked.on(ports);
    this.delete = DeleteMessage.on(ports);
    this.changes = new ChangeMessage(ports.messages(), Ports.events(ports));
    this.tasks = ports.tasks();
    this.clock = ports.clock();
    this.log = ports.log();
  }

  static RunMarking on(Ports ports) {
    return new RunMarking(ports);
  }

  void handle(FanoutTask.MarkAll task) {
    Optional<BulkOperation> operation = operations.find(task.environment(), task.operation());
    for (int page = 0;
        page <= PAGES && operation.filter(it -> !it.completed()).isPresent();
        page++) {
      operation = further(operation.get());
      if (operation.isEmpty()) {
        log.decision("marking.overtaken", "operation", task.operation());
        return; // by another copy of the task, which goes on
      }
    }
    if (operation.filter(it -> !it.completed()).isPresent()) {
      tasks.send(task);
    }
    log.decision(
        "marking.went_on",
        "environment",
        task.environment().value(),
        "operation",
        task.operation(),
        "processed",
        operation.map(BulkOperation::processed).orElse(0),
        "completed",
        operation.map(BulkOperation::completed).orElse(true));
  }

  /** Changes what is noted and notes what is next; empty when somebody else did. */
  private Optional<BulkOperation> further(BulkOperation operation) {
    Marking marking = operation.marking().orElseThrow();
    marking.noted().forEach(id -> change(operation, marking.mark(), id));
    Optional<Place> place = marking.next();
    List<MessageId> found = List.of();
    OptionalInt about = OptionalInt.empty();
    for (int i = 0; i < EMPTY_PAGES && found.isEmpty() && place.isPresent(); i++) {
      Found page = find.at(operation.environment(), marking, place.get());
      found = page.ids();
      place = page.next();
      about = page.about();
    }
    int known = operation.processed() + marking.noted().size();
    OptionalInt estimate =
        about.isPresent() ? OptionalInt.of(known + about.getAsInt()) : OptionalInt.empty();
    BulkOperation further =
        operation.marked(marking.found(found, place), estimate, clock.instant());
    return operations.save(further) ? Optional.of(further.stored()) : Optional.empty();
  }

  private void change(BulkOperation operation, Optional<Mark> mark, MessageId id) {
    if (mark.isEmpty()) {
      delete.delete(operation.environment(), id);
      return;
    }
    Instant now = clock.instant();
    switch (changes.change(operation.environment(), id, it -> marked(it, mark.get(), now))) {
      case ChangeMessage.Result.Saved _, ChangeMessage.Result.Missing _ -> {}
      // A task that marked it may have died before it told anybody.
      case ChangeMessage.Result.Unchanged(var message) ->
          changes.publishAgain(message, mark.get()::tells);
      case ChangeMessage.Result.Contended _ ->
          throw new IllegalStateException("Message " + id + " keeps changing");
    }
  }

  private static Message marked(Message message, Mark mark, Instant now) {
    return mark.holds(message) ? message : mark.on(message, Json.Obj.EMPTY, now);
  }
}
