package dev.carillon.memory;

import dev.carillon.runtime.Log;
import dev.carillon.runtime.Ports;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * All ports in memory, over one clock: what a whole engine runs on in a test. The same instances on
 * every call, so what one function stores another finds.
 *
 * @param clock what the ports and the functions on them take for now
 * @param log where the functions' decisions go
 */
public record InMemoryPorts(
    InMemoryApiKeys apiKeys,
    InMemoryRecipients recipients,
    InMemoryChannels channels,
    InMemoryWorkflows workflows,
    InMemoryAssets assets,
    InMemoryVariables variables,
    InMemoryTriggers triggers,
    InMemoryRuns runs,
    InMemoryMessages messages,
    InMemoryFeeds feeds,
    InMemorySchedules schedules,
    InMemoryDues dues,
    InMemoryMinuteSchedules minuteSchedules,
    InMemoryTasks tasks,
    InMemorySubscriptions subscriptions,
    InMemoryEnvironments environments,
    InstantSource clock,
    Log log)
    implements Ports {

  private static final Duration RETENTION = Duration.ofDays(30);

  /** Empty ports; the log goes nowhere. */
  public static InMemoryPorts at(InstantSource clock) {
    var messages = new InMemoryMessages(clock, RETENTION);
    return new InMemoryPorts(
        new InMemoryApiKeys(),
        new InMemoryRecipients(),
        new InMemoryChannels(),
        new InMemoryWorkflows(),
        new InMemoryAssets(),
        new InMemoryVariables(),
        new InMemoryTriggers(clock, RETENTION),
        new InMemoryRuns(clock, RETENTION),
        messages,
        new InMemoryFeeds(messages),
        new InMemorySchedules(),
        new InMemoryDues(),
        new InMemoryMinuteSchedules(),
        new InMemoryTasks(clock),
        new InMemorySubscriptions(),
        new InMemoryEnvironments(),
        clock,
        new Log(new PrintStream(OutputStream.nullOutputStream()), clock, Optional.empty()));
  }
}
