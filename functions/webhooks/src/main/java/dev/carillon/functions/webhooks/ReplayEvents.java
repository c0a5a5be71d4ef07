package dev.carillon.functions.webhooks;

import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.task.Tasks;
import dev.carillon.task.WebhooksTask;
import dev.carillon.webhook.Replay;
import dev.carillon.webhook.WebhookDeliveries;
import dev.carillon.webhook.WebhookDelivery;
import dev.carillon.webhook.WebhookDelivery.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets an endpoint's events be offered again, a page at a time. What a page leads to and the task
 * of the next page are sent together; a page that is done again changes only what it had not
 * changed, and owes once more what it had.
 */
final class ReplayEvents {
  private static final int PAGE = 50;

  private final WebhookDeliveries deliveries;
  private final Tasks tasks;

  ReplayEvents(WebhookDeliveries deliveries, Tasks tasks) {
    this.deliveries = deliveries;
    this.tasks = tasks;
  }

  /**
   * @return how many are offered again
   */
  int handle(WebhooksTask.Replay task) {
    Replay replay =
        task.droppedOnly()
            ? new Replay.DroppedSince(task.start(), task.asked())
            : new Replay.EverythingSince(task.start(), task.asked());
    Page<WebhookDelivery> page =
        deliveries.newestFirst(
            task.environment(),
            task.endpoint(),
            new TimeRange(task.start(), task.asked()),
            it -> replay.selects(it) || isReplayed(it, task.asked()),
            new PageRequest(task.cursor(), Optional.empty(), PAGE));
    var owed = new ArrayList<Tasks.Sending>();
    for (WebhookDelivery delivery : page.items()) {
      WebhookDelivery again = delivery.replayed(task.asked());
      if (again.equals(delivery) || deliveries.save(again)) {
        owed.add(new Tasks.Sending(CallEndpoint.first(delivery), Duration.ZERO));
      } else {
        // Somebody else has just changed it; the page is done again to see what it is now.
        throw new IllegalStateException("A delivery changed while it was replayed");
      }
    }
    page.next()
        .ifPresent(
            next ->
                owed.add(
                    new Tasks.Sending(
                        new WebhooksTask.Replay(
                            task.environment(),
                            task.endpoint(),
                            task.start(),
                            task.droppedOnly(),
                            task.asked(),
                            Optional.of(next)),
                        Duration.ZERO)));
    if (!owed.isEmpty()) {
      tasks.send(List.copyOf(owed));
    }
    return page.items().size();
  }

  /** Whether this replay began its round already, and it had no try of it yet. */
  private static boolean isReplayed(WebhookDelivery delivery, Instant asked) {
    return delivery.state() instanceof State.Pending(var made, var next)
        && made == 0
        && next.equals(asked);
  }
}
