package dev.carillon.run;

import dev.carillon.window.Closing;
import java.util.Arrays;
import java.util.Locale;

/** Why a step of a run was skipped. */
public enum SkipReason {
  CONDITIONS_NOT_MET,
  CHANNEL_CONDITIONS_NOT_MET,
  CHANNEL_NOT_CONFIGURED,
  /** Written by versions that had no provider for some kinds of channel. */
  CHANNEL_HAS_NO_PROVIDER,
  CHANNEL_HAS_NO_FROM_ADDRESS,
  RECIPIENT_HAS_NO_EMAIL,
  RECIPIENT_EMAIL_INVALID,
  /** Mail to the address came back for good, or its owner complained. */
  RECIPIENT_EMAIL_SUPPRESSED,
  /** The step, or the channel, names an address of its own, and it came to nothing. */
  TO_ADDRESS_IS_EMPTY,
  RECIPIENT_HAS_NO_PHONE_NUMBER,
  /** No token of a device among the channel data. */
  RECIPIENT_HAS_NO_DEVICE,
  /** No connection to a conversation among the channel data. */
  RECIPIENT_HAS_NO_CONNECTION,
  WEBHOOK_HAS_NO_URL,
  OPTED_OUT,
  /** The trigger said to skip delays. */
  SKIP_DELAY,
  SEND_WINDOW_NEVER_OPENS,
  NO_BRANCH,
  THROTTLED,
  /** Another copy of the task took the step, or ended the run. */
  TAKEN_OTHERWISE,
  WITHIN_BUDGET,
  THROTTLE_KEY_INVALID,
  TRIGGER_LOOP,
  TRIGGER_TREE_FULL,
  WORKFLOW_MISSING,
  WORKFLOW_ARCHIVED,
  WORKFLOW_INACTIVE,
  RECIPIENT_TOO_LARGE,
  DELAY_INVALID,
  DELAY_IN_THE_PAST,
  DELAY_IS_EMPTY,
  DELAY_TOO_LONG,
  BATCH_WINDOW_INVALID,
  BATCH_WINDOW_IN_THE_PAST,
  BATCH_WINDOW_IS_EMPTY,
  BATCH_WINDOW_TOO_LONG,
  THROTTLE_WINDOW_INVALID,
  THROTTLE_WINDOW_IN_THE_PAST,
  THROTTLE_WINDOW_IS_EMPTY,
  THROTTLE_WINDOW_TOO_LONG,
  WAIT_INVALID,
  WAIT_IN_THE_PAST,
  WAIT_IS_EMPTY,
  WAIT_TOO_LONG,
  /** Written by a version of Carillon that knows more reasons than this one. */
  UNKNOWN;

  /** Why a step whose window cannot be used is skipped. */
  public static SkipReason of(Closing.Skipped window) {
    String kind =
        switch (window.limit()) {
          case DELAY -> "DELAY";
          case BATCH -> "BATCH_WINDOW";
          case THROTTLE -> "THROTTLE_WINDOW";
          case EVENT -> "WAIT";
        };
    return valueOf(kind + "_" + window.fault());
  }

  /** As logs and answers of the API name it; never renamed. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The constant of that name; {@link #UNKNOWN} when there is none. */
  public static SkipReason named(String wireName) {
    return Arrays.stream(values())
        .filter(value -> value.wireName().equals(wireName))
        .findFirst()
        .orElse(UNKNOWN);
  }
}
