package dev.carillon.functions.webhooks;

import dev.carillon.task.Tasks;
import dev.carillon.task.WebhooksTask;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import dev.carillon.timer.TimerScheduler;
import dev.carillon.webhook.WebhookAnswer;
import dev.carillon.webhook.WebhookDeliveries;
import dev.carillon.webhook.WebhookDelivery;
import dev.carillon.webhook.WebhookDelivery.State;
import dev.carillon.webhook.WebhookEndpoint;
import dev.carillon.webhook.WebhookEndpoints;
import dev.carillon.webhook.WebhookTry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * Offers a stored event to its endpoint, one try per task.
 *
 * <p>There is no claim: two copies of a task may both call, and an endpoint may hear of an event
 * twice under one id, which both protocols say it must bear. What is recorded once is the line of
 * the log: it is stored if nobody stored it meanwhile, and the next try is owed after that. A copy
 * of the task that finds the try recorded owes the next one again, as the worker that recorded it
 * may have died before it did.
 */
final class CallEndpoint {
  /** How often a line of a log or an endpoint is read anew when somebody else changed it. */
  private static final int TRIES = 8;

  private final WebhookEndpoints endpoints;
  private final WebhookDeliveries deliveries;
  private final MakeCall send;
  private final TellOfDisabling tell;
  private final TimerScheduler timers;
  private final Tasks tasks;
  private final InstantSource clock;

  CallEndpoint(
      WebhookEndpoints endpoints,
      WebhookDeliveries deliveries,
      MakeCall send,
      TellOfDisabling tell,
      TimerScheduler timers,
      Tasks tasks,
      InstantSource clock) {
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.send = send;
    this.tell = tell;
    this.timers = timers;
    this.tasks = tasks;
    this.clock = clock;
  }

  /** The task of a delivery's first try. */
  static WebhooksTask.Call first(WebhookDelivery delivery) {
    return task(delivery, 0, OptionalLong.empty());
  }

  private static WebhooksTask.Call task(WebhookDelivery delivery, int made, OptionalLong minute) {
    return new WebhooksTask.Call(
        delivery.event().environment(), delivery.endpoint(), delivery.event().id(), made, minute);
  }

  CallOutcome handle(WebhooksTask.Call task) {
    Optional<WebhookDelivery> found =
        deliveries.find(task.environment(), task.endpoint(), task.event());
    CallOutcome outcome =
        found.map(delivery -> handle(task, delivery)).orElseGet(CallOutcome.Past::new);
    task.minute().ifPresent(minute -> timers.unlist(timer(task, minute)));
    return outcome;
  }

  private CallOutcome handle(WebhooksTask.Call task, WebhookDelivery delivery) {
    if (!(delivery.state() instanceof State.Pending(var made, var next))) {
      return new CallOutcome.Past();
    }
    Instant now = clock.instant();
    if (made == task.made() + 1 || (made == task.made() && now.isBefore(next))) {
      owe(delivery, made, next, now);
      return new CallOutcome.Later();
    }
    return made == task.made() ? call(delivery) : new CallOutcome.Past();
  }

  private CallOutcome call(WebhookDelivery delivery) {
    var environment = delivery.event().environment();
    Optional<WebhookEndpoint> endpoint = endpoints.find(environment, delivery.endpoint());
    if (endpoint.filter(it -> it.health().enabled()).isEmpty()) {
      // The worker that found out that it is to be called no more may have died before it told.
      endpoint.ifPresent(tell::tell);
      Instant now = clock.instant();
      return new CallOutcome.Dropped(change(delivery, it -> it.dropped(now)));
    }
    WebhookTry made = send.make(endpoint.get(), delivery);
    Instant now = clock.instant();
    note(endpoint.get(), made.answer(), now);
    int before = made(delivery);
    WebhookDelivery recorded =
        change(delivery, it -> made(it) == before ? it.after(made, now) : it);
    if (recorded.state() instanceof State.Pending(var after, var next)) {
      owe(recorded, after, next, now);
    }
    return new CallOutcome.Called(recorded, made);
  }

  /** How many tries of its round are recorded; that of one that has ended is none of them. */
  private static int made(WebhookDelivery delivery) {
    return delivery.state() instanceof State.Pending(var made, var _) ? made : -1;
  }

  /** Notes how the endpoint fares; the one who gives it up tells the others. */
  private void note(WebhookEndpoint known, WebhookAnswer answer, Instant now) {
    Optional<WebhookEndpoint> current = Optional.of(known);
    for (int i = 0; i < TRIES && current.isPresent(); i++) {
      WebhookEndpoint before = current.get();
      WebhookEndpoint after = before.after(answer, now);
      if (after.equals(before)) {
        return;
      }
      if (endpoints.save(after)) {
        if (!after.health().enabled()) {
          tell.givenUp(after);
        }
        return;
      }
      current = endpoints.find(known.environment(), known.id());
    }
    // Others kept noting how it fares: this answer is one of many.
  }

  /** Stores the change, of what others have made of the line meanwhile if need be. */
  private WebhookDelivery change(WebhookDelivery known, UnaryOperator<WebhookDelivery> change) {
    WebhookDelivery current = known;
    for (int i = 0; i < TRIES; i++) {
      WebhookDelivery after = change.apply(current);
      if (after.equals(current)) {
        return current;
      }
      if (deliveries.save(after)) {
        return after.stored();
      }
      Optional<WebhookDelivery> found =
          deliveries.find(known.event().environment(), known.endpoint(), known.event().id());
      if (found.isEmpty()) {
        return after;
      }
      current = found.get();
    }
    throw new IllegalStateException("The delivery of " + known.event().id() + " keeps changing");
  }

  /** Sees to the next try: up to a quarter of an hour by the queue, beyond that by a timer. */
  private void owe(WebhookDelivery delivery, int made, Instant next, Instant now) {
    WebhooksTask.Call task = task(delivery, made, OptionalLong.empty());
    Timer timer = timer(task, Minutes.of(next), next);
    if (TimerScheduler.isSoon(timer, now)) {
      tasks.send(task, Tasks.Sending.clamped(Duration.between(now, next)));
    } else {
      timers.listAfterStoring(timer, now);
    }
  }

  private static Timer timer(WebhooksTask.Call task, long minute) {
    return timer(task, minute, Minutes.start(minute));
  }

  private static Timer timer(WebhooksTask.Call task, long minute, Instant due) {
    return new Timer(
        task.environment(),
        new Timer.Subject.OfWebhook(task.endpoint(), task.event()),
        task.made(),
        due,
        minute);
  }
}
