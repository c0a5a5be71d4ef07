package dev.carillon.testing.planted;

import static dev.carillon.testing.planted.PlantedBugPorts.instead;
import static dev.carillon.testing.planted.PlantedBugPorts.with;

import dev.carillon.audience.DynamicMembers;
import dev.carillon.batch.Activity;
import dev.carillon.batch.BatchId;
import dev.carillon.batch.Batches;
import dev.carillon.channel.ChannelSet;
import dev.carillon.channel.Channels;
import dev.carillon.channel.SendSlots;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.message.Attempt;
import dev.carillon.message.EngagementCounts;
import dev.carillon.message.Message;
import dev.carillon.message.Messages;
import dev.carillon.page.Page;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.OnceClaims;
import dev.carillon.run.Run;
import dev.carillon.run.Runs;
import dev.carillon.runtime.Ports;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.Schedules;
import dev.carillon.subscription.Subscriptions;
import dev.carillon.suppression.Suppressions;
import dev.carillon.task.DeliveryTask;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Task;
import dev.carillon.task.Tasks;
import dev.carillon.testing.scenarios.TestWorkflows;
import dev.carillon.throttle.ThrottleId;
import dev.carillon.throttle.Throttles;
import dev.carillon.timer.Timer;
import dev.carillon.timer.Timers;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.trigger.Triggers;
import dev.carillon.trigger.Triggers.Acceptance;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What somebody might get wrong, each in one call of one port. */
public enum PlantedBug {
  WAITS_ARE_NOT_LISTED(dues("put", (_, _) -> null)),
  WAITS_ARE_LISTED_HALF_AN_HOUR_AGO(
      dues(
          "put",
          (real, arguments) -> {
            var item = (Timer) arguments[0];
            real.put(item.listedAt(item.minute() - 30));
            return null;
          })),
  WAITS_ARE_NEVER_TAKEN_OFF(dues("remove", (_, _) -> null)),
  THE_SWEEPER_SEES_NO_MINUTE(dues("minutes", (_, _) -> List.of())),
  THE_SWEEPER_SKIPS_AN_HOUR(
      dues(
          "raiseWatermark",
          (real, arguments) -> {
            real.raiseWatermark((long) arguments[0] + 60);
            return null;
          })),
  A_PAGE_OF_WAITS_LACKS_ITS_LAST(
      dues(
          "page",
          (real, arguments) -> {
            @SuppressWarnings("unchecked") // as the port has it
            var page =
                real.page((long) arguments[0], (int) arguments[1], (Optional<String>) arguments[2]);
            return new Page<>(
                page.items().subList(0, Math.max(0, page.items().size() - 1)), page.next());
          })),
  CANCELLATIONS_ARE_NOT_KEPT(triggers("cancelUnder", (_, _) -> null)),
  CANCELLATIONS_ARE_NOT_ASKED_FOR(triggers("cancelled", (_, _) -> false)),
  A_CANCELLATION_OF_ONE_IS_ONE_OF_ALL(
      triggers(
          "cancelUnder",
          (real, arguments) -> {
            real.cancelUnder(
                (EnvironmentId) arguments[0],
                (WorkflowKey) arguments[1],
                (String) arguments[2],
                List.of());
            return null;
          })),
  /** The incident of a well-known service: answered 200, and nothing recorded. */
  ACCEPTED_AND_NOT_STORED(triggers("accept", (_, _) -> new Acceptance.Accepted())),
  THE_FIRST_READ_OF_A_TRIGGER_FINDS_NOTHING(
      ports -> {
        Set<Object> read = new HashSet<>();
        return with(
            ports,
            "triggers",
            instead(
                Triggers.class,
                ports.triggers(),
                "find",
                (real, arguments) ->
                    read.add(arguments[1])
                        ? Optional.empty()
                        : real.find((EnvironmentId) arguments[0], (TriggerId) arguments[1])));
      }),
  EVERY_RUN_IS_A_NEW_ONE(
      ports ->
          with(
              ports,
              "runs",
              instead(
                  Runs.class,
                  ports.runs(),
                  "find",
                  (real, arguments) ->
                      real.find((EnvironmentId) arguments[0], (RunId) arguments[1])
                          .filter(run -> !(run.state() instanceof Run.State.Completed))))),
  A_LOST_CLAIM_COUNTS_AS_MADE(
      ports ->
          with(
              ports,
              "messages",
              instead(
                  Messages.class,
                  ports.messages(),
                  "save",
                  (real, arguments) -> real.save((Message) arguments[0]) || true))),
  ONLY_THE_FIRST_OF_SEVERAL_TASKS_IS_SENT(
      tasks(
          (real, sendings) -> {
            real.send(sendings.subList(0, Math.min(1, sendings.size())));
            return null;
          })),
  DELIVERIES_ARE_NOT_SENT_AGAIN(
      tasks(
          (real, sendings) -> {
            real.send(
                sendings.stream()
                    .filter(
                        it ->
                            !(it.task() instanceof DeliveryTask.Deliver(_, _, _, var n, _, _, _)
                                && n > 1))
                    .toList());
            return null;
          })),
  AN_ATTEMPT_FORGETS_ITS_CHANNEL(
      saved(it -> new Attempt(it.number(), it.at(), it.result(), it.tookMillis())), "mailing"),
  DEAD_ADDRESSES_ARE_NOT_KEPT(suppressions("add", null), "mailing"),
  DEAD_ADDRESSES_ARE_NOT_ASKED_FOR(suppressions("find", Optional.empty()), "mailing"),
  EVERYBODY_HAS_A_SLOT_AT_ONCE(
      ports ->
          with(
              ports,
              "sendSlots",
              (SendSlots) (_, _, most, now) -> new SendSlots.Slots(now.getEpochSecond(), most)),
      "mailing"),
  WHAT_IS_TURNED_AWAY_DOES_NOT_WAIT(
      saved(
          it ->
              it.result() instanceof Attempt.Result.Deferred(var answer, var reason, var at)
                      && at.isPresent()
                  ? it.ended(
                      new Attempt.Result.Deferred(answer, reason, Optional.of(it.ended())),
                      it.tookMillis())
                  : it),
      "mailing"),
  THE_SECOND_CHANNEL_IS_FORGOTTEN(
      ports ->
          with(
              ports,
              "channels",
              instead(
                  Channels.class,
                  ports.channels(),
                  "configured",
                  (real, arguments) -> {
                    ChannelSet all = real.configured((EnvironmentId) arguments[0]);
                    return new ChannelSet(
                        all.all().stream().filter(it -> !it.key().equals("backup")).toList(),
                        all.lacking());
                  })),
      "mailing"),
  WHAT_MAY_HAVE_BEEN_SENT_COUNTS_AS_TURNED_AWAY(
      saved(
          it ->
              it.result() instanceof Attempt.Result.Ambiguous(var reason, var at)
                  ? it.ended(
                      new Attempt.Result.Deferred(Optional.empty(), reason, at), it.tookMillis())
                  : it),
      "mailing"),
  NOBODY_IS_ASKED_WHAT_BECAME_OF_A_MAIL(
      tasks(
          (real, sendings) -> {
            real.send(
                sendings.stream().filter(it -> !(it.task() instanceof DeliveryTask.Poll)).toList());
            return null;
          }),
      "mailing"),
  A_BUDGET_HAS_ROOM_FOR_ONE_MORE(
      throttles((real, passing) -> passing.with(passing.limit() + 1, passing.passer()).on(real)),
      "budget",
      "overflow"),
  A_RUN_USES_A_BUDGET_EACH_TIME_IT_ASKS(
      ports -> {
        var asked = new AtomicInteger();
        return throttles(
                (real, passing) ->
                    passing
                        .with(passing.limit(), passing.passer() + asked.incrementAndGet())
                        .on(real))
            .apply(ports);
      },
      "budget",
      "overflow"),
  A_BATCH_IS_READ_UP_TO_ITS_FIRST(
      batches(
          "activities",
          (real, arguments) -> {
            @SuppressWarnings("unchecked") // as the port has it
            var page =
                real.activities(
                    (EnvironmentId) arguments[0],
                    (BatchId) arguments[1],
                    (int) arguments[2],
                    (Optional<String>) arguments[3]);
            return Page.last(page.items().subList(0, Math.min(1, page.items().size())));
          })),
  AN_ACTIVITY_COUNTS_EACH_TIME_IT_IS_BROUGHT(
      ports -> {
        var brought = new AtomicInteger();
        return batches(
                "join",
                (real, arguments) -> {
                  var it = (Activity) arguments[2];
                  var copy =
                      new Activity(
                          it.id() + brought.incrementAndGet(),
                          RunId.of(it.trigger(), RecipientId.user("copy " + brought)),
                          it.trigger(),
                          it.recipient(),
                          it.actor(),
                          it.at(),
                          it.cancellable(),
                          it.data());
                  var terms = (Batches.Terms) arguments[3];
                  real.join(
                      (EnvironmentId) arguments[0],
                      (BatchId) arguments[1],
                      it,
                      terms,
                      (Instant) arguments[4]);
                  real.join(
                      (EnvironmentId) arguments[0],
                      (BatchId) arguments[1],
                      copy,
                      terms,
                      (Instant) arguments[4]);
                  return real.join(
                      (EnvironmentId) arguments[0],
                      (BatchId) arguments[1],
                      it,
                      terms,
                      (Instant) arguments[4]);
                })
            .apply(ports);
      }),
  NOBODY_REMEMBERS_WHO_HOLDS_A_BATCH(
      batches("keepOut", (_, _) -> new Batches.Joined.Out()), "digest", "sliding", "leading"),
  EVERY_RUN_IS_THE_FIRST(ports -> with(ports, "onceClaims", (OnceClaims) (_, _, _, _, _) -> true)),
  A_PAGE_OF_SUBSCRIBERS_LACKS_ITS_LAST(
      ports ->
          with(
              ports,
              "subscriptions",
              instead(
                  Subscriptions.class,
                  ports.subscriptions(),
                  "of",
                  (real, arguments) -> {
                    @SuppressWarnings("unchecked") // as the port has it
                    var page =
                        real.of(
                            (EnvironmentId) arguments[0],
                            (RecipientId) arguments[1],
                            (Optional<String>) arguments[2]);
                    return new Page<>(
                        page.items().subList(0, Math.max(0, page.items().size() - 1)), page.next());
                  }))),
  ONE_PIECE_OF_A_CROWD_IS_FORGOTTEN(
      ports ->
          with(
              ports,
              "subscriptions",
              instead(
                  Subscriptions.class,
                  ports.subscriptions(),
                  "split",
                  (real, arguments) -> {
                    List<String> pieces =
                        real.split(
                            (EnvironmentId) arguments[0],
                            (RecipientId) arguments[1],
                            (String) arguments[2]);
                    return pieces.subList(0, Math.max(1, pieces.size() - 1));
                  }))),
  WHO_CHANGES_IS_NOT_LOOKED_AT(
      without(it -> it instanceof FanoutTask.Settle), "at-once", TestWorkflows.WELCOME),
  WHO_COMES_IN_TRIGGERS_NOTHING(
      ports ->
          with(
              ports,
              "dynamicMembers",
              instead(
                  DynamicMembers.class,
                  ports.dynamicMembers(),
                  "begin",
                  (real, arguments) ->
                      real.begin(
                          (EnvironmentId) arguments[0],
                          ((DynamicMembers.DynamicMember) arguments[1])
                              .in(DynamicMembers.State.IN)))),
      "at-once",
      TestWorkflows.WELCOME),
  A_STAY_BEGINS_AGAIN(PlantedBugPorts.staysBeginAgain(), "at-once", TestWorkflows.WELCOME),
  NOBODY_LEAVES_AN_AUDIENCE(
      ports ->
          with(
              ports,
              "dynamicMembers",
              instead(DynamicMembers.class, ports.dynamicMembers(), "end", (_, _) -> true)),
      "at-once",
      TestWorkflows.WELCOME),
  DELETED_SCHEDULES_STAY(schedules("delete", (_, _) -> null)),
  A_SCHEDULE_COUNTS_AS_MOVED_ON_THOUGH_IT_IS_NOT(
      schedules(
          "save",
          (real, arguments) ->
              ((Schedule) arguments[0]).last().isPresent() || real.save((Schedule) arguments[0]))),
  A_SCHEDULE_FORGETS_WHAT_COMES_NEXT(
      schedules(
          "save",
          (real, arguments) -> {
            var schedule = (Schedule) arguments[0];
            return real.save(
                schedule.last().isPresent() ? schedule.planned(Optional.empty()) : schedule);
          }));

