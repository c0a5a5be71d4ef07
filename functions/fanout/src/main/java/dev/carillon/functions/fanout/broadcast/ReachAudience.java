package dev.carillon.functions.fanout.broadcast;

import dev.carillon.audience.Audiences;
import dev.carillon.audience.Audiences.Member;
import dev.carillon.broadcast.Broadcast;
import dev.carillon.broadcast.Broadcast.Stage;
import dev.carillon.broadcast.BroadcastProgress;
import dev.carillon.broadcast.Broadcasts;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Ports;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.FanoutTask.AudiencePlace;
import dev.carillon.task.Tasks;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import dev.carillon.timer.TimerScheduler;
import dev.carillon.trigger.FanoutPages;
import dev.carillon.trigger.FanoutPages.NotedPage;
import dev.carillon.trigger.FanoutPages.Reached;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.trigger.Triggers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reaches the members of a broadcast's audience, a page of one of its parts after the other: a
 * trigger for each tenant that the page has members of, whose id follows from the sending and the
 * page. A task goes on from part to part while they are small; once one has more than a page, it
 * and all behind it are gone through beside each other.
 *
 * <p>In this order: the page is noted, its triggers accepted, their fan-outs enqueued, the progress
 * noted, what follows enqueued. Whom a page means stands from when it was noted, no matter who
 * comes and goes after that; accepting a trigger that there is changes nothing; and of two copies
 * of a task only the one that notes the progress goes on. A task that comes again after that finds
 * its page done, and goes on if nobody has: its worker may have died in between.
 */
public final class ReachAudience {

  /** How the roster of a sending names those who were reached within no tenant. */
  private static final String AUDIENCES = "$audiences";

  private final Broadcasts broadcasts;
  private final AudiencePages pages;
  private final FanoutPages rosters;
  private final Triggers triggers;
  private final TimerScheduler timers;
  private final Tasks tasks;
  private final InstantSource clock;
  private final Log log;

  private ReachAudience(
      Broadcasts broadcasts,
      AudiencePages pages,
      FanoutPages rosters,
      Triggers triggers,
      TimerScheduler timers,
      Tasks tasks,
      InstantSource clock,
      Log log) {
    this.broadcasts = broadcasts;
    this.pages = pages;
    this.rosters = rosters;
    this.triggers = triggers;
    this.timers = timers;
    this.tasks = tasks;
    this.clock = clock;
    this.log = log;
  }

  public static ReachAudience on(Ports ports) {
    return new ReachAudience(
        ports.broadcasts(),
        new AudiencePages(ports.audiences(), ports.recipients()),
        ports.fanoutPages(),
        ports.triggers(),
        new TimerScheduler(ports.timers(), ports.minuteSchedules(), ports.tasks()),
        ports.tasks(),
        ports.clock(),
        ports.log());
  }

  /** The task of what is at the place. */
  static FanoutTask.ReachMembers from(
      Broadcast broadcast, Stage.Sending sending, AudiencePlace place, int until) {
    return new FanoutTask.ReachMembers(
        broadcast.environment(), broadcast.key(), sending.plan().number(), place, until);
  }

  /** By what the sweeper finds a sending that is not through yet. */
  static Timer watch(Broadcast broadcast, Stage.Sending sending) {
    return Timer.ofBroadcast(broadcast.environment(), broadcast.key(), sending.plan())
        .listedAt(Minutes.of(sending.since()));
  }

  /** The page behind what was noted. */
  static AudiencePlace behind(BroadcastProgress noted) {
    return new AudiencePlace(noted.part(), noted.pages(), noted.cursor(), noted.members());
  }

  public void handle(FanoutTask.ReachMembers task) {
    Optional<Broadcast> found =
        broadcasts
            .find(task.environment(), task.broadcast())
            .filter(it -> it.sendings() == task.sending());
    if (found.isEmpty() || !(found.get().stage() instanceof Stage.Sending sending)) {
      log.decision(
          "broadcast.past",
          "environment",
          task.environment().value(),
          "broadcast",
          task.broadcast());
      return;
    }
    Map<Integer, BroadcastProgress> noted =
        broadcasts.progress(task.environment(), task.broadcast(), task.sending()).stream()
            .collect(Collectors.toMap(BroadcastProgress::part, it -> it));
    goOn(found.get(), sending, task, noted);
  }

  private void goOn(
      Broadcast broadcast,
      Stage.Sending sending,
      FanoutTask.ReachMembers task,
      Map<Integer, BroadcastProgress> noted) {
    AudiencePlace place = task.place();
    long members = 0;
    while (members <= AudiencePages.PAGE) {
      BroadcastProgress progress = noted.get(place.part());
      boolean done = progress != null && progress.pages() > place.page();
      if (!done) {
        Optional<BroadcastProgress> reached = reach(broadcast, sending, place);
        if (reached.isEmpty()) {
          return; // Another copy was first, and goes on.
        }
        progress = reached.get();
        members += progress.members() - place.before();
      }
      if (!progress.over()) {
        if (!done || progress.pages() == place.page() + 1) {
          handOn(broadcast, sending, behind(progress), task.until());
        }
        return;
      }
      if (place.part() + 1 == task.until()) {
        endIfOver(broadcast, sending);
        return;
      }
      place = AudiencePlace.first(place.part() + 1);
    }
    tasks.send(from(broadcast, sending, place, task.until()));
  }

