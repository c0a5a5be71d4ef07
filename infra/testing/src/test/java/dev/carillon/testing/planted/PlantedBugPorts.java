package dev.carillon.testing.planted;

import dev.carillon.audience.DynamicMembers;
import dev.carillon.broadcast.Broadcast;
import dev.carillon.broadcast.Broadcasts;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.message.EngagementCounts;
import dev.carillon.message.Message;
import dev.carillon.message.Messages;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.run.Run;
import dev.carillon.run.Runs;
import dev.carillon.runtime.Ports;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.Schedules;
import dev.carillon.trigger.Triggers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Ports of which one has lost a condition. */
public final class PlantedBugPorts {
  private PlantedBugPorts() {}

  /** Creating a message that exists writes over it. */
  public static UnaryOperator<Ports> createOverwrites() {
    return messages(
        "create",
        (real, arguments) -> {
          var message = (Message) arguments[0];
          return real.find(message.environment(), message.id())
              .map(before -> real.save(at(message, before.revision())))
              .orElseGet(
                  () -> real.create(message, (dev.carillon.message.MessageContent) arguments[1]));
        });
  }

  /** The one who stores a message last wins. */
  public static UnaryOperator<Ports> messagesLastWriterWins() {
    return messages(
        "save",
        (real, arguments) -> {
          var message = (Message) arguments[0];
          return real.find(message.environment(), message.id())
              .map(before -> real.save(at(message, before.revision())))
              .orElse(false);
        });
  }

  /** Who was found in an audience is found so as if for the first time, until all were told. */
  public static UnaryOperator<Ports> staysBeginAgain() {
    return ports ->
        with(
            ports,
            "dynamicMembers",
            instead(
                DynamicMembers.class,
                ports.dynamicMembers(),
                "of",
                (real, arguments) ->
                    real.of((EnvironmentId) arguments[0], (RecipientId) arguments[1]).stream()
                        .filter(
                            it ->
                                it.state() != DynamicMembers.State.ENTERING
                                    || !real.end((EnvironmentId) arguments[0], it))
                        .toList()));
  }

  /** A message that somebody else changed is stored all the same, and counted with it. */
  public static UnaryOperator<Ports> countsAreAddedAgain() {
    return messages(
        "save",
        (real, arguments) -> {
          var message = (Message) arguments[0];
          if (arguments.length == 1) {
            return real.save(message);
          }
          return real.find(message.environment(), message.id())
              .map(
                  before ->
                      real.save(at(message, before.revision()), (EngagementCounts) arguments[1]))
              .orElse(false);
        });
  }

  /** The one who stores a run last wins. */
  public static UnaryOperator<Ports> runsLastWriterWins() {
    return ports ->
        with(
            ports,
            "runs",
            instead(
                Runs.class,
                ports.runs(),
                "save",
                (real, arguments) -> {
                  var run = (Run) arguments[0];
                  long before =
                      real.find(run.environment(), run.id()).map(Run::revision).orElse(0L);
                  return real.save(at(run, before));
                }));
  }

  /** The one who stores a schedule last wins, whether or not it is still there. */
  public static UnaryOperator<Ports> schedulesLastWriterWins() {
    return ports ->
        with(
            ports,
            "schedules",
            instead(
                Schedules.class,
                ports.schedules(),
                "save",
                (real, arguments) -> {
                  var schedule = (Schedule) arguments[0];
                  int before =
                      real.find(schedule.environment(), schedule.id())
                          .map(Schedule::revision)
                          .orElse(0);
                  return real.save(at(schedule, before));
                }));
  }

  /** The one who stores a broadcast last wins. */
  public static UnaryOperator<Ports> broadcastsLastWriterWins() {
    return ports ->
        with(
            ports,
            "broadcasts",
            instead(
                Broadcasts.class,
                ports.broadcasts(),
                "save",
                (real, arguments) -> {
                  var broadcast = (Broadcast) arguments[0];
                  long before =
                      real.find(broadcast.environment(), broadcast.key())
                          .map(Broadcast::revision)
                          .orElse(0L);
                  return real.save(at(broadcast, before));
                }));
  }

  /** Every call is a new one, whatever its idempotency key. */
  public static UnaryOperator<Ports> everyCallIsNew() {
    return ports ->
        with(
            ports,
            "triggers",
            instead(
                Triggers.class,
                ports.triggers(),
                "accept",
                (real, arguments) ->
                    real.accept(
                        (dev.carillon.trigger.Trigger) arguments[0],
                        Optional.empty(),
                        (java.time.Instant) arguments[2])));
  }

  /** What a trigger says about a recipient is applied each time its task is delivered. */
  public static UnaryOperator<Ports> everyCauseIsNew() {
    var causes = new AtomicInteger();
    return ports ->
        with(
            ports,
            "recipients",
            instead(
                Recipients.class,
                ports.recipients(),
                "identify",
                (real, arguments) ->
                    real.identify(
                        (dev.carillon.environment.EnvironmentId) arguments[0],
                        (dev.carillon.recipient.RecipientId) arguments[1],
                        (dev.carillon.recipient.Identification) arguments[2],
                        arguments[3] + " " + causes.incrementAndGet(),
                        (java.time.Instant) arguments[4])));
  }

  /** What is to be changed of a recipient stays as it is. */
  public static UnaryOperator<Ports> nobodyChanges() {
    return ports ->
        with(
            ports,
            "recipients",
            instead(
                Recipients.class,
                ports.recipients(),
                "change",
                (real, arguments) ->
                    real.change(
                        (dev.carillon.environment.EnvironmentId) arguments[0],
                        (dev.carillon.recipient.RecipientId) arguments[1],
                        UnaryOperator.identity(),
                        (java.time.Instant) arguments[3])));
  }

  private static UnaryOperator<Ports> messages(
      String method, BiFunction<Messages, Object[], Object> broken) {
    return ports ->
        with(ports, "messages", instead(Messages.class, ports.messages(), method, broken));
  }

  public static Ports with(Ports ports, String name, Object port) {
    return instead(Ports.class, ports, name, (_, _) -> port);
  }

  /** The port with one method done differently. */
  public static <T> T instead(
      Class<T> port, T real, String name, BiFunction<T, Object[], Object> other) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              if (method.getName().equals(name)) {
                return other.apply(real, arguments);
              }
              try {
                method.setAccessible(true);
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private static Message at(Message it, long revision) {
    return new Message(
        it.origin(),
        it.status(),
        it.engagement(),
        it.attempts(),
        it.events(),
        it.externalId(),
        it.scheduledAt(),
        revision,
        it.updatedAt());
  }

  private static Broadcast at(Broadcast it, long revision) {
    return new Broadcast(
        it.environment(),
        it.key(),
        it.content(),
        it.stage(),
        it.sendings(),
        revision,
        it.createdAt(),
        it.updatedAt());
  }

  private static Schedule at(Schedule it, int revision) {
    return new Schedule(
        it.environment(),
        it.id(),
        it.workflow(),
        it.recipient(),
        it.repeats(),
        it.scheduledAt(),
        it.endingAt(),
        it.data(),
        it.actor(),
        it.tenant(),
        it.next(),
        it.last(),
        revision,
        it.insertedAt(),
        it.updatedAt());
  }

  private static Run at(Run it, long revision) {
    return new Run(
        it.origin(),
        it.state(),
        revision,
        it.effectiveAt(),
        it.carried(),
        it.outcomes(),
        it.history(),
        it.updatedAt());
  }
}
