package dev.carillon.local.engine;

import dev.carillon.local.clock.StackClock;
import dev.carillon.local.dynamo.DynamoProtocol;
import dev.carillon.local.dynamo.Tables;
import dev.carillon.local.egress.Egress;
import dev.carillon.local.faults.Faults;
import dev.carillon.local.front.Front;
import dev.carillon.local.front.LambdaProtocol;
import dev.carillon.local.scheduler.SchedulerProtocol;
import dev.carillon.local.scheduler.Schedules;
import dev.carillon.local.secrets.Secrets;
import dev.carillon.local.secrets.SecretsProtocol;
import dev.carillon.local.ses.Mailbox;
import dev.carillon.local.ses.SesProtocol;
import dev.carillon.local.sqs.Queues;
import dev.carillon.local.sqs.SqsProtocol;
import dev.carillon.local.stats.Stats;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The AWS services a stack stands on, in this process: one loopback front for their wire protocols
 * and a Java door to each for the shell. All share one clock. With a data folder they survive
 * {@code kill -9} with everything they acknowledged; without one they live in memory.
 */
public final class Engines implements AutoCloseable {
  private final Queues queues;
  private final Schedules schedules;
  private final Mailbox mailbox;
  private final Secrets secrets;
  private final Tables tables;
  private final Faults faults;
  private final Stats stats;
  private final Egress egress;
  private final Front front;

  private Engines(StackClock clock, Optional<Path> data, Hooks hooks) {
    faults = new Faults();
    stats = new Stats();
    queues = new Queues(clock, data.map(folder -> folder.resolve("queues")));
    schedules = new Schedules(clock, queues, data.map(folder -> folder.resolve("schedules")));
    mailbox = new Mailbox(clock, queues, hooks::emailSent);
    secrets = new Secrets(clock, data.map(folder -> folder.resolve("secrets")));
    tables = Tables.start(data.map(folder -> folder.resolve("tables")));
    egress = Egress.start(clock, faults, hooks::egressed);
    front =
        Front.start(
            new Front.Services(
                new DynamoProtocol(tables, hooks::itemWritten),
                new SqsProtocol(queues),
                new SchedulerProtocol(schedules),
                new SesProtocol(mailbox),
                new SecretsProtocol(secrets),
                new LambdaProtocol(hooks)),
            faults,
            stats,
            hooks);
  }

  /**
   * Starts everything and returns when the front answers.
   *
   * @param data an existing folder of this stack's own, or empty for memory only
   */
  public static Engines start(StackClock clock, Optional<Path> data, Hooks hooks) {
    return new Engines(clock, data, hooks);
  }

  public Queues queues() {
    return queues;
  }

  public Schedules schedules() {
    return schedules;
  }

  public Mailbox mailbox() {
    return mailbox;
  }

  public Secrets secrets() {
    return secrets;
  }

  public Tables tables() {
    return tables;
  }

  public Faults faults() {
    return faults;
  }

  public Stats stats() {
    return stats;
  }

  public Egress egress() {
    return egress;
  }

  /** Where all AWS traffic goes: {@code http://127.0.0.1:<port>}. */
  public URI endpoint() {
    return front.endpoint();
  }

  /**
   * The earliest instant at which something is going to happen by itself: a delayed or in-flight
   * message becoming visible, a one-time schedule firing. It may have passed already. Recurring
   * schedules do not count. Empty when nothing is waiting.
   */
  public Optional<Instant> nextDue() {
    return Stream.of(queues.nextDue(), schedules.nextDue())
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  /**
   * Fires the one-time schedules that are due, and each recurring one whose period has passed, that
   * one once however many periods went by. To be called about once a second and at every stop of an
   * advance. Delayed messages need no call: they are received once the clock has passed them.
   *
   * @return how many schedules fired
   */
  public int fireDue() {
    return schedules.fireDue();
  }

  /** Stops the servers and closes the files. Calling it twice is safe. */
  @Override
  public void close() {
    front.close();
    egress.close();
    schedules.close();
    queues.close();
    secrets.close();
    tables.close();
  }
}
