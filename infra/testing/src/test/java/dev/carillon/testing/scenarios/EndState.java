package dev.carillon.testing.scenarios;

import dev.carillon.audience.DynamicMembers;
import dev.carillon.broadcast.Broadcast.Stage;
import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.json.Json;
import dev.carillon.message.Attempt;
import dev.carillon.message.ContentCodec;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.EngagementCounts;
import dev.carillon.message.EngagementTotals;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run;
import dev.carillon.run.SkipReason;
import dev.carillon.run.StepOutcome;
import dev.carillon.source.Source;
import dev.carillon.source.SourceEvent;
import dev.carillon.testing.engine.FakeProvider;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.engine.InvocationJson;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.WorkflowKey;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an engine has come to, in words that leave out what a fault may change: instants, numbers of
 * attempts, and ids, for which stand what they are ids of. Beside it, what must never be.
 */
public record EndState(List<String> lines, List<String> wrong) {
  private static final int ALL = 10_000;

  private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

  /** Of a tracked link or picture. */
  private static final Pattern TOKEN = Pattern.compile("/([lo])/[A-Za-z0-9_-]+");

  /** What ends a wait, uses a budget or begins another workflow: no step of a run does it twice. */
  private static final Set<String> ENDINGS =
      Set.of(
          "delay_ended",
          "batch_closed",
          "batch_opened",
          "batch_joined",
          "throttle_passed",
          "wait_matched",
          "wait_timed_out",
          "workflow_triggered",
          "run_completed",
          "run_cancelled");

  public static EndState of(InProcessEngine engine, List<RecipientId> people) {
    var reading = new Reading(engine);
    people.forEach(reading::person);
    people.forEach(reading::schedules);
    people.forEach(reading::stays);
    reading.runs.forEach(reading::run);
    reading.messages.values().forEach(reading::message);
    reading.sources();
    reading.broadcasts();
    reading.check();
    return new EndState(reading.lines.stream().sorted().toList(), reading.wrong);
  }

  /** What must never be and is. */
  public static List<String> wrong(InProcessEngine engine) {
    var reading = new Reading(engine);
    reading.check();
    return reading.wrong;
  }

  private static final class Reading {
    private final InProcessEngine engine;
    private final List<Run> runs;
    private final Map<MessageId, Message> messages = new LinkedHashMap<>();
    private final Map<TriggerId, String> triggers = new HashMap<>();
    private final Map<MessageId, String> names =
        new TreeMap<>(java.util.Comparator.comparing(MessageId::value));
    private final List<String> lines = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    /** Looks for what must never be. */
    void check() {
      once();
      runs.forEach(this::ended);
      messages.values().forEach(this::ended);
      rest();
      totals();
      providers();
      new HookEnd(engine, lines::add, wrong::add).read();
    }

    /** That somebody is in a dynamic audience; all were told of it, or of who has left. */
    private void stays(RecipientId person) {
      for (var stay : engine.ports().dynamicMembers().of(InProcessEngine.ENVIRONMENT, person)) {
        lines.add(person + " is in " + stay.audience());
        if (stay.state() != DynamicMembers.State.IN) {
          wrong.add(person + " is on the way, in " + stay.audience());
        }
      }
    }

    /** An event that was not acknowledged may be in the log without anything done for it. */
    private void sources() {
      for (Source source : engine.ports().sources().all(InProcessEngine.ENVIRONMENT)) {
        engine
            .ports()
            .sourceEvents()
            .newestFirst(
                InProcessEngine.ENVIRONMENT,
                source.key(),
                TimeRange.ALL,
                it -> it.state() instanceof SourceEvent.State.Done,
                PageRequest.first(ALL))
            .items()
            .forEach(it -> lines.add("event " + it.type() + ": " + it.state()));
      }
    }

    /** How far each has come, and with how many. */
    private void broadcasts() {
      engine
          .ports()
          .broadcasts()
          .newestFirst(InProcessEngine.ENVIRONMENT, PageRequest.first(ALL))
          .items()
          .forEach(
              it ->
                  lines.add(
                      "broadcast "
                          + it.key()
                          + ": "
                          + it.stage().getClass().getSimpleName()
                          + (it.stage() instanceof Stage.Sent sent ? " " + sent.members() : "")));
    }

