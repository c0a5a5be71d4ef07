package dev.carillon.webhook;

import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.trigger.TraceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An event on its way to an endpoint, and every try to bring it there: a line of the endpoint's
 * log.
 *
 * @param tries oldest first, at most the latest {@value #MAX_TRIES}
 * @param revision 0 before it is first stored, then the number of times it was
 */
public record WebhookDelivery(
    WebhookEvent event,
    WebhookEndpointId endpoint,
    State state,
    List<WebhookTry> tries,
    long revision,
    Instant insertedAt) {
  /** Those of a first round and of several replays. */
  public static final int MAX_TRIES = 50;

  public WebhookDelivery {
    tries = List.copyOf(tries);
  }

  public sealed interface State {
    /**
     * To be tried.
     *
     * @param made how many tries this round had; a replay begins another
     * @param next not before then
     */
    record Pending(int made, Instant next) implements State {}

    /** The endpoint took it. */
    record Taken(Instant at) implements State {}

    /** It was not taken and is not tried any more. */
    record Dropped(Instant at) implements State {}
  }

  /** To be tried at once. */
  public static WebhookDelivery of(WebhookEvent event, WebhookEndpointId endpoint, Instant now) {
    return new WebhookDelivery(event, endpoint, new State.Pending(0, now), List.of(), 0, now);
  }

  /**
   * When it may be tried, if it may be.
   *
   * @return empty when it has ended
   */
  public Optional<Instant> due() {
    return switch (state) {
      case State.Pending(var _, var next) -> Optional.of(next);
      case State.Taken _, State.Dropped _ -> Optional.empty();
    };
  }

  /** After a try. One that has ended stays so; a late answer is logged and no more. */
  public WebhookDelivery after(WebhookTry made, Instant now) {
    State next =
        switch (state) {
          case State.Pending(var before, var _) -> next(before + 1, made.answer(), now);
          case State.Taken _, State.Dropped _ -> state;
        };
    var all = new ArrayList<>(tries);
    all.add(made);
    return with(
        next, all.size() <= MAX_TRIES ? all : all.subList(all.size() - MAX_TRIES, all.size()));
  }

  private State next(int made, WebhookAnswer answer, Instant now) {
    if (answer.succeeded()) {
      return new State.Taken(now);
    }
    return WebhookRetry.next(endpoint, event.id(), made, answer, now)
        .<State>map(at -> new State.Pending(made, at))
        .orElseGet(() -> new State.Dropped(now));
  }

  /** Given up because its endpoint was; the same when it has ended. */
  public WebhookDelivery dropped(Instant now) {
    return switch (state) {
      case State.Pending _ -> with(new State.Dropped(now), tries);
      case State.Taken _, State.Dropped _ -> this;
    };
  }

  /** To be tried anew from now on, under the same id; the same while it is to be tried anyway. */
  public WebhookDelivery replayed(Instant now) {
    return switch (state) {
      case State.Pending _ -> this;
      case State.Taken _, State.Dropped _ -> with(new State.Pending(0, now), tries);
    };
  }

  /**
   * The span of the request that was made at that instant, which no other request is: 16
   * hexadecimal digits.
   */
  public String spanAt(Instant at) {
    return TraceContext.span("webhook", endpoint.toString(), event.id(), at.toString());
  }

  public WebhookDelivery stored() {
    return new WebhookDelivery(event, endpoint, state, tries, revision + 1, insertedAt);
  }

  /**
   * Where it stands in its endpoint's log: by the second in which it happened, within one in no
   * order that means anything.
   */
  public String position() {
    return event.id();
  }

  private WebhookDelivery with(State nextState, List<WebhookTry> nextTries) {
    return new WebhookDelivery(event, endpoint, nextState, nextTries, revision, insertedAt);
  }
}
