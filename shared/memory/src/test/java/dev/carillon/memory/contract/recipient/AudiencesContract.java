package dev.carillon.memory.contract.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.audience.Audience;
import dev.carillon.audience.Audience.Dynamic;
import dev.carillon.audience.Audience.Segment;
import dev.carillon.audience.Audience.Static;
import dev.carillon.audience.Audiences;
import dev.carillon.audience.Audiences.Member;
import dev.carillon.condition.Conditions.Condition;
import dev.carillon.condition.Operator;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.memory.MutableClock;
import dev.carillon.memory.contract.Race;
import dev.carillon.memory.contract.Samples;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class AudiencesContract {
  private static final Duration SECONDS = Duration.ofSeconds(5);
  private static final String PAID = "paid-users";
  private static final Member ADA = new Member(RecipientId.user("ada"), Optional.empty());
  private static final Audience PRO =
      new Dynamic(
          List.of(
              new Segment(
                  List.of(
                      new Condition("recipient.plan", Operator.EQUAL_TO, Json.of("pro")),
                      new Condition("recipient.seats", Operator.GREATER_THAN, Json.of("5")))),
              new Segment(
                  List.of(
                      new Condition("recipient.data.x", Operator.CONTAINS, Samples.DATA),
                      new Condition("recipient", Operator.IS_AUDIENCE_MEMBER, Json.of(PAID)),
                      new Condition("recipient.email", Operator.EXISTS, Json.NULL))),
              new Segment(List.of())));

  private final EnvironmentId environment = Samples.environment();
  private final MutableClock clock = new MutableClock(Samples.NOW);
  private Audiences writer;
  private Audiences reader;

  /** The same audiences each time it is called in one test. */
  protected abstract Audiences audiences(MutableClock clock);

  @BeforeEach
  void prepare() {
    writer = audiences(clock);
    reader = audiences(clock);
  }

  @Test
  void one_that_was_made_a_moment_ago_is_found_by_who_looks_now() {
    assertThat(reader.find(environment, PAID)).isEmpty();
    assertThat(reader.findNow(environment, PAID)).isEmpty();
    assertThat(writer.create(environment, PAID)).isEqualTo(new Static());
    assertThat(reader.findNow(environment, PAID)).contains(new Static());
  }

  @Test
  void one_is_made_in_nobodys_place() {
    assertThat(reader.find(environment, "pro")).isEmpty();
    writer.put(environment, "pro", PRO);
    assertThat(reader.create(environment, "pro")).isEqualTo(PRO);
    assertThat(writer.findNow(environment, "pro")).contains(PRO);
  }

  @Test
  void an_audience_is_found_as_it_was_put_last() {
    assertThat(reader.find(environment, PAID)).isEmpty();
    writer.put(environment, PAID, new Static());
    writer.put(environment, "pro", PRO);
    clock.advance(SECONDS);
    assertThat(reader.find(environment, PAID)).contains(new Static());
    assertThat(reader.find(environment, "pro")).contains(PRO);
    assertThat(reader.find(environment, "p")).isEmpty();
    assertThat(reader.allNow(environment)).containsOnlyKeys(PAID, "pro").containsValue(PRO);
    assertThat(reader.all(environment)).isEqualTo(reader.allNow(environment));
    assertThat(reader.allNow(Samples.environment())).isEmpty();
    assertThat(reader.find(Samples.environment(), PAID)).isEmpty();
    writer.put(environment, PAID, PRO);
    writer.put(environment, PAID, PRO);
    assertThat(writer.find(environment, PAID)).contains(PRO);
    clock.advance(SECONDS);
    assertThat(reader.find(environment, PAID)).contains(PRO);
  }

  @Test
  void a_member_is_in_from_when_it_was_added_until_it_is_removed() {
    assertThat(reader.has(environment, PAID, ADA)).isFalse();
    assertThat(writer.add(environment, PAID, ADA, Samples.NOW)).isTrue();
    assertThat(writer.add(environment, PAID, ADA, Samples.later(1))).isFalse();
    assertThat(reader.has(environment, PAID, ADA)).isTrue();
    assertThat(reader.has(environment, "other", ADA)).isFalse();
    assertThat(reader.has(Samples.environment(), PAID, ADA)).isFalse();
    writer.remove(environment, PAID, ADA);
    writer.remove(environment, PAID, ADA);
    assertThat(reader.has(environment, PAID, ADA)).isFalse();
    assertThat(writer.add(environment, PAID, ADA, Samples.later(2))).isTrue();
  }

  @Test
  void a_user_is_another_member_within_each_tenant_and_within_none() {
    Member acme = within("acme");
    Member other = within("other");
    writer.add(environment, PAID, acme, Samples.NOW);
    assertThat(reader.has(environment, PAID, acme)).isTrue();
    assertThat(reader.has(environment, PAID, other)).isFalse();
    assertThat(reader.has(environment, PAID, ADA)).isFalse();
    assertThat(writer.add(environment, PAID, ADA, Samples.NOW)).isTrue();
    assertThat(writer.add(environment, PAID, other, Samples.NOW)).isTrue();
    writer.remove(environment, PAID, ADA);
    assertThat(reader.has(environment, PAID, acme)).isTrue();
    assertThat(reader.has(environment, PAID, other)).isTrue();
  }

  @Test
  void members_are_listed_with_when_they_were_added() {
    for (int i = 0; i < 60; i++) {
      writer.add(
          environment, PAID, new Member(RecipientId.user("u" + i), Optional.empty()), Samples.NOW);
    }
    writer.add(environment, PAID, within("acme"), Samples.later(1));
    Samples.IDS.forEach(
        id ->
            writer.add(
                environment,
                "any",
                new Member(RecipientId.user(id), Optional.of(new TenantId(id))),
                Samples.NOW));
    assertThat(Samples.walk(7, page -> reader.members(environment, "any", page)))
        .extracting(it -> it.member().user().id())
        .containsExactlyInAnyOrderElementsOf(Samples.IDS);
    writer.add(environment, "other", ADA, Samples.NOW);
    var all = Samples.walk(7, page -> reader.members(environment, PAID, page));
    assertThat(all).hasSize(61).doesNotHaveDuplicates();
    assertThat(all)
        .filteredOn(it -> it.member().equals(within("acme")))
        .extracting(Audiences.Listed::addedAt)
        .containsExactly(Samples.later(1));
    assertThat(reader.addedAt(environment, PAID, within("acme"))).contains(Samples.later(1));
    assertThat(writer.remove(environment, PAID, within("acme"))).contains(Samples.later(1));
    assertThat(writer.remove(environment, PAID, within("acme"))).isEmpty();
    assertThat(reader.addedAt(environment, PAID, within("acme"))).isEmpty();
  }

  @Test
  void each_member_is_in_one_of_the_parts() {
    for (int i = 0; i < 60; i++) {
      writer.add(
          environment, PAID, new Member(RecipientId.user("u" + i), Optional.empty()), Samples.NOW);
    }
    writer.add(environment, PAID, within("acme"), Samples.NOW);
    writer.add(environment, "other", ADA, Samples.NOW);
    var all =
        IntStream.range(0, Audiences.PARTS)
            .boxed()
            .flatMap(
                part ->
                    Samples.walk(2, page -> reader.membersIn(environment, PAID, part, page))
                        .stream())
            .toList();
    assertThat(all)
        .extracting(Audiences.Listed::member)
        .containsExactlyInAnyOrderElementsOf(
            Samples.walk(7, page -> reader.members(environment, PAID, page)).stream()
                .map(Audiences.Listed::member)
                .toList())
        .hasSize(61);
  }

  @Test
  void a_user_is_found_in_every_audience_there_is() {
    for (String key : List.of(PAID, "beta", "empty")) {
      writer.put(environment, key, new Static());
    }
    writer.add(environment, PAID, ADA, Samples.NOW);
    writer.add(environment, PAID, within("acme"), Samples.later(1));
    writer.add(environment, "beta", ADA, Samples.later(2));
    writer.add(
        environment, PAID, new Member(RecipientId.user("ada2"), Optional.empty()), Samples.NOW);
    assertThat(reader.of(environment, ADA.user()))
        .containsExactlyInAnyOrder(
            new Audiences.Belonging(PAID, ADA, Samples.NOW),
            new Audiences.Belonging(PAID, within("acme"), Samples.later(1)),
            new Audiences.Belonging("beta", ADA, Samples.later(2)));
    assertThat(reader.of(environment, RecipientId.user("bob"))).isEmpty();
    writer.add(environment, "gone", ADA, Samples.later(3));
    assertThat(reader.of(environment, ADA.user())).hasSize(3);
    assertThat(reader.of(environment, ADA.user(), Set.of("gone", "never", PAID)))
        .hasSize(4)
        .contains(new Audiences.Belonging("gone", ADA, Samples.later(3)));
  }

  @Test
  void members_stay_when_the_audience_is_replaced() {
    writer.add(environment, PAID, ADA, Samples.NOW);
    writer.put(environment, PAID, new Static());
    writer.put(environment, PAID, PRO);
    assertThat(reader.has(environment, PAID, ADA)).isTrue();
  }

  @Test
  void any_id_names_a_member_and_any_key_an_audience_of_its_own() {
    for (String id : Samples.IDS) {
      var user = new Member(RecipientId.user(id), Optional.empty());
      var tenant = within(id);
      for (Member member : List.of(user, tenant)) {
        assertThat(reader.has(environment, PAID, member)).as(id).isFalse();
        assertThat(writer.add(environment, PAID, member, Samples.NOW)).as(id).isTrue();
      }
      assertThat(reader.has(environment, id, ADA)).as(id).isFalse();
      assertThat(writer.add(environment, id, ADA, Samples.NOW)).as(id).isTrue();
      writer.put(environment, id, new Static());
      assertThat(writer.find(environment, id)).contains(new Static());
    }
    assertThat(
            reader.has(
                environment,
                PAID,
                new Member(RecipientId.user("a"), Optional.of(new TenantId("b")))))
        .isFalse();
  }

  @Test
  void of_several_who_add_a_member_at_once_one_is_first() throws Exception {
    for (int round = 0; round < 5; round++) {
      var member = new Member(RecipientId.user("u" + round), Optional.empty());
      assertThat(Race.winners(4, () -> writer.add(environment, PAID, member, Samples.NOW)))
          .isEqualTo(1);
    }
  }

  private static Member within(String tenant) {
    return new Member(ADA.user(), Optional.of(new TenantId(tenant)));
  }
}
