package dev.carillon.storage.task;

/**
 * A message of a queue that is no task known here. The message of the exception quotes none of it.
 */
public final class UnreadableTask extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableTask(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  UnreadableTask(String sentence) {
    super(sentence);
  }
}
