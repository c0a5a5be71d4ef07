package dev.carillon.memory.contract.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.memory.MutableClock;
import dev.carillon.memory.contract.Samples;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.subscription.Subscribed;
import dev.carillon.subscription.Subscription;
import dev.carillon.subscription.Subscriptions;
import dev.carillon.subscription.Subscriptions.ListedSubscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class SubscriptionsContract {
  private static final RecipientId OBJECT = new RecipientId("projects", "p#1");
  private static final RecipientId ADA = RecipientId.user("ada");

  private final EnvironmentId environment = Samples.environment();
  private final MutableClock clock = new MutableClock(Samples.NOW);
  private Subscriptions subscriptions;

  protected abstract Subscriptions subscriptions(MutableClock clock);

  @BeforeEach
  void prepare() {
    subscriptions = subscriptions(clock);
  }

  private Subscription subscribe(RecipientId object, RecipientId recipient, Json.Obj properties) {
    var subscription = new Subscription(object, recipient, properties);
    subscriptions.put(environment, subscription);
    return subscription;
  }

  private List<Subscription> all(RecipientId object) {
    var all = new ArrayList<Subscription>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<Subscription> page = subscriptions.of(environment, object, cursor);
      all.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent());
    return all;
  }

  @Test
  void a_subscription_is_found_whole_and_nobody_elses_is() {
    Subscription subscription = subscribe(OBJECT, ADA, Samples.DATA);
    assertThat(subscriptions.find(environment, OBJECT, ADA)).contains(subscription);
    assertThat(subscriptions.find(environment, OBJECT, RecipientId.user("bob"))).isEmpty();
    assertThat(subscriptions.find(environment, new RecipientId("projects", "p#2"), ADA)).isEmpty();
    assertThat(subscriptions.find(environment, OBJECT, new RecipientId("projects", "ada")))
        .isEmpty();
    assertThat(subscriptions.find(Samples.environment(), OBJECT, ADA)).isEmpty();
  }

  @Test
  void subscribing_again_replaces_the_properties() {
    subscribe(OBJECT, ADA, Json.object().with("role", "owner").with("since", "2024"));
    Subscription again = subscribe(OBJECT, ADA, Json.object().with("role", "guest"));
    subscribe(OBJECT, ADA, again.properties());
    assertThat(subscriptions.find(environment, OBJECT, ADA)).contains(again);
    assertThat(all(OBJECT)).containsExactly(again);
  }

  @Test
  void who_unsubscribes_is_gone_and_may_do_it_again() {
    Subscription other = subscribe(OBJECT, RecipientId.user("bob"), Json.Obj.EMPTY);
    subscribe(OBJECT, ADA, Json.Obj.EMPTY);
    subscriptions.remove(environment, OBJECT, ADA);
    subscriptions.remove(environment, OBJECT, ADA);
    assertThat(subscriptions.find(environment, OBJECT, ADA)).isEmpty();
    assertThat(all(OBJECT)).containsExactly(other);
  }

  @Test
  void subscribers_of_any_id_are_listed_and_found() {
    var expected = new ArrayList<Subscription>();
    for (String id : Samples.IDS) {
      expected.add(subscribe(OBJECT, RecipientId.user(id), Json.object().with("id", id)));
      expected.add(subscribe(OBJECT, new RecipientId(id, "1"), Json.Obj.EMPTY));
    }
    assertThat(all(OBJECT)).containsExactlyInAnyOrderElementsOf(expected);
    for (Subscription one : expected) {
      assertThat(subscriptions.find(environment, OBJECT, one.recipient())).contains(one);
    }
  }

  @Test
  void objects_of_any_id_have_subscribers_of_their_own() {
    var objects = new ArrayList<RecipientId>();
    for (String id : Samples.IDS) {
      objects.add(new RecipientId("projects", id));
      objects.add(new RecipientId(id, "projects"));
    }
    for (RecipientId object : objects) {
      subscribe(object, ADA, Json.object().with("to", object.reference()));
    }
    for (RecipientId object : objects) {
      assertThat(all(object))
          .containsExactly(
              new Subscription(object, ADA, Json.object().with("to", object.reference())));
    }
    assertThat(all(new RecipientId("projects", "nobody's"))).isEmpty();
  }

  @Test
  void parts_of_what_follows_a_page_hold_each_of_it_once() {
    for (int i = 0; i < 420; i++) {
      subscribe(OBJECT, RecipientId.user("user-" + i), Json.Obj.EMPTY);
    }
    for (String id : Samples.IDS) {
      subscribe(OBJECT, new RecipientId(id, "1"), Json.Obj.EMPTY);
      subscribe(OBJECT, RecipientId.user(id), Json.Obj.EMPTY);
    }
    List<Subscription> all = all(OBJECT);
    Page<Subscription> first = subscriptions.of(environment, OBJECT, Optional.empty());
    List<Subscription> rest = all.subList(first.items().size(), all.size());
    List<String> parts = subscriptions.split(environment, OBJECT, first.next().orElseThrow());
    assertThat(parts).hasSizeBetween(4, Subscriptions.PIECES).doesNotHaveDuplicates();
    List<List<Subscription>> pieces = parts.stream().map(it -> from(OBJECT, it)).toList();
    assertThat(pieces.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(rest);
    assertThat(pieces).allMatch(it -> it.size() < rest.size() / 2);
  }

  @Test
  void who_subscribes_after_a_split_is_in_one_of_its_parts_at_most() {
    for (int i = 0; i < 250; i++) {
      subscribe(OBJECT, RecipientId.user("user-" + i), Json.Obj.EMPTY);
    }
    Page<Subscription> first = subscriptions.of(environment, OBJECT, Optional.empty());
    String cursor = first.next().orElseThrow();
    List<String> parts = subscriptions.split(environment, OBJECT, cursor);
    subscribe(OBJECT, RecipientId.user("a"), Json.Obj.EMPTY);
    subscribe(OBJECT, RecipientId.user("user-1234"), Json.Obj.EMPTY);
    subscribe(OBJECT, new RecipientId("zebras", "z"), Json.Obj.EMPTY);
    assertThat(parts.stream().flatMap(it -> from(OBJECT, it).stream()))
        .containsExactlyInAnyOrderElementsOf(from(OBJECT, cursor));
  }

  private List<Subscription> from(RecipientId object, String cursor) {
    var all = new ArrayList<Subscription>();
    Optional<String> next = Optional.of(cursor);
    while (next.isPresent()) {
      Page<Subscription> page = subscriptions.of(environment, object, next);
      all.addAll(page.items());
      next = page.next();
    }
    return all;
  }

  @Test
  void many_subscribers_are_listed_by_pages_each_once_in_an_order_that_stays() {
    var expected = new ArrayList<Subscription>();
    for (int i = 0; i < 450; i++) {
      expected.add(
          subscribe(OBJECT, RecipientId.user("user-" + i), Json.object().with("n", Json.of(i))));
    }
    List<Subscription> listed = all(OBJECT);
    assertThat(listed).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(all(OBJECT)).isEqualTo(listed);
  }

  @Test
  void who_leaves_or_joins_while_pages_are_read_moves_nobody_else() {
    for (int i = 0; i < 150; i++) {
      subscribe(OBJECT, RecipientId.user("user-" + i), Json.Obj.EMPTY);
    }
    List<Subscription> listed = all(OBJECT);
    Page<Subscription> first = subscriptions.of(environment, OBJECT, Optional.empty());
    first.items().forEach(one -> subscriptions.remove(environment, OBJECT, one.recipient()));
    Page<Subscription> second = subscriptions.of(environment, OBJECT, first.next());
    assertThat(second.items()).startsWith(listed.get(first.items().size()));
  }

  @Test
  void a_subscription_keeps_the_time_of_its_first_and_of_its_last_putting() {
    var first = new Subscription(OBJECT, ADA, Samples.DATA);
    assertThat(subscriptions.put(environment, first))
        .isEqualTo(new Subscribed(first, Samples.NOW, Samples.NOW));
    clock.set(Samples.later(5));
    var second = new Subscription(OBJECT, ADA, Json.Obj.EMPTY);
    var kept = new Subscribed(second, Samples.NOW, Samples.later(5));
    assertThat(subscriptions.put(environment, second)).isEqualTo(kept);
    var nobody = new Subscription(OBJECT, RecipientId.user("nobody"), Json.Obj.EMPTY);
    assertThat(subscriptions.findAll(environment, List.of(nobody, first))).containsExactly(kept);
    subscriptions.remove(environment, OBJECT, ADA);
    clock.set(Samples.later(9));
    assertThat(subscriptions.put(environment, second).insertedAt()).isEqualTo(Samples.later(9));
  }

  private static List<Subscription> listed(
      Function<PageRequest, Page<ListedSubscription>> pages, int size) {
    var all = new ArrayList<Subscription>();
    Optional<String> after = Optional.empty();
    do {
      Page<ListedSubscription> page = pages.apply(new PageRequest(after, Optional.empty(), size));
      page.items().forEach(it -> all.add(it.subscribed().subscription()));
      after = page.next();
    } while (after.isPresent());
    return all;
  }

  @Test
  void both_sides_are_listed_by_pages_onward_and_back() {
    var expected = new ArrayList<Subscription>();
    for (String id : Samples.IDS) {
      expected.add(subscribe(OBJECT, RecipientId.user(id), Json.object().with("id", id)));
      expected.add(subscribe(OBJECT, new RecipientId(id, "1"), Json.Obj.EMPTY));
    }
    var mine = new ArrayList<Subscription>();
    for (Subscription one : expected) {
      if (!one.recipient().isUser()) {
        mine.add(subscribe(one.recipient(), ADA, one.properties()));
      }
    }
    for (int i = 0; i < 60; i++) {
      mine.add(subscribe(new RecipientId("projects", "x" + i), ADA, Json.Obj.EMPTY));
    }
    assertThat(listed(page -> subscriptions.toObject(environment, OBJECT, page), 7))
        .containsExactlyInAnyOrderElementsOf(expected)
        .isEqualTo(listed(page -> subscriptions.toObject(environment, OBJECT, page), 50));
    List<Subscription> all = listed(page -> subscriptions.ofRecipient(environment, ADA, page), 50);
    assertThat(all).containsExactlyInAnyOrderElementsOf(mine);
    var whole = subscriptions.ofRecipient(environment, ADA, PageRequest.first(50)).items();
    var before =
        subscriptions.ofRecipient(
            environment,
            ADA,
            new PageRequest(Optional.empty(), Optional.of(whole.get(20).position()), 7));
    assertThat(before.items()).isEqualTo(whole.subList(13, 20));
  }

  @Test
  void who_unsubscribes_is_listed_on_neither_side() {
    subscribe(OBJECT, ADA, Json.Obj.EMPTY);
    subscriptions.remove(environment, OBJECT, ADA);
    assertThat(listed(page -> subscriptions.toObject(environment, OBJECT, page), 7)).isEmpty();
    assertThat(listed(page -> subscriptions.ofRecipient(environment, ADA, page), 7)).isEmpty();
  }

  @Test
  void a_place_that_is_none_fails_nothing() {
    subscribe(OBJECT, ADA, Json.Obj.EMPTY);
    for (String place : List.of("", " ", "z", "0", "fSUB#", "0SUB#x", "x".repeat(3_000))) {
      var onward = new PageRequest(Optional.of(place), Optional.empty(), 5);
      var back = new PageRequest(Optional.empty(), Optional.of(place), 5);
      subscriptions.toObject(environment, OBJECT, onward);
      subscriptions.toObject(environment, OBJECT, back);
      subscriptions.ofRecipient(environment, ADA, onward);
      subscriptions.ofRecipient(environment, ADA, back);
    }
  }
}
