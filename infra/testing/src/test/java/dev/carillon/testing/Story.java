package dev.carillon.testing;

import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.TriggerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * What the clients of a simulation ask for, by chance: triggers of several workflows for a few
 * people who meet again and again, and cancellations. A client repeats a call that was not answered
 * or with a 5xx, under one key.
 */
final class Story {
  private static final int PEOPLE = 6;

  private final List<Asking> triggers = new ArrayList<>();
  private final List<Asking> cancellations = new ArrayList<>();
  private final List<Asking> open = new ArrayList<>();
  private final SplittableRandom chance;

  /** One thing a client wants. */
  static final class Asking {
    final String workflow;
    final Call call;
    final List<RecipientId> recipients;

    /** The trigger to cancel. */
    final Optional<Asking> cancelled;

    private final boolean cancellable;
    private Optional<TriggerId> trigger = Optional.empty();
    private long answeredAt = Long.MAX_VALUE;

    private Asking(
        String workflow,
        Call call,
        List<RecipientId> recipients,
        boolean cancellable,
        Optional<Asking> cancelled) {
      this.workflow = workflow;
      this.call = call;
      this.recipients = recipients;
      this.cancellable = cancellable;
      this.cancelled = cancelled;
    }

    boolean answered() {
      return answeredAt != Long.MAX_VALUE;
    }

    /** The machine with that number and all after it were started when the answer was there. */
    long answeredAt() {
      return answeredAt;
    }

    Optional<TriggerId> trigger() {
      return trigger;
    }
  }

  /**
   * @param workflows what may be triggered
   */
  Story(List<String> workflows, int triggers, SplittableRandom chance) {
    this.chance = chance;
    for (int i = 0; i < triggers; i++) {
      open.add(trigger(workflows.get(chance.nextInt(workflows.size())), i));
    }
    this.triggers.addAll(open);
  }

  private Asking trigger(String workflow, int number) {
    Set<Integer> people = new TreeSet<>();
    int count = 1 + chance.nextInt(PEOPLE);
    for (int i = 0; i < count; i++) {
      people.add(chance.nextInt(PEOPLE));
    }
    boolean cancellable = chance.nextInt(3) == 0;
    Json.Obj body =
        Json.object()
            .with(
                "recipients",
                Json.array(people.stream().map(it -> Given.person("person-" + it)).toList()))
            .with("data", Json.object().with("text", "text " + number));
    Json.Obj whole = cancellable ? body.with("cancellation_key", Integer.toString(number)) : body;
    return new Asking(
        workflow,
        Engine.withKey(Call.trigger(workflow, whole).once("call-" + number)),
        people.stream().map(it -> RecipientId.user("person-" + it)).toList(),
        cancellable,
        Optional.empty());
  }

  private static Asking cancel(Asking trigger, List<RecipientId> whom) {
    Json.Obj body = Json.object().with("cancellation_key", Integer.toString(number(trigger)));
    return new Asking(
        trigger.workflow,
        Engine.withKey(
            Call.cancel(
                trigger.workflow,
                whom.size() == trigger.recipients.size()
                    ? body
                    : body.with(
                        "recipients", Json.texts(whom.stream().map(RecipientId::id).toList())))),
        whom,
        false,
        Optional.of(trigger));
  }

  private static int number(Asking trigger) {
    return Integer.parseInt(
        trigger.call.headers().get("idempotency-key").substring("call-".length()));
  }

  boolean idle() {
    return open.isEmpty();
  }

  /** One of those that are not answered; nobody else asks for it until it is heard of. */
  Asking next() {
    return open.remove(chance.nextInt(open.size()));
  }

  /**
   * @param answer empty when none came
   * @param machine the number that the next machine will have
   */
  void heard(Asking asking, Optional<Answer> answer, long machine) {
    if (answer.isEmpty() || answer.get().status() >= 500) {
      open.add(asking);
      return;
    }
    if (!answer.get().ok()) {
      throw new IllegalStateException("Refused: " + asking.call + " by " + answer.get());
    }
    asking.answeredAt = machine;
    if (asking.cancelled.isEmpty()) {
      asking.trigger = answer.get().body().text("workflow_run_id").map(TriggerId::parse);
      if (asking.cancellable && chance.nextInt(2) == 0) {
        int whom = 1 + chance.nextInt(asking.recipients.size());
        open.add(cancel(asking, asking.recipients.subList(0, whom)));
        cancellations.add(open.getLast());
      }
    }
  }

  List<Asking> triggers() {
    return triggers;
  }

  /**
   * From which machine on the run must not send any more; {@link Long#MAX_VALUE} when it may for
   * ever.
   */
  long cancelledAt(TriggerId trigger, RecipientId recipient) {
    return cancellations.stream()
        .filter(it -> it.cancelled.orElseThrow().trigger.equals(Optional.of(trigger)))
        .filter(it -> it.recipients.contains(recipient))
        .mapToLong(Asking::answeredAt)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** By trigger, what was asked for. */
  Map<TriggerId, Asking> accepted() {
    var accepted = new HashMap<TriggerId, Asking>();
    triggers.forEach(it -> it.trigger.ifPresent(id -> accepted.put(id, it)));
    return accepted;
  }
}
