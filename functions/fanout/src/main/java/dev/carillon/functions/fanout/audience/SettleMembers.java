package dev.carillon.functions.fanout.audience;

import dev.carillon.audience.Audience;
import dev.carillon.audience.Audiences;
import dev.carillon.audience.Audiences.Member;
import dev.carillon.audience.DynamicMembers;
import dev.carillon.audience.DynamicMembers.DynamicMember;
import dev.carillon.audience.DynamicMembers.State;
import dev.carillon.audience.Membership;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.PublishEvents;
import dev.carillon.id.Digest;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.Recipients.ListedRecipient;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Ports;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Tasks;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Brings the record of who is in dynamic audiences up to their conditions, and tells of who came in
 * or left.
 *
 * <p>That somebody is in or out is written down, and then read again before anybody is told: what a
 * task read a moment too early, and came to write late, comes to nothing. That it holds is written
 * down before they are told, and that they were told after: who dies in between finds it so, and
 * tells again under the same names. Who came in and left before it could be read again is told of
 * neither.
 */
public final class SettleMembers {
  private static final int PAGE = 50;
  private static final int ROUNDS = 12;

  private final Audiences audiences;
  private final DynamicMembers members;
  private final Recipients recipients;
  private final PublishEvents tell;
  private final StartEntryWorkflows start;
  private final Tasks tasks;
  private final InstantSource clock;
  private final Log log;

  private SettleMembers(Ports ports) {
    this.audiences = ports.audiences();
    this.members = ports.dynamicMembers();
    this.recipients = ports.recipients();
    this.tell = Ports.events(ports);
    this.tasks = ports.tasks();
    this.clock = ports.clock();
    this.log = ports.log();
    this.start =
        new StartEntryWorkflows(
            ports.workflows(), recipients, ports.triggers(), ports.tasks(), log);
  }

  /** On these ports. */
  public static SettleMembers on(Ports ports) {
    return new SettleMembers(ports);
  }

  public void handle(FanoutTask.Settle task) {
    settle(task.environment(), task.user(), task.cause(), _ -> true, (_, _) -> Entry.LOUD);
  }

  public void handle(FanoutTask.Entered task) {
    start.handle(task);
  }

  /** A page of all users; the next is a task of its own. */
  public void handle(FanoutTask.SettleAll task) {
    EnvironmentId environment = task.environment();
    Page<ListedRecipient> page =
        recipients.of(
            environment, RecipientId.USERS, new PageRequest(task.cursor(), Optional.empty(), PAGE));
    for (ListedRecipient listed : page.items()) {
      settle(
          environment,
          listed.id(),
          task.cause(),
          _ -> true,
          (audience, user) -> entry(task, audience, user));
    }
    if (page.next().isPresent()) {
      tasks.send(
          new FanoutTask.SettleAll(
              environment, task.cause(), task.asked(), task.changed(), task.made(), page.next()));
    }
    log.decision(
        "audience.settled",
        "environment",
        environment.value(),
        "users",
        page.items().size(),
        "more",
        page.next().isPresent());
  }

  /** How a user comes into an audience. */
  private enum Entry {
    /** Not now; another task sees to it. */
    NONE,
    /** It was in, before anybody looked. */
    SILENT,
    LOUD
  }

  /** An audience among all there are. */
  private record Found(String key, Map<String, Audience> all) {

    /** Whether it is one of these, or asks about one of them in the end. */
    boolean dependsOn(Set<String> changed) {
      var reached = new HashSet<>(List.of(key));
      var open = new ArrayDeque<>(reached);
      while (!open.isEmpty()) {
        if (all.get(open.remove()) instanceof Audience.Dynamic audience) {
          audience.audiences().stream().filter(reached::add).forEach(open::add);
        }
      }
      return !Collections.disjoint(reached, changed);
    }
  }

  /** Of audiences that another change made, that change's own tasks know who was in them. */
  private static Entry entry(FanoutTask.SettleAll task, Found audience, Recipient user) {
    if (!audience.dependsOn(task.changed())) {
      return Entry.NONE;
    }
    return task.made().contains(audience.key()) && !user.updatedAt().isAfter(task.asked())
        ? Entry.SILENT
        : Entry.LOUD;
  }

