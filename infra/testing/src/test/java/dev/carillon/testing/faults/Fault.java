package dev.carillon.testing.faults;

/** What can go wrong at one call of a port or a provider. */
public enum Fault {
  /** The function dies before the call is made. */
  CRASH_BEFORE,
  /** The function dies after the call was made and before it learns of it. */
  CRASH_AFTER,
  /** The call was made; its answer never comes. */
  RESPONSE_LOST,
  /** The call is turned away. */
  THROTTLED,
  /** The task comes once more after it was acknowledged; the client repeats an answered call. */
  DELIVERED_TWICE,
  /** A copy of the task or call runs from beginning to end just before the call is made. */
  OVERTAKEN,
  /** The function hangs before the call, while a copy and everything else goes on. */
  HANGS
}