  private final UnaryOperator<Ports> twins;
  private final Map<String, String> workflows;

  /**
   * @param workflows in which it can show, if they are so few that it shows too rarely among all
   */
  PlantedBug(UnaryOperator<Ports> twins, String... workflows) {
    this.twins = twins;
    this.workflows =
        workflows.length == 0
            ? TestWorkflows.ALL
            : Stream.of(workflows)
                .collect(Collectors.toMap(key -> key, TestWorkflows.SIMULATED::get));
  }

  /** Messages are stored with other attempts than they had. */
  private static UnaryOperator<Ports> saved(UnaryOperator<Attempt> altered) {
    return ports ->
        with(
            ports,
            "messages",
            instead(
                Messages.class,
                ports.messages(),
                "save",
                (real, arguments) -> {
                  var message = (Message) arguments[0];
                  for (Attempt it : message.attempts()) {
                    message = message.with(altered.apply(it), message.updatedAt());
                  }
                  return arguments.length == 1
                      ? real.save(message)
                      : real.save(message, (EngagementCounts) arguments[1]);
                }));
  }

  private static UnaryOperator<Ports> suppressions(String method, Object answer) {
    return ports ->
        with(
            ports,
            "suppressions",
            instead(Suppressions.class, ports.suppressions(), method, (_, _) -> answer));
  }

