package dev.carillon.local.engine;

import dev.carillon.local.clock.StackClock;
import dev.carillon.local.dynamo.Tables;
import dev.carillon.local.egress.Egress;
import dev.carillon.local.faults.Faults;
import dev.carillon.local.scheduler.Schedules;
import dev.carillon.local.secrets.Secrets;
import dev.carillon.local.ses.Mailbox;
import dev.carillon.local.sqs.Queues;
import dev.carillon.local.stats.Stats;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The AWS services a stack stands on, in this process: one loopback front for their wire protocols
 * and a Java door to each for the shell. All share one clock. With a data folder they survive
 * {@code kill -9} with everything they acknowledged; without one they live in memory.
 */
public final class Engines implements AutoCloseable {

  /**
   * Starts everything and returns when the front answers.
   *
   * @param data an existing folder of this stack's own, or empty for memory only
   */
  public static Engines start(StackClock clock, Optional<Path> data, Hooks hooks) {
    throw new UnsupportedOperationException();
  }

  public Queues queues() {
    throw new UnsupportedOperationException();
  }

  public Schedules schedules() {
    throw new UnsupportedOperationException();
  }

  public Mailbox mailbox() {
    throw new UnsupportedOperationException();
  }

  public Secrets secrets() {
    throw new UnsupportedOperationException();
  }

  public Tables tables() {
    throw new UnsupportedOperationException();
  }

  public Faults faults() {
    throw new UnsupportedOperationException();
  }

  public Stats stats() {
    throw new UnsupportedOperationException();
  }

  public Egress egress() {
    throw new UnsupportedOperationException();
  }

  /** Where all AWS traffic goes: {@code http://127.0.0.1:<port>}. */
  public URI endpoint() {
    throw new UnsupportedOperationException();
  }

  /**
   * The earliest instant at which something is going to happen by itself: a delayed or in-flight
   * message becoming visible, a one-time schedule firing. It may have passed already. Recurring
   * schedules do not count. Empty when nothing is waiting.
   */
  public Optional<Instant> nextDue() {
    throw new UnsupportedOperationException();
  }

  /**
   * Fires the one-time schedules that are due, and each recurring one whose period has passed, that
   * one once however many periods went by. To be called about once a second and at every stop of an
   * advance. Delayed messages need no call: they are received once the clock has passed them.
   *
   * @return how many schedules fired
   */
  public int fireDue() {
    throw new UnsupportedOperationException();
  }

  /** Stops the servers and closes the files. Calling it twice is safe. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
