package dev.carillon.testing.simulation;

import dev.carillon.json.Json;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.schedule.Schedule;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.TestWorkflows;
import dev.carillon.testing.simulation.ClientCall.Wish;
import dev.carillon.trigger.TriggerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the clients of a simulation ask for, by chance: triggers of several workflows for a few
 * people who meet again and again and for an object that some of them subscribe to, within tenants
 * or not; cancellations; schedules, and their end. A client repeats a call that was not answered or
 * with a 5xx, under one key.
 */
public final class ClientScript {
  private static final int PEOPLE = 6;

  /**
   * Three times, or four if it begins before nine. Of what is missed in bad weather two in a row
   * may be made up for as one.
   */
  private static final Duration HOURLY_FOR = Duration.ofMinutes(210);

  private final List<ClientCall> all = new ArrayList<>();
  private final List<ClientCall> open = new ArrayList<>();
  private final List<RecipientId> crew;
  private final InProcessEngine engine;
  private final SplittableRandom chance;

  /**
   * @param workflows what may be triggered
   * @param crew whom a trigger for the crew reaches
   */
  public ClientScript(
      List<String> workflows,
      List<RecipientId> crew,
      int askings,
      InProcessEngine engine,
      SplittableRandom chance) {
    this.crew = List.copyOf(crew);
    this.engine = engine;
    this.chance = chance;
    for (int i = 0; i < askings; i++) {
      String workflow = workflows.get(chance.nextInt(workflows.size()));
      ask(chance.nextInt(10) == 0 ? schedule(workflow, i) : trigger(workflow, i));
    }
  }

  /** From now on all people come into the audience too, and half of them leave it again. */
  public void enrolling() {
    for (int i = 0; i < PEOPLE; i++) {
      ask(AudiencePlot.enrol(RecipientId.user("person-" + i), i % 2 == 0));
    }
  }

  private void ask(ClientCall asking) {
    all.add(asking);
    open.add(asking);
  }

  private ClientCall trigger(String workflow, int number) {
    List<RecipientId> people = people(PEOPLE);
    boolean withCrew = chance.nextInt(8) == 0;
    boolean cancellable = chance.nextInt(3) == 0;
    var named =
        new ArrayList<Json>(people.stream().map(it -> EngineFixtures.person(it.id())).toList());
    Set<RecipientId> reached = new LinkedHashSet<>(people);
    if (withCrew) {
      named.add(TestWorkflows.CREW.reference());
      reached.addAll(crew);
    }
    Json.Obj body =
        Json.object()
            .with("recipients", Json.array(named))
            .with("data", TestWorkflows.data("text " + number, engine.now()));
    Json.Obj placed = chance.nextInt(4) == 0 ? body.with("tenant", "acme") : body;
    return new ClientCall(
        Call.trigger(
                workflow,
                cancellable ? placed.with("cancellation_key", Integer.toString(number)) : placed)
            .once("call-" + number),
        new Wish.Trigger(number, workflow, List.copyOf(reached), cancellable));
  }

  /** Once, in a while, or every hour. */
  private ClientCall schedule(String workflow, int number) {
    String text = "text " + number;
    List<RecipientId> people = people(2);
    boolean once = chance.nextBoolean();
    Json.Obj body =
        Json.object()
            .with("workflow", workflow)
            .with(
                "recipients",
                Json.array(people.stream().map(it -> EngineFixtures.person(it.id())).toList()))
            .with("data", TestWorkflows.data(text, engine.now()));
    Json.Obj timed =
        once
            ? body.with(
                "scheduled_at", engine.now().plusSeconds(1 + chance.nextInt(3_000)).toString())
            : body.with("repeats", Json.array(List.of(Json.object().with("frequency", "hourly"))))
                .with("ending_at", engine.now().plus(HOURLY_FOR).toString());
    return new ClientCall(
        Call.post("/v1/schedules", timed).once("call-" + number),
        once ? new Wish.Schedule(text, people, 1, 1) : new Wish.Schedule(text, people, 2, 4));
  }