    Reading(InProcessEngine engine) {
      this.engine = engine;
      runs =
          engine
              .ports()
              .runs()
              .newestFirst(
                  InProcessEngine.ENVIRONMENT, TimeRange.ALL, _ -> true, PageRequest.first(ALL))
              .items();
      for (Message message :
          engine
              .ports()
              .messages()
              .newestFirst(
                  InProcessEngine.ENVIRONMENT, TimeRange.ALL, _ -> true, PageRequest.first(ALL))
              .items()) {
        messages.put(message.id(), message);
      }
      runs.stream()
          .map(Run::trigger)
          .distinct()
          .sorted(java.util.Comparator.comparing(TriggerId::toString))
          .forEach(trigger -> triggers.put(trigger, "trigger " + (triggers.size() + 1)));
      messages.values().forEach(message -> names.put(message.id(), name(message)));
    }

    /**
     * One run for a recipient of a trigger, one message for a channel of its step, one end each.
     */
    void once() {
      doubled(runs.stream().map(run -> List.of(run.trigger(), run.recipient())));
      doubled(
          messages.values().stream()
              .filter(it -> !it.channelType().severalTargets())
              .map(it -> List.of(it.source().run(), it.source().step(), it.channel())));
      for (Run run : runs) {
        doubled(
            run.log().stream()
                .filter(entry -> ENDINGS.contains(entry.event().wireName()))
                .map(entry -> List.of(run.id(), entry.step(), entry.event().wireName())));
      }
    }

    private void doubled(Stream<? extends List<?>> things) {
      var seen = new HashSet<List<?>>();
      things.filter(thing -> !seen.add(thing)).forEach(thing -> wrong.add("twice: " + thing));
    }

    private String name(Message message) {
      return triggers.getOrDefault(message.source().trigger(), "no trigger")
          + " "
          + message.recipient().id()
          + " "
          + message.source().step().value();
    }

    void person(RecipientId id) {
      String known =
          engine
              .ports()
              .recipients()
              .find(InProcessEngine.ENVIRONMENT, id)
              .map(Recipient::properties)
              .map(InvocationJson::of)
              .orElse("unknown");
      lines.add("person " + id.id() + ": " + known);
      engine
          .ports()
          .recipients()
          .find(InProcessEngine.ENVIRONMENT, id)
          .map(Recipient::channelData)
          .filter(data -> !data.isEmpty())
          .ifPresent(data -> lines.add("channels of " + id.id() + ": " + data));
    }

    void schedules(RecipientId of) {
      engine
          .ports()
          .schedules()
          .ofRecipient(InProcessEngine.ENVIRONMENT, of, _ -> true, PageRequest.first(ALL))
          .items()
          .forEach(
              it ->
                  lines.add(
                      "schedule of %s: %s, occurred %s, will %s"
                          .formatted(
                              of.id(),
                              InvocationJson.of(it.data()),
                              it.last().isPresent(),
                              it.next().isPresent())));
    }

    private String name(Run run) {
      return "run " + triggers.get(run.trigger()) + " " + run.recipient().id();
    }

    void run(Run run) {
      String name = name(run);
      lines.add(name + ": " + run.status() + " errors " + run.errors());
      engine
          .ports()
          .triggers()
          .find(run.environment(), run.trigger())
          .flatMap(trigger -> trigger.named(run.recipient()))
          .ifPresent(named -> lines.add(name + " was said: " + said(named)));
      run.outcomes().forEach((step, it) -> lines.add(name + " " + step.value() + ": " + of(it)));
      int place = 0;
      for (var entry : run.log()) {
        lines.add(
            "%s log %02d: %s %s %s %s"
                .formatted(
                    name,
                    place++,
                    entry.event().wireName(),
                    entry.ok(),
                    entry.step(),
                    withoutIds(InvocationJson.of(entry.data()), run)));
      }
    }

    private static String said(Trigger.Named named) {
      return InvocationJson.of(named.data())
          + named.identification().map(it -> InvocationJson.of(it.properties())).orElse("");
    }

    private String withoutIds(String data, Run run) {
      String without = data;
      for (var message : names.entrySet()) {
        without = without.replace(message.getKey().value(), "<" + message.getValue() + ">");
      }
      without = without.replace(run.id().toString(), "<this run>");
      without = without.replace(run.trigger().toString(), "<its trigger>");
      return INSTANT.matcher(without).replaceAll("<instant>");
    }

