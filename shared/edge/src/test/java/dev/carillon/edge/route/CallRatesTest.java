package dev.carillon.edge.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.access.PublicKeyUse;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.access.Ability;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.access.Caller.Credential;
import dev.carillon.edge.access.UserToken;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.rate.CallAllowances;
import dev.carillon.rate.RateLimits;
import dev.carillon.rate.RateTier;
import dev.carillon.recipient.RecipientId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallRatesTest {
  private static final RecipientId ANN = RecipientId.user("ann");
  private static final RecipientId BOB = RecipientId.user("bob");
  private static final Caller SERVER = caller(new Credential.Secret());
  private static final Caller ANYBODY = caller(new Credential.PublicAlone(PublicKeyUse.RESTRICTED));

  private static final RouteDeclaration WRITE = route("/v1/users/{id}", RateTier.TIER_3);
  private static final RouteDeclaration BULK = route("/v1/users/bulk/identify", RateTier.TIER_1);
  private static final RouteDeclaration TRIGGER = route("/v1/notify", RateTier.TIER_5);
  private static final RouteDeclaration FEED =
      Operation.<Object>ofEachUserAt(
              RateTier.TIER_2,
              Operation.get(
                  "/v1/users/{id}/feeds/{channel}",
                  Access.everyday(Ability.FEED_READ),
                  (_, _, _) -> HttpResponse.noContent()))
          .route();

  private final Map<List<Object>, Integer> taken = new HashMap<>();
  private Instant now = Instant.parse("2026-01-05T09:00:00Z");
  private int asked;

  private final CallAllowances counted =
      (environment, of, second, perSecond, want) -> {
        asked++;
        int before = taken.merge(List.of(environment, of, second), want, Integer::sum) - want;
        return Math.clamp(perSecond - before, 0, want);
      };

  /** Ten times what the tier lets in, evenly from twelve instances, for five seconds. */
  @Test
  void a_rush_of_ten_times_the_rate_is_held_to_it_after_its_first_second() {
    List<CallRates> instances = instances(12, 1);
    List<Integer> admitted =
        IntStream.range(0, 5).mapToObj(_ -> second(instances, WRITE, 50)).toList();

    assertThat(admitted.getFirst()).as("and a few of each instance").isBetween(60, 60 + 12 * 3);
    assertThat(admitted.subList(1, 5)).containsOnly(60);
  }

  @Test
  void a_rush_on_what_may_be_called_once_a_second_is_held_to_it() {
    List<CallRates> instances = instances(4, 1);
    assertThat(second(instances, BULK, 3)).isBetween(1, 5);
    assertThat(second(instances, BULK, 3)).isEqualTo(1);
    assertThat(second(instances, BULK, 3)).isEqualTo(1);
  }

  /** Holding a lock while the table is asked, an instance would make all its calls wait for it. */
  @Test
  void nobody_waits_while_another_call_asks_the_table() {
    var rates = new CallRates[1];
    var passed = new ArrayList<Boolean>();
    CallAllowances slow =
        (environment, of, second, perSecond, want) -> {
          if (passed.isEmpty()) {
            passed.add(false);
            // Of another user, of the same one, and one that asks the table itself meanwhile.
            Thread others =
                Thread.ofVirtual()
                    .start(
                        () -> {
                          rates[0].admit(FEED, Optional.of(BOB), ANYBODY);
                          rates[0].admit(WRITE, Optional.of(ANN), SERVER);
                          passed.set(0, true);
                        });
            joined(others);
          }
          return want;
        };
    rates[0] = new CallRates(slow, new RateLimits(1), () -> now);
    IntStream.range(0, 10).forEach(_ -> rates[0].admit(WRITE, Optional.of(ANN), SERVER));
    assertThat(passed).containsExactly(true);
  }

  /** Returns at once unless they wait for each other. */
  private static void joined(Thread thread) {
    try {
      thread.join(Duration.ofSeconds(20));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void when_the_rush_is_over_calls_pass_as_before() {
    List<CallRates> instances = instances(3, 1);
    second(instances, WRITE, 100);
    second(instances, WRITE, 100);
    assertThat(second(instances, WRITE, 5)).as("still asking").isEqualTo(15);
    asked = 0;
    assertThat(second(instances, WRITE, 1)).isEqualTo(3);
    assertThat(second(instances, WRITE, 1)).isEqualTo(3);
    assertThat(asked).isZero();
  }

  @Test
  void ordinary_traffic_asks_nobody_and_a_busy_instance_once_for_many_calls() {
    List<CallRates> instances = instances(20, 1);
    for (int second = 0; second < 10; second++) {
      assertThat(second(instances, TRIGGER, 5)).isEqualTo(100);
    }
    assertThat(asked).isZero();
    for (int second = 0; second < 10; second++) {
      assertThat(second(instances, TRIGGER, 30)).as("below the rate").isEqualTo(600);
    }
    assertThat(asked).as("of 6,000 calls").isLessThan(300);
  }

  @Test
  void a_deployment_raises_the_rate_or_has_none() {
    assertThat(second(instances(12, 10), WRITE, 50)).isEqualTo(600);
    assertThat(second(instances(2, 0), BULK, 1_000)).isEqualTo(2_000);
    assertThat(asked).as("with ten times the rate").isLessThan(100);
  }

  @Test
  void each_route_user_and_environment_is_counted_by_itself() {
    CallRates one = instances(1, 1).getFirst();
    exhaust(one, WRITE, Optional.of(ANN), SERVER);
    assertThat(admits(one, WRITE, Optional.of(BOB), SERVER)).as("all of the server").isFalse();
    assertThat(admits(one, TRIGGER, Optional.empty(), SERVER)).as("another route").isTrue();
    assertThat(
            admits(
                one,
                WRITE,
                Optional.of(ANN),
                new Caller(new EnvironmentId("production"), new Credential.Secret())))
        .isTrue();
    assertThat(admits(one, WRITE, Optional.of(ANN), token(ANN))).isTrue();
    exhaust(one, WRITE, Optional.of(ANN), token(ANN));
    assertThat(admits(one, WRITE, Optional.of(BOB), token(BOB))).isTrue();
  }

  @Test
  void a_feed_is_counted_for_its_user_and_so_is_what_a_public_key_does_alone() {
    CallRates one = instances(1, 1).getFirst();
    for (Caller caller : List.of(SERVER, ANYBODY)) {
      one = instances(1, 1).getFirst();
      now = now.plusSeconds(10);
      exhaust(one, FEED, Optional.of(ANN), caller);
      assertThat(admits(one, FEED, Optional.of(BOB), caller)).isTrue();
    }
    exhaust(one, WRITE, Optional.of(ANN), ANYBODY);
    assertThat(admits(one, WRITE, Optional.of(BOB), ANYBODY)).isTrue();
  }

  private List<CallRates> instances(int count, int times) {
    return Stream.generate(() -> new CallRates(counted, new RateLimits(times), () -> now))
        .limit(count)
        .toList();
  }

  /** How many calls of one second are let in, of so many to each instance in turn; then it ends. */
  private int second(List<CallRates> instances, RouteDeclaration route, int each) {
    int admitted = 0;
    for (int call = 0; call < each; call++) {
      for (CallRates instance : instances) {
        if (admits(instance, route, Optional.empty(), SERVER)) {
          admitted++;
        }
      }
    }
    now = now.plusSeconds(1);
    return admitted;
  }

  private void exhaust(
      CallRates rates, RouteDeclaration route, Optional<RecipientId> about, Caller caller) {
    for (int call = 0; call < 100; call++) {
      admits(rates, route, about, caller);
    }
    assertThat(admits(rates, route, about, caller)).isFalse();
  }

  private boolean admits(
      CallRates rates, RouteDeclaration route, Optional<RecipientId> about, Caller caller) {
    return rates.admit(route, about, caller);
  }

  private static RouteDeclaration route(String path, RateTier tier) {
    return Operation.<Object>at(
            tier, Operation.post(path, Access.SECRET_KEY, (_, _, _) -> HttpResponse.noContent()))
        .route();
  }

  private static Caller token(RecipientId user) {
    return caller(new Credential.OfUser(new UserToken(user, false, Map.of(), Optional.empty())));
  }

  private static Caller caller(Credential credential) {
    return new Caller(new EnvironmentId("development"), credential);
  }
}
