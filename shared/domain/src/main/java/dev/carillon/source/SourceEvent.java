package dev.carillon.source;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that came in by a source: a line of its log.
 *
 * @param source the source's key
 * @param id {@code sev_} and a KSUID of the second it came in, so ids sort by age
 * @param sent {@code body} and {@code headers}
 * @param verification what became of looking for its signature: {@code enforced:verified}
 * @param rehearsed whether it was only tried out: nothing was done for it
 * @param revision 0 before it is first stored, then the number of times it was
 */
public record SourceEvent(
    EnvironmentId environment,
    String source,
    String id,
    String type,
    Json.Obj sent,
    Optional<String> idempotencyKey,
    Instant receivedAt,
    Optional<String> verification,
    boolean rehearsed,
    State state,
    long revision) {
  /** Bytes of one: what a bus of EventBridge takes at most, and what fits into an item. */
  public static final int MOST_BYTES = 256 * 1024;

  private static final String PREFIX = "sev_";

  public SourceEvent {
    if (!isId(id)) {
      throw new IllegalArgumentException("Not the id of an event of a source: " + id);
    }
  }

  /** What became of it. */
  public sealed interface State {
    /** Its actions are owed. */
    record Received() implements State {}

    /** They were carried out, or cannot be. */
    record Done(List<ActionOutcome> actions) implements State {
      public Done {
        actions = List.copyOf(actions);
      }
    }

    /** Nothing was done: that event came before with the same key. */
    record Repeated(String event) implements State {}
  }

  /**
   * What became of one action.
   *
   * @param payload what the paths led to; empty when they did not
   * @param problem why it was not carried out; empty when it was
   */
  public record ActionOutcome(
      ActionType type, Json.Obj parameters, Optional<Json.Obj> payload, Optional<String> problem) {
    public boolean ok() {
      return problem.isEmpty();
    }
  }

  /** The id of what came in then; {@code cause} tells it from all else that did. */
  public static String id(Instant received, SourceId source, String cause) {
    return PREFIX + Ksuid.of(received, Digest.of("source event", source.value(), cause));
  }

  public static boolean isId(String text) {
    return text.startsWith(PREFIX) && Ksuid.isValid(text.substring(PREFIX.length()));
  }

  /** The second in which an event of that id came in. */
  public static Instant second(String id) {
    return Ksuid.time(id.substring(PREFIX.length()));
  }

  /** 0 to 15, spread evenly: which of the parts of an hour holds the event. */
  public static int shard(String id) {
    return Ksuid.lastByte(id.substring(PREFIX.length())) & 0xF;
  }

  /** What paths lead into. */
  public Json.Obj context() {
    return SourceReading.context(sent, type);
  }

  /** Whom it names as its user; empty when it names nobody. */
  public Optional<RecipientId> user() {
    return context().text("user_id").map(RecipientId::user);
  }

  /**
   * Whom it is kept of: the user that it names, else the first that its actions made known. Others
   * that it mentions are not found by it.
   */
  public Optional<RecipientId> about() {
    Optional<RecipientId> known =
        state instanceof State.Done(var actions)
            ? actions.stream()
                .filter(it -> it.type() == ActionType.USERS_IDENTIFY)
                .flatMap(it -> it.payload().flatMap(payload -> payload.text("id")).stream())
                .findFirst()
                .map(RecipientId::user)
            : Optional.empty();
    return user().or(() -> known);
  }

  /** What tells it from others of its type; empty when nothing does. */
  public Optional<Digest> identity() {
    return idempotencyKey.map(it -> Digest.of("source event", type, it));
  }

  public SourceEvent with(State next) {
    return new SourceEvent(
        environment,
        source,
        id,
        type,
        sent,
        idempotencyKey,
        receivedAt,
        verification,
        rehearsed,
        next,
        revision);
  }

  public SourceEvent stored() {
    return new SourceEvent(
        environment,
        source,
        id,
        type,
        sent,
        idempotencyKey,
        receivedAt,
        verification,
        rehearsed,
        state,
        revision + 1);
  }
}
