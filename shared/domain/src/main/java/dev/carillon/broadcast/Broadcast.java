package dev.carillon.broadcast;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something that is said once to everybody in an audience. It is no versioned content: it belongs
 * to one environment, and is a draft until somebody asks for it to be sent.
 *
 * @param content as its author wrote it: {@code name}, {@code steps}, {@code target_audience_key} …
 * @param sendings how many times it was asked to be sent; those before the last were called off
 * @param revision how many times it was stored
 */
public record Broadcast(
    EnvironmentId environment,
    String key,
    Json.Obj content,
    Stage stage,
    int sendings,
    long revision,
    Instant createdAt,
    Instant updatedAt) {

  /** Knock: 3 to 255 of {@code a-z 0-9 _ -}. */
  private static final Pattern KEY = Pattern.compile("[a-z0-9_-]{3,255}");

  /** How far it has come. It never goes back, but that a scheduled one may be called off. */
  public sealed interface Stage {
    /** Nobody asked for it to be sent, or it was called off. */
    record Draft() implements Stage {}

    /** It goes out at its time. */
    record Scheduled(BroadcastPlan plan) implements Stage {}

    /** Members of its audience are being reached since then; nothing stops it any more. */
    record Sending(BroadcastPlan plan, Instant since) implements Stage {}

    /**
     * All members have been reached.
     *
     * @param at when the last of them was
     * @param members how many they were, each user once for each tenant it is in the audience with
     */
    record Sent(BroadcastPlan plan, Instant since, Instant at, long members) implements Stage {}

    /** What was asked for; empty of a draft. */
    default Optional<BroadcastPlan> asked() {
      return switch (this) {
        case Draft() -> Optional.empty();
        case Scheduled(var plan) -> Optional.of(plan);
        case Sending(var plan, _) -> Optional.of(plan);
        case Sent(var plan, _, _, _) -> Optional.of(plan);
      };
    }
  }

  public static boolean isKey(String key) {
    return KEY.matcher(key).matches();
  }

  /** A new one, not stored yet. */
  public static Broadcast draft(
      EnvironmentId environment, String key, Json.Obj content, Instant now) {
    return new Broadcast(environment, key, content, new Stage.Draft(), 0, 0, now, now);
  }

  /** The same, as its author wrote it anew. */
  public Broadcast saying(Json.Obj other, Instant now) {
    return new Broadcast(environment, key, other, stage, sendings, revision, createdAt, now);
  }

  /** The same, to be sent; its number is one more than that of the sending before. */
  public Broadcast scheduled(BroadcastPlan plan, Instant now) {
    return new Broadcast(
        environment,
        key,
        content,
        new Stage.Scheduled(plan),
        plan.number(),
        revision,
        createdAt,
        now);
  }

  /** The same, further on. */
  public Broadcast at(Stage next, Instant now) {
    return new Broadcast(environment, key, content, next, sendings, revision, createdAt, now);
  }

  /** As {@link Broadcasts#save} stores it. */
  public Broadcast stored() {
    return new Broadcast(
        environment, key, content, stage, sendings, revision + 1, createdAt, updatedAt);
  }

  /** What its messages and runs are of. */
  public WorkflowKey workflow() {
    return WorkflowKey.ofBroadcast(key);
  }

  /** Where it stands in lists, newest first: 13 digits and its key. */
  public String position() {
    return "%013d-%s".formatted(createdAt.toEpochMilli(), key);
  }

  /**
   * The id of the trigger for what {@code part} names of a sending. Computed again, it is the same,
   * so that nobody is reached twice however often a part is done.
   */
  public TriggerId trigger(Stage.Sending sending, String part) {
    String cause =
        Digest.hex(
            String.join(
                "\n", environment.value(), key, Integer.toString(sending.plan().number()), part));
    return TriggerId.of(sending.since(), "broadcast " + cause);
  }
}
