package dev.carillon.local.engine;

import dev.carillon.local.clock.StackClock;
import dev.carillon.local.dynamo.DynamoProtocol;
import dev.carillon.local.dynamo.EmbeddedDynamo;
import dev.carillon.local.egress.EgressProxy;
import dev.carillon.local.egress.ProviderRoutes;
import dev.carillon.local.endpoint.AwsEndpoint;
import dev.carillon.local.endpoint.ConnectionsProtocol;
import dev.carillon.local.endpoint.LambdaProtocol;
import dev.carillon.local.faults.InjectedFaults;
import dev.carillon.local.iam.AccessControl;
import dev.carillon.local.scheduler.EventBridgeScheduler;
import dev.carillon.local.scheduler.SchedulerProtocol;
import dev.carillon.local.secrets.LocalSecretsManager;
import dev.carillon.local.secrets.SecretsProtocol;
import dev.carillon.local.ses.SesProtocol;
import dev.carillon.local.ses.SimulatedSes;
import dev.carillon.local.sqs.SqsProtocol;
import dev.carillon.local.sqs.SqsQueues;
import dev.carillon.local.stats.CallRecording;
import dev.carillon.local.stats.CallStatistics;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The AWS services a stack stands on, in this process: one loopback endpoint for their wire
 * protocols and a Java object for each. All share one clock. With a data folder they survive {@code
 * kill -9} with everything they acknowledged; without one they live in memory.
 */
public final class Engines implements AutoCloseable {
  private final AccessControl access;
  private final SqsQueues queues;
  private final EventBridgeScheduler schedules;
  private final SimulatedSes mailbox;
  private final LocalSecretsManager secrets;
  private final EmbeddedDynamo tables;
  private final InjectedFaults faults;
  private final CallStatistics stats;
  private final EgressProxy egress;
  private final AwsEndpoint aws;
  private final boolean inMemory;

  private Engines(
      StackClock clock,
      Optional<Path> data,
      ProviderRoutes providers,
      Hooks hooks,
      AccessControl access) {
    this.access = access;
    this.inMemory = data.isEmpty();
    faults = new InjectedFaults();
    stats = new CallStatistics(CallRecording.asked());
    queues = new SqsQueues(clock, data.map(folder -> folder.resolve("queues")));
    schedules =
        new EventBridgeScheduler(
            clock, queues, access, data.map(folder -> folder.resolve("schedules")));
    mailbox = new SimulatedSes(clock, queues, access, hooks::emailSent);
    secrets = new LocalSecretsManager(clock, data.map(folder -> folder.resolve("secrets")));
    tables = EmbeddedDynamo.start(data.map(folder -> folder.resolve("tables")));
    egress = EgressProxy.start(clock, faults, providers, hooks::egressed);
    aws =
        AwsEndpoint.start(
            new AwsEndpoint.Services(
                new DynamoProtocol(tables, hooks::itemWritten),
                new SqsProtocol(queues),
                new SchedulerProtocol(schedules),
                new SesProtocol(mailbox),
                new SecretsProtocol(secrets),
                new LambdaProtocol(hooks),
                access,
                new ConnectionsProtocol(hooks)),
            faults,
            stats,
            hooks);
  }

  /**
   * Starts everything and returns when the endpoint answers.
   *
   * @param data an existing folder of this stack's own, or empty for memory only
   * @param access who may call what
   */
  public static Engines start(
      StackClock clock, Optional<Path> data, Hooks hooks, AccessControl access) {
    return start(clock, data, ProviderRoutes.NONE, hooks, access);
  }

  /** The same, with calls to some providers going where they are told to. */
  public static Engines start(
      StackClock clock,
      Optional<Path> data,
      ProviderRoutes providers,
      Hooks hooks,
      AccessControl access) {
    return new Engines(clock, data, providers, hooks, access);
  }

  public AccessControl access() {
    return access;
  }

  public SqsQueues queues() {
    return queues;
  }

  public EventBridgeScheduler schedules() {
    return schedules;
  }

  public SimulatedSes mailbox() {
    return mailbox;
  }

  public LocalSecretsManager secrets() {
    return secrets;
  }

  public EmbeddedDynamo tables() {
    return tables;
  }

  public InjectedFaults faults() {
    return faults;
  }

  public CallStatistics stats() {
    return stats;
  }

  public EgressProxy egress() {
    return egress;
  }

  /** Where all AWS traffic goes: {@code http://127.0.0.1:<port>}. */
  public URI endpoint() {
    return aws.endpoint();
  }

  /**
   * Opens connections to the endpoint from within this process: calls are carried out on the
   * caller's thread. Empty for engines that keep their data in files, since a thread that is
   * interrupted amid such a call may break them.
   */
  public Optional<Function<URI, HttpURLConnection>> connections() {
    return inMemory ? Optional.of(aws::open) : Optional.empty();
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
    aws.close();
    egress.close();
    schedules.close();
    queues.close();
    secrets.close();
    tables.close();
  }
}