    /** Whether it ended, and knows of its messages. */
    void ended(Run run) {
      String name = name(run);
      if (!(run.state() instanceof Run.State.Completed)
          && !(run.state() instanceof Run.State.Cancelled)) {
        wrong.add(name + " did not end: " + run.state());
      }
      for (Message message : messages.values()) {
        boolean said =
            run.outcomes().get(message.source().step()) instanceof StepOutcome.Sent(var ids)
                && ids.contains(message.id());
        boolean cancelled = run.state() instanceof Run.State.Cancelled;
        if (message.source().run().equals(run.id()) && !said && !cancelled && !turnedAway(run)) {
          wrong.add(name + " does not know of " + message.id());
        }
      }
    }

    /**
     * Of two copies of a task at once, one may find the window of a budget open and the other find
     * it over: then one sends, once and within the budget, what the other turned away.
     */
    private static boolean turnedAway(Run run) {
      return run.outcomes().values().stream()
          .anyMatch(
              it -> it instanceof StepOutcome.Skipped(var why) && why == SkipReason.THROTTLED);
    }

    private String of(StepOutcome outcome) {
      return switch (outcome) {
        case StepOutcome.Sent(var ids) ->
            "sent "
                + ids.stream().map(id -> names.getOrDefault(id, "a message that is gone")).toList();
        case StepOutcome.Skipped(var reason) -> "skipped " + reason;
        case StepOutcome.Done() -> "done";
        case StepOutcome.Awaited(var matched, _) -> matched ? "heard" : "heard nothing";
      };
    }

    void ended(Message message) {
      if (message.status() == DeliveryStatus.QUEUED
          || message.status() == DeliveryStatus.DELIVERY_ATTEMPTED) {
        wrong.add(
            name(message) + " came to no end: " + message.status() + " " + message.attempts());
      }
      if (message.status() == DeliveryStatus.SENT && isToBeAskedAfter(message)) {
        wrong.add(name(message) + " was not asked after");
      }
    }

    void message(Message message) {
      String timeline =
          message.events().stream()
              .map(Message.Event::type)
              // What an attempt that failed leaves behind; and a client may say a thing twice, and
              // a confirmation may be recorded before the acceptance it confirms.
              .filter(type -> !type.equals("delivery_attempted"))
              // Said by a confirmation too, which may be all that is heard of an accepted mail.
              .filter(type -> !type.equals("sent") || message.status() != DeliveryStatus.DELIVERED)
              .distinct()
              .sorted()
              .collect(Collectors.joining(", "));
      String content =
          engine
              .ports()
              .messages()
              .content(message.environment(), message.id())
              .map(it -> InvocationJson.of(withoutIds(ContentCodec.write(it.content()))))
              .orElse("no content");
      lines.add(
          "events of %s: %d"
              .formatted(
                  name(message),
                  engine
                      .ports()
                      .trackingEvents()
                      .ofMessage(message.environment(), message.id())
                      .size()));
      lines.add(
          "message %s: %s, %s, %s, tenant %s, %s"
              .formatted(
                  name(message),
                  message.status(),
                  new TreeSet<>(message.engagement().keySet()),
                  timeline,
                  message.tenant(),
                  INSTANT
                      .matcher(TOKEN.matcher(content).replaceAll("/$1/<token>"))
                      .replaceAll("<instant>")));
    }

    private boolean isToBeAskedAfter(Message message) {
      return engine
          .ports()
          .channels()
          .find(InProcessEngine.ENVIRONMENT, message.takenBy().toString())
          .filter(engine.statuses()::wanted)
          .isPresent();
    }

    private Json.Obj withoutIds(Json.Obj rendered) {
      return rendered.without("headers");
    }