  /**
   * Has a user leave all audiences that was deleted then, and was not made anew since.
   *
   * @param deletedAt it may still be there, to go in a moment
   */
  public void deleted(EnvironmentId environment, RecipientId user, Instant deletedAt) {
    settle(
        environment,
        user,
        "deleted " + deletedAt,
        it -> it.updatedAt().isAfter(deletedAt),
        (_, _) -> Entry.LOUD);
  }

  /**
   * @param cause names a stay that begins, together with when it does
   * @param counts whether the user, being known, may be in any audience
   * @param entry how the user comes into an audience
   */
  private void settle(
      EnvironmentId environment,
      RecipientId user,
      String cause,
      Predicate<Recipient> counts,
      BiFunction<Found, Recipient, Entry> entry) {
    for (int round = 0; round < ROUNDS; round++) {
      // The stays first: what is read of the user then is newer than what was written of them.
      Map<String, DynamicMember> stays =
          members.of(environment, user).stream()
              .collect(Collectors.toMap(DynamicMember::audience, it -> it));
      Map<String, Audience> all = audiences.allNow(environment);
      Optional<Recipient> known = recipients.find(environment, user).filter(counts);
      Set<String> within =
          known
              .map(it -> membership().dynamicOf(environment, all, it, clock.instant()))
              .orElse(Set.of());
      boolean changed = false;
      for (DynamicMember stay : stays.values()) {
        changed |= moved(environment, stay, within.contains(stay.audience()));
      }
      for (String key : within) {
        if (!stays.containsKey(key)) {
          Entry how = entry.apply(new Found(key, all), known.orElseThrow());
          changed |= how != Entry.NONE;
          enter(environment, key, user, cause, how);
        }
      }
      if (!changed) {
        return;
      }
    }
    throw new IllegalStateException("A user came into audiences and left them all the while");
  }

  private Membership membership() {
    return new Membership(audiences);
  }

  private void enter(
      EnvironmentId environment, String key, RecipientId user, String cause, Entry how) {
    Instant now = clock.instant();
    String name = Digest.of("stay", cause, now.toString()).hex();
    switch (how) {
      case NONE -> {}
      case SILENT -> members.begin(environment, new DynamicMember(key, user, name, now, State.IN));
      case LOUD -> members.begin(environment, new DynamicMember(key, user, name, now, State.BEGUN));
    }
  }

  /**
   * Brings a stay as far as it can come by what was read.
   *
   * @return whether it must be read again
   */
  private boolean moved(EnvironmentId environment, DynamicMember stay, boolean isIn) {
    return switch (stay.state()) {
      case BEGUN -> {
        if (!isIn) {
          members.end(environment, stay);
          yield false;
        }
        yield confirmed(environment, stay, State.ENTERING);
      }
      case ENTERING -> {
        entered(environment, stay);
        yield !isIn;
      }
      case IN -> {
        if (!isIn) {
          members.move(environment, stay, State.LEAVING);
        }
        yield !isIn;
      }
      case LEAVING ->
          isIn
              ? !members.move(environment, stay, State.IN)
              : confirmed(environment, stay, State.LEFT);
      case LEFT -> {
        left(environment, stay);
        yield isIn;
      }
    };
  }

  private boolean confirmed(EnvironmentId environment, DynamicMember stay, State state) {
    return !members.move(environment, stay, state)
        || moved(environment, stay.in(state), state == State.ENTERING);
  }

  private void entered(EnvironmentId environment, DynamicMember stay) {
    Member member = new Member(stay.user(), Optional.empty());
    tell.entered(environment, stay.audience(), member, stay.stay());
    start.entered(environment, stay.audience(), member, stay.stay(), stay.since());
    members.move(environment, stay, State.IN);
    said("audience.entered", environment, stay);
  }

  private void left(EnvironmentId environment, DynamicMember stay) {
    tell.left(environment, stay.audience(), new Member(stay.user(), Optional.empty()), stay.stay());
    members.end(environment, stay);
    said("audience.left", environment, stay);
  }

  private void said(String what, EnvironmentId environment, DynamicMember stay) {
    log.decision(
        what, "environment", environment.value(), "audience", stay.audience(), "stay", stay.stay());
  }
}