  public Map<String, String> workflows() {
    return workflows;
  }

  public UnaryOperator<Ports> twins() {
    return twins;
  }

  private interface Otherwise<T> {
    Object answer(T real, Object[] arguments);
  }

  private static UnaryOperator<Ports> dues(String method, Otherwise<Timers> otherwise) {
    return ports ->
        with(ports, "timers", instead(Timers.class, ports.timers(), method, otherwise::answer));
  }

  private static UnaryOperator<Ports> triggers(String method, Otherwise<Triggers> otherwise) {
    return ports ->
        with(
            ports,
            "triggers",
            instead(Triggers.class, ports.triggers(), method, otherwise::answer));
  }

  private static UnaryOperator<Ports> schedules(String method, Otherwise<Schedules> otherwise) {
    return ports ->
        with(
            ports,
            "schedules",
            instead(Schedules.class, ports.schedules(), method, otherwise::answer));
  }

  private static UnaryOperator<Ports> batches(String method, Otherwise<Batches> otherwise) {
    return ports ->
        with(ports, "batches", instead(Batches.class, ports.batches(), method, otherwise::answer));
  }

  /** Tasks of that kind are not sent. */
  private static UnaryOperator<Ports> without(Predicate<Task> kind) {
    return tasks(
        (real, sendings) -> {
          real.send(sendings.stream().filter(it -> !kind.test(it.task())).toList());
          return null;
        });
  }

