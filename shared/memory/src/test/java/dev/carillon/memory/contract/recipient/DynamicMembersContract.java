package dev.carillon.memory.contract.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.audience.DynamicMembers;
import dev.carillon.audience.DynamicMembers.DynamicMember;
import dev.carillon.audience.DynamicMembers.State;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.MutableClock;
import dev.carillon.memory.contract.Race;
import dev.carillon.memory.contract.Samples;
import dev.carillon.recipient.RecipientId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class DynamicMembersContract {
  private static final RecipientId ADA = RecipientId.user("ada");
  private static final DynamicMember STAY =
      new DynamicMember("pro", ADA, "one", Samples.NOW, State.ENTERING);

  private final EnvironmentId environment = Samples.environment();
  private DynamicMembers members;

  protected abstract DynamicMembers members(MutableClock clock);

  @BeforeEach
  void prepare() {
    members = members(new MutableClock(Samples.NOW));
  }

  @Test
  void a_stay_begins_once_and_ends_as_what_it_was_read_as() {
    assertThat(members.of(environment, ADA)).isEmpty();
    assertThat(members.begin(environment, STAY)).isTrue();
    assertThat(members.begin(environment, stay("pro", "two", State.IN))).isFalse();
    assertThat(members.of(environment, ADA)).containsExactly(STAY);
    assertThat(members.move(environment, STAY.in(State.IN), State.LEAVING)).isFalse();
    assertThat(members.move(environment, STAY, State.IN)).isTrue();
    assertThat(members.move(environment, STAY, State.IN)).isFalse();
    assertThat(members.of(environment, ADA)).containsExactly(STAY.in(State.IN));
    assertThat(members.end(environment, STAY)).isFalse();
    assertThat(members.end(environment, stay("pro", "two", State.IN))).isFalse();
    assertThat(members.end(environment, STAY.in(State.IN))).isTrue();
    assertThat(members.end(environment, STAY.in(State.IN))).isFalse();
    assertThat(members.move(environment, STAY, State.IN)).isFalse();
    assertThat(members.of(environment, ADA)).isEmpty();
    assertThat(members.begin(environment, stay("pro", "two", State.IN))).isTrue();
  }

  @Test
  void a_user_has_a_stay_in_each_audience_and_another_user_others() {
    members.begin(environment, STAY);
    members.begin(environment, stay("beta", "two", State.IN));
    var bob = new DynamicMember("pro", RecipientId.user("bob"), "one", Samples.NOW, State.IN);
    assertThat(members.begin(environment, bob)).isTrue();
    assertThat(members.of(environment, ADA))
        .containsExactlyInAnyOrder(STAY, stay("beta", "two", State.IN));
    assertThat(members.of(Samples.environment(), ADA)).isEmpty();
    assertThat(members.of(environment, RecipientId.user("ad"))).isEmpty();
  }

  @Test
  void the_members_of_an_audience_are_listed_without_those_who_have_left() {
    for (int i = 0; i < 60; i++) {
      members.begin(
          environment,
          new DynamicMember("pro", RecipientId.user("u" + i), "s", Samples.later(i), State.IN));
    }
    members.begin(environment, stay("pro", "one", State.LEFT));
    members.begin(environment, stay("beta", "one", State.IN));
    var all = Samples.walk(7, page -> members.members(environment, "pro", page));
    assertThat(all).hasSize(60).doesNotHaveDuplicates();
    assertThat(all)
        .filteredOn(it -> it.member().user().id().equals("u7"))
        .extracting(it -> it.member().since())
        .containsExactly(Samples.later(7));
    assertThat(Samples.walk(7, page -> members.members(environment, "pr", page))).isEmpty();
    assertThat(Samples.walk(7, page -> members.members(Samples.environment(), "pro", page)))
        .isEmpty();
  }

  @Test
  void any_id_is_a_members_and_any_key_an_audiences() {
    for (String id : Samples.IDS) {
      var stay = new DynamicMember(id, RecipientId.user(id), id, Samples.NOW, State.IN);
      assertThat(members.of(environment, stay.user())).as(id).isEmpty();
      assertThat(members.begin(environment, stay)).as(id).isTrue();
      assertThat(members.of(environment, stay.user())).as(id).containsExactly(stay);
      assertThat(Samples.walk(7, page -> members.members(environment, id, page)))
          .as(id)
          .extracting(DynamicMembers.ListedMember::member)
          .isEqualTo(List.of(stay));
    }
  }

  @Test
  void of_several_who_begin_or_end_a_stay_at_once_one_does() throws Exception {
    for (int round = 0; round < 3; round++) {
      var stay =
          new DynamicMember(
              "pro", RecipientId.user("r" + round), "one", Samples.NOW, State.ENTERING);
      assertThat(Race.winners(4, () -> members.begin(environment, stay))).isEqualTo(1);
      assertThat(Race.winners(4, () -> members.move(environment, stay, State.IN))).isEqualTo(1);
      assertThat(Race.winners(4, () -> members.end(environment, stay.in(State.IN)))).isEqualTo(1);
    }
  }

  private static DynamicMember stay(String audience, String name, State state) {
    return new DynamicMember(audience, ADA, name, Samples.NOW, state);
  }
}
