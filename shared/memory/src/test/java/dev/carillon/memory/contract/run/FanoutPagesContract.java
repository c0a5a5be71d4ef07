package dev.carillon.memory.contract.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.contract.Race;
import dev.carillon.memory.contract.Samples;
import dev.carillon.page.Page;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.FanoutPages;
import dev.carillon.trigger.FanoutPages.Enrolled;
import dev.carillon.trigger.FanoutPages.NotedPage;
import dev.carillon.trigger.FanoutPages.Reached;
import dev.carillon.trigger.TriggerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class FanoutPagesContract {
  private static final RecipientId TEAM = new RecipientId("teams", "t1");
  private static final RecipientId ORG = new RecipientId("orgs", "o#1");

  private final EnvironmentId environment = Samples.environment();
  private final TriggerId trigger = Samples.triggerId(Samples.NOW);
  private FanoutPages rosters;

  protected abstract FanoutPages rosters();

  @BeforeEach
  void prepare() {
    rosters = rosters();
  }

  private static Reached reached(String user, RecipientId via) {
    return new Reached(RecipientId.user(user), via);
  }

  private static List<Reached> crowd(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> reached("user-" + i, TEAM)).toList();
  }

  private List<Reached> all() {
    var all = new ArrayList<Reached>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<Reached> page = rosters.roster(environment, trigger, cursor);
      all.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent());
    return all;
  }

  @Test
  void a_page_is_found_whole_under_its_name() {
    var items = new ArrayList<Reached>();
    for (String id : Samples.IDS) {
      items.add(reached(id, TEAM));
      items.add(new Reached(new RecipientId(id, "1"), new RecipientId("teams", id)));
    }
    var page = new NotedPage(items, List.of("3SUB#$users#a\u00fc"));
    assertThat(rosters.enrolled(environment, trigger, "0000.000001")).isEmpty();
    assertThat(rosters.enroll(environment, trigger, "0000.000001", page))
        .isEqualTo(new Enrolled(page, false));
    assertThat(rosters.enrolled(environment, trigger, "0000.000001")).contains(page);
    assertThat(rosters.enrolled(environment, trigger, "0000.000002")).isEmpty();
    assertThat(rosters.enrolled(environment, Samples.triggerId(Samples.NOW), "0000.000001"))
        .isEmpty();
    assertThat(rosters.enrolled(Samples.environment(), trigger, "0000.000001")).isEmpty();
    assertThat(all()).isEqualTo(items);
  }

  @Test
  void a_page_of_a_hundred_of_the_longest_ids_is_found_whole() {
    var random = new Random(5);
    var items =
        IntStream.range(0, 100)
            .mapToObj(_ -> new Reached(longest(random), longest(random)))
            .toList();
    var page = new NotedPage(items, List.of("one", "two\nthree"));
    rosters.enroll(environment, trigger, "0000", page);
    assertThat(rosters.enrolled(environment, trigger, "0000")).contains(page);
    assertThat(all()).isEqualTo(items);
  }

  private static RecipientId longest(Random random) {
    return new RecipientId(longestText(random), longestText(random));
  }

  private static String longestText(Random random) {
    var text = new StringBuilder();
    for (int i = 0; i < 256; i++) {
      text.appendCodePoint(0x10000 + random.nextInt(0x10000));
    }
    return text.toString();
  }

  @Test
  void what_was_noted_first_stands() {
    var first = new NotedPage(crowd(0, 3), List.of("a"));
    rosters.enroll(environment, trigger, "0000", first);
    var second = new NotedPage(crowd(1, 5), List.of());
    assertThat(rosters.enroll(environment, trigger, "0000", second))
        .isEqualTo(new Enrolled(first, false));
    assertThat(rosters.enrolled(environment, trigger, "0000")).contains(first);
    assertThat(all()).isEqualTo(first.reached());
  }

  @Test
  void of_two_that_note_a_page_at_once_both_get_the_one_that_stands() throws Exception {
    for (int round = 0; round < 5; round++) {
      String name = "000" + round;
      var turn = new AtomicInteger();
      List<Enrolled> got =
          Race.run(
              4,
              () ->
                  rosters.enroll(
                      environment,
                      trigger,
                      name,
                      new NotedPage(crowd(turn.getAndIncrement(), 9), List.of())));
      NotedPage stands = rosters.enrolled(environment, trigger, name).orElseThrow();
      assertThat(got).allMatch(it -> it.page().equals(stands));
    }
  }

  @Test
  void a_page_that_was_handed_over_says_so() {
    var page = new NotedPage(crowd(0, 2), List.of());
    rosters.enroll(environment, trigger, "0000", page);
    assertThat(rosters.enroll(environment, trigger, "0000", page).handedOver()).isFalse();
    rosters.markHandedOver(environment, trigger, "0000");
    rosters.markHandedOver(environment, trigger, "0000");
    assertThat(rosters.enroll(environment, trigger, "0000", page))
        .isEqualTo(new Enrolled(page, true));
    assertThat(rosters.enroll(environment, trigger, "0001", page).handedOver()).isFalse();
  }

  @Test
  void a_roster_lists_its_pages_in_the_order_of_their_names() {
    var expected = new ArrayList<Reached>();
    for (int i = 34; i >= 0; i--) {
      rosters.enroll(
          environment,
          trigger,
          "%04d.%06d".formatted(i / 10, i),
          new NotedPage(crowd(i * 3, i * 3 + 3), List.of("x")));
    }
    expected.addAll(crowd(0, 105));
    assertThat(all()).isEqualTo(expected);
    assertThat(
            rosters.roster(environment, Samples.triggerId(Samples.NOW), Optional.empty()).items())
        .isEmpty();
  }

  @Test
  void what_is_gone_through_in_pieces_is_through_when_the_last_of_them_is() {
    assertThat(rosters.endPiece(environment, trigger, "0000", 2, 3, false)).isEmpty();
    assertThat(rosters.endPiece(environment, trigger, "0000", 2, 3, false)).isEmpty();
    assertThat(rosters.endPiece(environment, trigger, "0000", 3, 3, true)).isEmpty();
    assertThat(rosters.endPiece(environment, trigger, "0000", 3, 3, false)).isEmpty();
    assertThat(rosters.endPiece(environment, trigger, "0000.01", 1, 3, false)).isEmpty();
    assertThat(rosters.endPiece(environment, trigger, "0000", 1, 3, false)).contains(true);
    assertThat(rosters.endPiece(environment, trigger, "0000", 2, 3, false)).contains(true);
    assertThat(rosters.endPiece(environment, trigger, "0001", 1, 1, false)).contains(false);
    assertThat(all()).isEmpty();
  }

  @Test
  void of_pieces_that_end_at_once_at_least_one_hears_that_all_did() throws Exception {
    for (int round = 0; round < 5; round++) {
      String name = "000" + round;
      var turn = new AtomicInteger();
      List<Optional<Boolean>> heard =
          Race.run(
              4,
              () -> rosters.endPiece(environment, trigger, name, turn.incrementAndGet(), 4, false));
      assertThat(heard).contains(Optional.of(false));
    }
  }

  @Test
  void somebody_claimed_for_an_object_stays_with_it() {
    List<Reached> first = List.of(reached("ada", TEAM), reached("bob", TEAM));
    assertThat(rosters.claim(environment, trigger, first)).isEqualTo(first);
    assertThat(rosters.claim(environment, trigger, first)).isEqualTo(first);
    assertThat(
            rosters.claim(environment, trigger, List.of(reached("carl", ORG), reached("bob", ORG))))
        .containsExactly(reached("carl", ORG), reached("bob", TEAM));
    assertThat(
            rosters.claim(
                environment, Samples.triggerId(Samples.NOW), List.of(reached("bob", ORG))))
        .containsExactly(reached("bob", ORG));
    for (String id : Samples.IDS) {
      assertThat(rosters.claim(environment, trigger, List.of(reached(id, ORG))))
          .containsExactly(reached(id, ORG));
    }
  }
}
