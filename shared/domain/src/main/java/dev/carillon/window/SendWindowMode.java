package dev.carillon.window;

import java.util.Arrays;
import java.util.Optional;

/**
 * What becomes of a channel step outside of its send windows: {@code send_window_mode} in files.
 */
public enum SendWindowMode {
  /** Its message is made and waits for the window to open, while the run goes on. Knock's way. */
  QUEUE_MESSAGE("queue"),
  /** The run waits, and the message is made when the window opens. Beyond Knock. */
  HOLD_RUN("hold");

  private final String wireName;

  SendWindowMode(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /** The mode of that name; empty when there is none. */
  public static Optional<SendWindowMode> named(String name) {
    return Arrays.stream(values()).filter(mode -> mode.wireName.equals(name)).findFirst();
  }
}