    /** Neither more nor less than the timelines say: what was counted was counted once. */
    void totals() {
      Map<WorkflowKey, EngagementCounts> told = new HashMap<>();
      messages
          .values()
          .forEach(
              it ->
                  told.merge(
                      it.source().workflow(), EngagementCounts.ofMade(it), EngagementCounts::plus));
      LocalDate today = LocalDate.ofInstant(engine.now(), ZoneOffset.UTC);
      told.forEach(
          (workflow, counts) -> {
            EngagementCounts counted =
                engine
                    .ports()
                    .engagementTotals()
                    .of(InProcessEngine.ENVIRONMENT, workflow, today.minusDays(60), today)
                    .stream()
                    .map(EngagementTotals.Total::counts)
                    .reduce(EngagementCounts.NONE, EngagementCounts::plus);
            if (!counted.equals(counts)) {
              wrong.add("counted " + counted + ", and the timelines say " + counts);
            }
          });
    }

    /** Nothing is left over. */
    void rest() {
      if (!engine.ports().tasks().queued().isEmpty()) {
        wrong.add("tasks are left: " + engine.ports().tasks().queued());
      }
      WatchedFeeds.told(engine).forEach(lines::add);
      if (!engine.deadLetters().isEmpty()) {
        wrong.add("tasks were put aside: " + engine.deadLetters());
      }
      if (!engine.ports().timers().all().isEmpty()) {
        wrong.add("waits are still listed: " + engine.ports().timers().all());
      }
      if (!engine.ports().minuteSchedules().standing().isEmpty()) {
        wrong.add("schedules stand: " + engine.ports().minuteSchedules().standing());
      }
    }

    /** Nothing sent twice, unless it was on record first that nobody knew of the first time. */
    void providers() {
      var accepted = new HashMap<MessageId, Integer>();
      var offered = new HashMap<MessageId, Integer>();
      var offers = new ArrayList<>(engine.email().offers());
      offers.addAll(engine.webhook().offers());
      for (var offer : offers) {
        MessageId id = offer.message().id();
        offered.merge(id, 1, Integer::sum);
        if (offer.accepted() && accepted.merge(id, 1, Integer::sum) > 1) {
          boolean recorded = offer.standing().map(Reading::unknowns).orElse(0L) > 0;
          if (!recorded) {
            wrong.add("sent twice, the first time not on record as unknown: " + names.get(id));
          }
        }
        if (!messages.containsKey(id)) {
          wrong.add("offered, but not known: " + id);
        } else if (!saysWhere(messages.get(id), offer)) {
          wrong.add("went through another channel than is on record: " + names.get(id));
        }
      }
      for (Message message : messages.values()) {
        int times = accepted.getOrDefault(message.id(), 0);
        boolean atMostOnce =
            engine
                .ports()
                .channels()
                .find(InProcessEngine.ENVIRONMENT, message.channel().toString())
                .filter(Channel::atMostOnce)
                .isPresent();
        if (times > 1 && atMostOnce || times - 1 > unknowns(message)) {
          wrong.add("sent " + times + " times: " + names.get(message.id()));
        }
        if (offered.getOrDefault(message.id(), 0) > message.attempts().size()) {
          wrong.add("more requests than attempts: " + names.get(message.id()));
        }
        lines.add("accepted " + names.get(message.id()) + ": " + (times > 0));
        staysWhereItMayHaveBeenSent(message);
      }
    }

    private static boolean saysWhere(Message message, FakeProvider.Offer offer) {
      int number = offer.message().lastAttempt().map(Attempt::number).orElse(0);
      return message.attempts().stream()
          .filter(attempt -> attempt.number() == number)
          .allMatch(attempt -> message.through(attempt).equals(offer.channel()));
    }

    /** What a channel may have sent goes through no other, unless that channel says so. */
    private void staysWhereItMayHaveBeenSent(Message message) {
      List<Attempt> attempts = message.currentAttempts();
      for (int i = 0; i + 1 < attempts.size(); i++) {
        ChannelId through = message.through(attempts.get(i));
        boolean bound =
            attempts.get(i).result() instanceof Attempt.Result.Ambiguous
                && engine
                    .ports()
                    .channels()
                    .find(InProcessEngine.ENVIRONMENT, through.toString())
                    .filter(Channel::failsOverWhenAmbiguous)
                    .isEmpty();
        if (bound && !message.through(attempts.get(i + 1)).equals(through)) {
          wrong.add("went on though it may have been sent: " + names.get(message.id()));
        }
      }
    }

    private static long unknowns(Message message) {
      return message.attempts().stream()
          .filter(attempt -> attempt.result() instanceof Attempt.Result.Ambiguous)
          .count();
    }
  }
}
