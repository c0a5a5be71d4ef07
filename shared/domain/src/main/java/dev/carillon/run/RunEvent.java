package dev.carillon.run;

import java.util.Arrays;
import java.util.Locale;

/** What a line of a run's log says happened. */
public enum RunEvent {
  /** The step did nothing; its reason is a {@link SkipReason}. */
  STEP_SKIPPED,
  /** The step made a message. */
  MESSAGE_ENQUEUED,
  DELAY_STARTED,
  DELAY_ENDED,
  /** One try of the step failed, or its last. */
  STEP_FAILED,
  /** The run ended before its last step; its reason is a {@link HaltReason}. */
  RUN_HALTED,
  RUN_COMPLETED,
  RUN_CANCELLED,
  /** Quiet hours hold the run. */
  RUN_HELD,
  BATCH_OPENED,
  /** The run ended in a batch that another run holds. */
  BATCH_JOINED,
  BATCH_LEADING_FLUSHED,
  BATCH_CLOSED,
  /** The run was cancelled while it held a batch, and stays for what others put in. */
  BATCH_LEFT,
  THROTTLE_PASSED,
  THROTTLE_EXCEEDED,
  BRANCH_TAKEN,
  COHORT_ASSIGNED,
  FETCH_COMPLETED,
  WORKFLOW_TRIGGERED,
  WAIT_STARTED,
  /** An event came whose conditions did not hold. */
  WAIT_CONDITIONS_EVALUATED,
  WAIT_MATCHED,
  WAIT_TIMED_OUT,
  /** A call ended the wait early. */
  WAIT_HASTENED,
  /** A call cancelled the run at this wait. */
  WAIT_CANCELLED,
  DATA_UPDATED,
  RECIPIENT_UPDATED,
  /** What the call says about somebody was not stored: there is no room for it. */
  IDENTIFICATION_LEFT_OUT,
  /** Nobody has identified the recipient, or it was deleted. */
  RECIPIENT_MISSING,
  /** The recipient was deleted, and with it all that the run's log and its data told of it. */
  RECIPIENT_DELETED,
  /** Stands for the entries that are left out; its data says how many. */
  LOG_SHORTENED,
  /** Written by a version of Carillon that knows more events than this one. */
  UNKNOWN;

  /** As logs and answers of the API name it; never renamed. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The constant of that name; {@link #UNKNOWN} when there is none. */
  public static RunEvent named(String wireName) {
    return Arrays.stream(values())
        .filter(value -> value.wireName().equals(wireName))
        .findFirst()
        .orElse(UNKNOWN);
  }
}
