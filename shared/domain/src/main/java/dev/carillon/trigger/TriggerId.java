package dev.carillon.trigger;

import dev.carillon.id.Digest;
import dev.carillon.id.Uuid8;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Names one accepted trigger call; what responses call {@code workflow_run_id}. It carries the
 * millisecond it was accepted in.
 */
public record TriggerId(UUID value) {

  /** The id of the call that {@code cause} names, unique among calls: API Gateway's request id. */
  public static TriggerId of(Instant now, String cause) {
    var digest = Digest.of("trigger", cause);
    return new TriggerId(
        Uuid8.timed(now.toEpochMilli(), digest.bits(12), digest.uuid().getLeastSignificantBits()));
  }

  /**
   * The id of the trigger that an occurrence of a schedule makes. Computed again, it is the same,
   * so that an occurrence triggers once, however often it is tried.
   */
  public static TriggerId of(ScheduleId schedule, Instant occurrence) {
    return of(occurrence, "schedule " + schedule + " " + occurrence);
  }

  /**
   * The id of the trigger that somebody who came into an audience makes. Computed again, it is the
   * same, so that a stay triggers a workflow once.
   *
   * @param stay names the stay
   */
  public static TriggerId of(
      String audience,
      RecipientId user,
      Optional<TenantId> tenant,
      String stay,
      Instant since,
      WorkflowKey workflow) {
    var name =
        Digest.of(
            "entry",
            audience,
            user.id(),
            tenant.map(TenantId::value).orElse(""),
            stay,
            workflow.value());
    return of(since, "entry " + name.hex());
  }

  public static TriggerId parse(String text) {
    return new TriggerId(UUID.fromString(text));
  }

  /** When the call was accepted, to the millisecond. */
  public Instant time() {
    return Instant.ofEpochMilli(Uuid8.millis(value));
  }

  /** 0 to 15, spread evenly: which of the parts of an hour holds the trigger. */
  public int shard() {
    return (int) (value.getLeastSignificantBits() & 0xF);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
