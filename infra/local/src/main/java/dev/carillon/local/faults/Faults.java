package dev.carillon.local.faults;

/** Faults that wait for their calls. */
public final class Faults {

  /**
   * The next {@code times} calls to {@code target} fail so. Calls wait in line behind faults added
   * earlier for the same target.
   *
   * @param target ses, webhook, dynamodb, sqs or scheduler
   * @param kind {@code status:NNN} (400 to 599), {@code timeout}, {@code lost-response} or {@code
   *     throttle}
   * @param times at least 1
   * @throws IllegalArgumentException with a sentence for whoever asked
   */
  public void add(String target, String kind, int times) {
    throw new UnsupportedOperationException();
  }

  /** Forgets all faults that have not been met. */
  public void clear() {
    throw new UnsupportedOperationException();
  }
}
