package dev.carillon.local.sqs;

/** How many messages a queue holds: to be had now, being worked on, not before their time. */
public record QueueDepth(int visible, int inFlight, int delayed) {
  public int total() {
    return visible + inFlight + delayed;
  }
}
