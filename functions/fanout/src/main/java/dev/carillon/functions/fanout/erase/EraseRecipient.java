package dev.carillon.functions.fanout.erase;

import dev.carillon.runtime.Log;
import dev.carillon.runtime.Ports;
import dev.carillon.task.ErasedPart;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Tasks;
import java.util.Optional;

/**
 * Removes what is kept beside a deleted recipient: a page for each task, which sends the next one.
 * A page removed twice is removed once, so a task that comes again does no harm.
 */
public final class EraseRecipient {
  private final EraseLinks links;
  private final EraseMessages messages;
  private final EraseRuns runs;
  private final Tasks tasks;
  private final Log log;

  private EraseRecipient(
      EraseLinks links, EraseMessages messages, EraseRuns runs, Tasks tasks, Log log) {
    this.links = links;
    this.messages = messages;
    this.runs = runs;
    this.tasks = tasks;
    this.log = log;
  }

  /** On these ports. */
  public static EraseRecipient on(Ports ports) {
    return new EraseRecipient(
        EraseLinks.on(ports),
        EraseMessages.on(ports),
        EraseRuns.on(ports),
        ports.tasks(),
        ports.log());
  }

  /** Removes one page of one part, and sends the task of the next. */
  public void handle(FanoutTask.Erase task) {
    Optional<String> more =
        switch (task.part()) {
          case SUBSCRIBERS -> links.subscribers(task);
          case SUBSCRIPTIONS -> links.subscriptions(task);
          case SCHEDULES -> links.schedules(task);
          case AUDIENCES -> links.audiences(task);
          case MESSAGES -> messages.ofRuns(task);
          case FEEDS -> messages.ofFeeds(task);
          case EVENTS -> links.events(task);
          case RUNS -> runs.of(task);
        };
    Optional<ErasedPart> part = more.isPresent() ? Optional.of(task.part()) : task.part().next();
    part.ifPresent(
        it ->
            tasks.send(
                new FanoutTask.Erase(
                    task.environment(), task.recipient(), task.deletedAt(), it, more)));
    log.decision(
        "recipient.erased",
        "environment",
        task.environment().value(),
        "part",
        task.part().wireName(),
        "more",
        more.isPresent());
  }
}