  private List<RecipientId> people(int most) {
    Set<Integer> people = new TreeSet<>();
    int count = 1 + chance.nextInt(most);
    for (int i = 0; i < count; i++) {
      people.add(chance.nextInt(PEOPLE));
    }
    return people.stream().map(it -> RecipientId.user("person-" + it)).toList();
  }

  private static ClientCall cancel(ClientCall asked, Wish.Trigger trigger, List<RecipientId> whom) {
    Json.Obj body = Json.object().with("cancellation_key", Integer.toString(trigger.number()));
    boolean everybody = whom.size() == trigger.reached().size();
    return new ClientCall(
        Call.cancel(
            trigger.workflow(),
            everybody
                ? body
                : body.with(
                    "recipients", Json.array(whom.stream().map(RecipientId::reference).toList()))),
        new Wish.Cancel(asked, whom));
  }

  private ClientCall unschedule(ClientCall asked, Wish.Schedule schedule) {
    List<String> ids =
        schedule.people().stream()
            .flatMap(it -> schedules(schedule, it))
            .map(it -> it.id().toString())
            .toList();
    return new ClientCall(
        Call.delete("/v1/schedules", Json.object().with("schedule_ids", Json.texts(ids))),
        new Wish.Unschedule(asked));
  }

  /** As they are stored by now. */
  public Stream<Schedule> schedules(Wish.Schedule wanted, RecipientId of) {
    return engine
        .ports()
        .schedules()
        .ofRecipient(InProcessEngine.ENVIRONMENT, of, _ -> true, PageRequest.first(100))
        .items()
        .stream()
        .filter(it -> it.data().text("text").equals(Optional.of(wanted.text())));
  }

  public boolean idle() {
    return open.isEmpty();
  }

  /** One of those that are not answered; nobody else asks for it until it is heard of. */
  public ClientCall next() {
    return open.remove(chance.nextInt(open.size()));
  }

  /**
   * @param answer empty when none came
   * @param machine the number that the next machine will have
   */
  public void heard(ClientCall asking, Optional<CallAnswer> answer, long machine) {
    if (answer.isEmpty() || answer.get().status() >= 500) {
      open.add(asking);
      return;
    }
    if (!answer.get().ok()) {
      throw new IllegalStateException("Refused: " + asking.call() + " by " + answer.get());
    }
    asking.answered(answer.get(), machine);
    switch (asking.wish()) {
      case Wish.Trigger trigger when trigger.cancellable() && chance.nextBoolean() -> {
        int whom = 1 + chance.nextInt(trigger.reached().size());
        ask(cancel(asking, trigger, trigger.reached().subList(0, whom)));
      }
      case Wish.Schedule schedule when chance.nextInt(3) == 0 -> ask(unschedule(asking, schedule));
      case Wish.Enrol enrolled when !enrolled.forGood() -> ask(AudiencePlot.resign(enrolled));
      case Wish.Trigger _,
          Wish.Cancel _,
          Wish.Schedule _,
          Wish.Unschedule _,
          Wish.Enrol _,
          Wish.Resign _ -> {}
    }
  }

  /** Those with such a wish. */
  public <W extends Wish> Map<ClientCall, W> wishing(Class<W> kind) {
    Map<ClientCall, W> wishing = new LinkedHashMap<>();
    all.stream()
        .filter(it -> kind.isInstance(it.wish()))
        .forEach(it -> wishing.put(it, kind.cast(it.wish())));
    return wishing;
  }

  /**
   * From which machine on the run must not send any more; {@link Long#MAX_VALUE} when it may for
   * ever.
   */
  public long cancelledAt(TriggerId trigger, RecipientId recipient) {
    return wishing(Wish.Cancel.class).entrySet().stream()
        .filter(it -> it.getValue().trigger().trigger().equals(Optional.of(trigger)))
        .filter(it -> it.getValue().whom().contains(recipient))
        .mapToLong(it -> it.getKey().answeredAt())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Whether somebody asked for the schedule's end. */
  public boolean isUnscheduled(ClientCall schedule) {
    return wishing(Wish.Unschedule.class).values().stream()
        .anyMatch(it -> it.schedule() == schedule);
  }
}
