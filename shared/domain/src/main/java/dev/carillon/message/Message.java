package dev.carillon.message;

import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TraceContext;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One message to one recipient on one channel: what it is, where it stands, and all that happened
 * to it. What it says is its {@link MessageContent}, stored once beside it.
 *
 * @param engagement what the recipient did, each with the instant of the latest such action
 * @param attempts the tries to hand it to the provider, oldest first; the last may be under way
 * @param events every change of a status, oldest first
 * @param externalId what the provider calls it; empty until the provider accepted
 * @param scheduledAt when a send window opens that it was held back for; empty when none did
 * @param revision 0 before it is first stored, then the number of times it was
 */
public record Message(
    MessageOrigin origin,
    DeliveryStatus status,
    Map<Engagement, Instant> engagement,
    List<Attempt> attempts,
    List<Event> events,
    Optional<String> externalId,
    Optional<Instant> scheduledAt,
    long revision,
    Instant updatedAt) {

  private static final String TRACKING = "tracking";
  private static final String EXPIRES_AT = "expires_at";
  private static final String TRACE = "trace";

  /** Why a message is withheld that nobody wants any more. */
  public static final String EXPIRED = "expired";

  /** Why a message is withheld whose run was cancelled. */
  public static final String CANCELLED = "cancelled";

  /**
   * How many events a message keeps; beyond it an action still moves its timestamp, and only a
   * change of its status adds one.
   */
  public static final int MAX_EVENTS = 500;

  /** Marks the event of a bounce that a delivery may outweigh. */
  private static final String IN_PASSING = "transient";

  public Message {
    attempts = List.copyOf(attempts);
    events = List.copyOf(events);
    var inOrder = new EnumMap<Engagement, Instant>(Engagement.class);
    inOrder.putAll(engagement);
    engagement = Collections.unmodifiableMap(inOrder);
  }

  /** In that status, with no attempt and no event yet, never stored. */
  public Message(MessageOrigin origin, DeliveryStatus status) {
    this(
        origin,
        status,
        Map.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        0,
        origin.insertedAt());
  }

  public record Source(
      WorkflowKey workflow,
      VersionId version,
      List<String> categories,
      StepRef step,
      TriggerId trigger,
      RunId run) {
    public Source {
      categories = List.copyOf(categories);
    }
  }

  /**
   * One change of a status.
   *
   * @param type as the API names it, without the prefix {@code message.}
   * @param data details; empty for most
   */
  public record Event(String type, Instant at, Json.Obj data) {}

  /**
   * In another delivery status, with the event that says so; unchanged when it may not become it. A
   * mail that only {@linkplain #bouncedInPassing bounced in passing} may still have arrived.
   */
  public Message become(DeliveryStatus next, Json.Obj details, Instant now) {
    boolean outweighs =
        (next == DeliveryStatus.DELIVERED || next == DeliveryStatus.BOUNCED)
            && hasBouncedInPassing();
    return status.mayBecome(next, channelType()) || outweighs
        ? copy(
            next,
            engagement,
            attempts,
            withChange(new Event(next.wireName(), now, details)),
            externalId,
            now)
        : this;
  }

  /**
   * It bounced, but not for good: a mailbox was full, or a reply that nobody wrote came back after
   * the mail had arrived. Of a mail that is weaker than a delivery, whichever is heard of first;
   * elsewhere it is a bounce as any other.
   */
  public Message bouncedInPassing(Json.Obj details, Instant now) {
    if (channelType() != ChannelType.EMAIL) {
      return become(DeliveryStatus.BOUNCED, details, now);
    }
    return status == DeliveryStatus.DELIVERED || status == DeliveryStatus.BOUNCED
        ? this
        : become(DeliveryStatus.BOUNCED, details.with(IN_PASSING, Json.TRUE), now);
  }

  private boolean hasBouncedInPassing() {
    var bounces =
        sinceTriedAnew()
            .filter(event -> event.type().equals(DeliveryStatus.BOUNCED.wireName()))
            .toList();
    return status == DeliveryStatus.BOUNCED
        && !bounces.isEmpty()
        && bounces.stream()
            .allMatch(event -> Json.TRUE.equals(event.data().fields().get(IN_PASSING)));
  }

  /**
   * What its first event, {@code created}, says of it for good: that links, opens or both are
   * tracked, until when it is wanted, and which trace it is of where that is not its trigger's own.
   */
  public static Json.Obj madeAs(
      boolean links, boolean opens, Optional<Instant> expiresAt, Optional<TraceContext> trace) {
    Json.Obj made = Json.Obj.EMPTY;
    if (expiresAt.isPresent()) {
      made = made.with(EXPIRES_AT, expiresAt.get().toString());
    }
    if (trace.isPresent()) {
      made = made.with(TRACE, trace.get().toString());
    }
    return links || opens
        ? made.with(
            TRACKING, Json.object().with("links", Json.of(links)).with("opens", Json.of(opens)))
        : made;
  }

  /** The trace that it is part of: its trigger's. */
  public TraceContext trace() {
    Optional<Event> made = events.stream().findFirst();
    return made.flatMap(it -> it.data().text(TRACE))
        .map(TraceContext::parse)
        .orElseGet(() -> TraceContext.of(source().trigger()));
  }

  /** Whether any of its links, or its being opened, is tracked. */
  public boolean tracked() {
    return !events.isEmpty() && events.getFirst().data().get(TRACKING).isPresent();
  }

  /** From when on nobody wants it any more; empty when it is wanted whenever it comes. */
  public Optional<Instant> expiresAt() {
    return events.isEmpty()
        ? Optional.empty()
        : events.getFirst().data().text(EXPIRES_AT).map(Instant::parse);
  }

  /**
   * It is not to be sent any more, for that reason: {@code not_sent}. When an earlier attempt may
   * have reached the provider nobody can say so: {@code undelivered}, {@code ambiguous}.
   */
  public Message withheld(String reason, Instant now) {
    return attempts.stream().anyMatch(it -> it.result() instanceof Attempt.Result.Ambiguous)
        ? become(
            DeliveryStatus.UNDELIVERED,
            Json.object().with("failure_reason", "ambiguous").with("failure_details", reason),
            now)
        : become(DeliveryStatus.NOT_SENT, Json.object().with("reason", reason), now);
  }

  /** Marks the event of a retry that somebody asked for. */
  private static final String BY_HAND = "by_hand";

  /** Its events' detail: how many attempts had been made by then. */
  private static final String ATTEMPTS = "attempts";

  /** And what the provider called the message that failed, if it took it. */
  private static final String EXTERNAL_ID = "external_id";

  /**
   * Queued once more because somebody asked for it: the one way out of a final status. Unchanged
   * when it did not fail, when an attempt at it is still under way, or when it is of a feed.
   */
  public Message retried(Instant now) {
    boolean failed = status == DeliveryStatus.UNDELIVERED || status == DeliveryStatus.BOUNCED;
    boolean counted = events.size() < MAX_EVENTS;
    boolean underWay =
        lastAttempt()
            .map(Attempt::result)
            .filter(Attempt.Result.Claimed.class::isInstance)
            .isPresent();
    Json.Obj counts =
        Json.object().with(BY_HAND, Json.TRUE).with(ATTEMPTS, Json.of(attempts.size()));
    Json.Obj details = externalId.map(id -> counts.with(EXTERNAL_ID, id)).orElse(counts);
    return failed && counted && !underWay && channelType() != ChannelType.IN_APP_FEED
        ? copy(
            DeliveryStatus.QUEUED,
            engagement,
            attempts,
            withChange(new Event(DeliveryStatus.QUEUED.wireName(), now, details)),
            externalId,
            now)
        : this;
  }

  /**
   * Whether the provider called it that before somebody asked for it to be tried anew: a failure
   * that is reported of it then is the one that was tried again for.
   */
  public boolean wasKnown(String as) {
    return events.stream()
        .filter(Message::isByHand)
        .anyMatch(event -> event.data().text(EXTERNAL_ID).filter(as::equals).isPresent());
  }

  /** How often somebody asked for it to be tried anew. */
  public int retries() {
    return (int) events.stream().filter(Message::isByHand).count();
  }

  /** The attempts since it was last tried anew; all of them when it never was. */
  public List<Attempt> currentAttempts() {
    int before =
        events.stream()
            .filter(Message::isByHand)
            .mapToInt(event -> before(event.data()))
            .max()
            .orElse(0);
    return attempts.subList(Math.min(before, attempts.size()), attempts.size());
  }

  /** Since when it is to be delivered: since it was made, came due, or was last tried anew. */
  public Instant wantedSince() {
    return events.stream()
        .filter(Message::isByHand)
        .map(Event::at)
        .reduce((_, later) -> later)
        .orElseGet(this::shownAt);
  }

  private Stream<Event> sinceTriedAnew() {
    int last = events.size();
    while (last > 0 && !isByHand(events.get(last - 1))) {
      last--;
    }
    return events.subList(last, events.size()).stream();
  }

  /** Through which channel the attempt went. */
  public ChannelId through(Attempt attempt) {
    return attempt.other().orElse(channel());
  }

  /** Whether it was, or may have been, handed to the provider of that channel. */
  public boolean wentThrough(ChannelId asked) {
    return asked.equals(channel())
        || attempts.stream().anyMatch(attempt -> through(attempt).equals(asked));
  }

  /** The channel whose provider took it; its own until one did. */
  public ChannelId takenBy() {
    return attempts.reversed().stream()
        .filter(attempt -> attempt.result() instanceof Attempt.Result.Accepted)
        .findFirst()
        .map(this::through)
        .orElse(channel());
  }

  private static boolean isByHand(Event event) {
    return Json.TRUE.equals(event.data().fields().get(BY_HAND));
  }

  private static int before(Json.Obj details) {
    return details.fields().get(ATTEMPTS) instanceof Json.Num(var count) ? count.intValue() : 0;
  }

  /** With one more event and no other change. */
  public Message noted(String type, Json.Obj details, Instant now) {
    return copy(status, engagement, attempts, plus(new Event(type, now, details)), externalId, now);
  }

  /**
   * The recipient did this: the timestamp moves to now, again for what was done before. It never
   * moves back, so that reports out of order leave the latest.
   */
  public Message engaged(Engagement what, Json.Obj details, Instant now) {
    var more = new EnumMap<Engagement, Instant>(Engagement.class);
    more.putAll(engagement);
    more.merge(what, now, (before, at) -> at.isAfter(before) ? at : before);
    return copy(
        status, more, attempts, plus(new Event(what.wireName(), now, details)), externalId, now);
  }

  /**
   * The recipient did something with it. Who clicks on an item of a feed has read it, as clients of
   * Knock's feed show at once; the interaction is last in the timeline. On other channels it says
   * nothing of having been read.
   */
  public Message interacted(Json.Obj details, Instant now) {
    boolean reads =
        channelType() == ChannelType.IN_APP_FEED && !engagement.containsKey(Engagement.READ);
    Message before = reads ? engaged(Engagement.READ, Json.Obj.EMPTY, now) : this;
    return before.engaged(Engagement.INTERACTED, details, now);
  }

  /** The recipient took it back; unchanged when there is nothing to take back. */
  public Message disengaged(Engagement what, Instant now) {
    if (!engagement.containsKey(what)) {
      return this;
    }
    var less = new EnumMap<Engagement, Instant>(Engagement.class);
    less.putAll(engagement);
    less.remove(what);
    return copy(
        status,
        less,
        attempts,
        plus(new Event("un" + what.wireName(), now, Json.Obj.EMPTY)),
        externalId,
        now);
  }

  /** With the attempt added, or in the place of the one with its number. */
  public Message with(Attempt attempt, Instant now) {
    var more = new ArrayList<>(attempts);
    more.replaceAll(other -> other.number() == attempt.number() ? attempt : other);
    if (!more.contains(attempt)) {
      more.add(attempt);
    }
    return copy(status, engagement, more, events, externalId, now);
  }

  /** Whether a send window holds it back: nobody has taken it up yet. */
  public boolean held() {
    return scheduledAt.isPresent() && status == DeliveryStatus.QUEUED && attempts.isEmpty();
  }

  /** The same, held back until then instead; unchanged when it is not held back. */
  public Message heldUntil(Instant opens, Instant now) {
    return held() ? kept(Optional.of(opens), revision, now) : this;
  }

  public Message known(String as) {
    return copy(status, engagement, attempts, events, Optional.of(as), updatedAt);
  }

  public Message stored() {
    return kept(scheduledAt, revision + 1, updatedAt);
  }

  /**
   * When it came into its feed, where it stands by that: an item that was held back until a window
   * opened is new then, above what came while it was held. Never changes.
   */
  public Instant shownAt() {
    return scheduledAt.orElse(insertedAt());
  }

  /** Whether it is in somebody's feed: not while it is held back, nor when it was withheld. */
  public boolean isInFeed() {
    return channelType() == ChannelType.IN_APP_FEED
        && recipient().isUser()
        && status == DeliveryStatus.DELIVERED;
  }

  public Optional<Attempt> lastAttempt() {
    return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
  }

  private List<Event> plus(Event event) {
    return events.size() >= MAX_EVENTS ? events : withChange(event);
  }

  /** A change of status is never without its event; retries by hand end at the same number. */
  private List<Event> withChange(Event event) {
    var more = new ArrayList<>(events);
    more.add(event);
    return more;
  }

  private Message kept(Optional<Instant> nextScheduledAt, long nextRevision, Instant now) {
    return new Message(
        origin,
        status,
        engagement,
        attempts,
        events,
        externalId,
        nextScheduledAt,
        nextRevision,
        now);
  }

  private Message copy(
      DeliveryStatus nextStatus,
      Map<Engagement, Instant> nextEngagement,
      List<Attempt> nextAttempts,
      List<Event> nextEvents,
      Optional<String> nextExternalId,
      Instant now) {
    return new Message(
        origin,
        nextStatus,
        nextEngagement,
        nextAttempts,
        nextEvents,
        nextExternalId,
        scheduledAt,
        revision,
        now);
  }

  public EnvironmentId environment() {
    return origin.environment();
  }

  public MessageId id() {
    return origin.id();
  }

  public ChannelId channel() {
    return origin.channel();
  }

  public ChannelType channelType() {
    return origin.channelType();
  }

  public RecipientId recipient() {
    return origin.recipient();
  }

  public List<RecipientId> actors() {
    return origin.actors();
  }

  public Optional<TenantId> tenant() {
    return origin.tenant();
  }

  /** Which step of which run made it. */
  public Source source() {
    return origin.source();
  }

  /** The recipient's {@code email} and {@code name} as they were when it was made. */
  public Json.Obj snapshot() {
    return origin.snapshot();
  }

  /** What feeds are filtered by; empty for other channels. */
  public Json.Obj flatData() {
    return origin.flatData();
  }

  public Instant insertedAt() {
    return origin.insertedAt();
  }
}