  /** The rest of a part that has more than a page, and the parts behind it, beside each other. */
  private void handOn(Broadcast broadcast, Stage.Sending sending, AudiencePlace next, int until) {
    tasks.send(
        Stream.concat(
                Stream.of(next),
                IntStream.range(next.part() + 1, until).mapToObj(AudiencePlace::first))
            .map(
                place ->
                    new Tasks.Sending(
                        from(broadcast, sending, place, place.part() + 1), Duration.ZERO))
            .toList());
  }

  /** How far the part has got with the page; empty when another copy noted it first. */
  private Optional<BroadcastProgress> reach(
      Broadcast broadcast, Stage.Sending sending, AudiencePlace place) {
    Instant now = clock.instant();
    String name = "%02d.%06d".formatted(place.part(), place.page());
    NotedPage page = page(broadcast, sending, place, name, now);
    List<Tasks.Sending> starts = accept(broadcast, sending, name, page.reached(), now);
    if (!starts.isEmpty()) {
      tasks.send(starts);
    }
    var progress =
        new BroadcastProgress(
            place.part(),
            place.page() + 1,
            page.onward().stream().findFirst(),
            place.before() + page.reached().size(),
            now);
    boolean first =
        broadcasts.note(
            broadcast.environment(), broadcast.key(), sending.plan().number(), progress);
    log.decision(
        "broadcast.reached",
        "environment",
        broadcast.environment().value(),
        "broadcast",
        broadcast.key(),
        "page",
        name,
        "members",
        page.reached().size(),
        "triggers",
        starts.size(),
        "repeated",
        !first,
        "more",
        !progress.over());
    return first ? Optional.of(progress) : Optional.empty();
  }

  /** The page that stands; one without anybody leads nowhere but on, and is not noted. */
  private NotedPage page(
      Broadcast broadcast, Stage.Sending sending, AudiencePlace place, String name, Instant now) {
    String audience = sending.plan().audience();
    Page<Member> read =
        pages.page(broadcast.environment(), audience, place.part(), place.cursor(), now);
    var page =
        new NotedPage(
            read.items().stream()
                .map(
                    member ->
                        new Reached(
                            member.user(),
                            member
                                .tenant()
                                .map(TenantId::recipient)
                                .orElseGet(() -> new RecipientId(AUDIENCES, audience))))
                .toList(),
            read.next().stream().toList());
    return page.reached().isEmpty()
        ? page
        : rosters
            .enroll(broadcast.environment(), broadcast.trigger(sending, "roster"), name, page)
            .page();
  }

  private List<Tasks.Sending> accept(
      Broadcast broadcast, Stage.Sending sending, String name, List<Reached> reached, Instant now) {
    Map<Optional<TenantId>, List<Trigger.Named>> tenants = new LinkedHashMap<>();
    for (Reached one : reached) {
      tenants
          .computeIfAbsent(tenant(one), _ -> new ArrayList<>())
          .add(new Trigger.Named(one.recipient(), Optional.empty(), Json.Obj.EMPTY));
    }
    var starts = new ArrayList<Tasks.Sending>();
    tenants.forEach(
        (tenant, named) -> {
          TriggerId id =
              broadcast.trigger(sending, name + tenant.map(it -> "/" + it.value()).orElse(""));
          triggers.accept(
              new Trigger(
                  broadcast.environment(),
                  id,
                  broadcast.workflow(),
                  sending.plan().version(),
                  named,
                  Optional.empty(),
                  tenant.map(it -> new Trigger.Tenant(it, Identification.NOTHING)),
                  Json.Obj.EMPTY,
                  Optional.empty(),
                  Trigger.Settings.NONE,
                  new Trigger.Source.OfBroadcast(broadcast.key(), sending.plan().audience())),
              Optional.empty(),
              now);
          starts.add(
              new Tasks.Sending(
                  new FanoutTask.Start(broadcast.environment(), id, tenant, 0), Duration.ZERO));
        });
    return starts;
  }

  private static Optional<TenantId> tenant(Reached one) {
    return one.via().isTenant() ? Optional.of(new TenantId(one.via().id())) : Optional.empty();
  }

  /**
   * Stores that it was sent, if all parts are through: on condition of the revision, so that it is
   * said once. Its timer goes last; one that the sweeper moved goes when it is woken next.
   */
  void endIfOver(Broadcast broadcast, Stage.Sending sending) {
    List<BroadcastProgress> all =
        broadcasts.progress(broadcast.environment(), broadcast.key(), sending.plan().number());
    if (all.stream().filter(BroadcastProgress::over).count() < Audiences.PARTS) {
      return;
    }
    Instant now = clock.instant();
    long members = all.stream().mapToLong(BroadcastProgress::members).sum();
    boolean stored =
        broadcasts.save(
            broadcast.at(new Stage.Sent(sending.plan(), sending.since(), now, members), now));
    timers.unlist(watch(broadcast, sending));
    if (stored) {
      log.decision(
          "broadcast.sent",
          "environment",
          broadcast.environment().value(),
          "broadcast",
          broadcast.key(),
          "members",
          members);
    }
  }
}
