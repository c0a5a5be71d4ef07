package dev.carillon.run;

import java.util.Arrays;
import java.util.Locale;

/** Why a run ended before its last step. */
public enum HaltReason {
  STEP_FAILED,
  TRIGGER_CONDITIONS,
  /** The workflow runs once for each recipient. */
  NOT_THE_FIRST,
  WORKFLOW_INACTIVE,
  WORKFLOW_ARCHIVED,
  THROTTLED,
  WAIT_MATCHED,
  WAIT_TIMED_OUT,
  /** Written by a version of Carillon that knows more reasons than this one. */
  UNKNOWN;

  /** As logs and answers of the API name it; never renamed. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The constant of that name; {@link #UNKNOWN} when there is none. */
  public static HaltReason named(String wireName) {
    return Arrays.stream(values())
        .filter(value -> value.wireName().equals(wireName))
        .findFirst()
        .orElse(UNKNOWN);
  }
}