  private interface Sending {
    Object answer(Tasks real, List<Tasks.Sending> sendings);
  }

  /** All of the ways to send, which the port's own short forms lead to. */
  private static UnaryOperator<Ports> tasks(Sending otherwise) {
    return ports -> {
      Tasks real = ports.tasks();
      Tasks slipping = sendings -> otherwise.answer(real, sendings);
      return with(ports, "tasks", slipping);
    };
  }

  private record Passing(
      EnvironmentId environment,
      ThrottleId throttle,
      String passer,
      int limit,
      Instant windowEnd,
      Instant now) {
    Passing with(int otherLimit, String otherPasser) {
      return new Passing(environment, throttle, otherPasser, otherLimit, windowEnd, now);
    }

    Throttles.Passage on(Throttles real) {
      return real.pass(environment, throttle, passer, limit, windowEnd, now);
    }
  }

  private interface Asking {
    Throttles.Passage answer(Throttles real, Passing passing);
  }

  private static UnaryOperator<Ports> throttles(Asking otherwise) {
    return ports -> {
      Throttles real = ports.throttles();
      Throttles slipping =
          (environment, throttle, passer, limit, windowEnd, now) ->
              otherwise.answer(
                  real, new Passing(environment, throttle, passer, limit, windowEnd, now));
      return with(ports, "throttles", slipping);
    };
  }
}
