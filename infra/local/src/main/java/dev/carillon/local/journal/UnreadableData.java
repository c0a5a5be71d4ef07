package dev.carillon.local.journal;

import java.nio.file.Path;

/** A file of the data folder that cannot be read back. The message is for the terminal. */
public final class UnreadableData extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param line counted from 1
   */
  public UnreadableData(Path file, int line, String reason) {
    super(
        file.toAbsolutePath()
            + ", line "
            + line
            + ": "
            + reason
            + ". Take the line out, or start with another folder.");
  }
}
