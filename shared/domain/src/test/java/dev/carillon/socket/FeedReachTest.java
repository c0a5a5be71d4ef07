package dev.carillon.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.feed.FeedQuery.Tenancy;
import dev.carillon.recipient.TenantId;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FeedReachTest {
  private static final Tenancy ACME = new Tenancy.Of(new TenantId("acme"), false);
  private static final Tenancy ONLY_ACME = new Tenancy.Of(new TenantId("acme"), true);
  private static final Tenancy OTHER = new Tenancy.Of(new TenantId("other"), false);

  private static FeedReach reach(Set<String> users) {
    return new FeedReach(Optional.of(users), Optional.empty());
  }

  private static FeedReach within(String... tenants) {
    return new FeedReach(
        Optional.empty(),
        Optional.of(Arrays.stream(tenants).map(TenantId::new).collect(Collectors.toSet())));
  }

  @Test
  void users_are_those_named_by_their_whole_ids() {
    assertThat(reach(Set.of("ada", "bob")).allows("ada")).isTrue();
    assertThat(reach(Set.of("ada", "bob")).allows("ad")).isFalse();
    assertThat(reach(Set.of("ada")).allows("ADA")).isFalse();
    assertThat(reach(Set.of()).allows("")).isFalse();
    assertThat(FeedReach.ALL.allows("anybody")).isTrue();
    assertThat(FeedReach.NONE.allows("anybody")).isFalse();
  }

  @Test
  void who_may_see_some_tenants_has_to_say_of_which() {
    FeedReach acme = within("acme");
    assertThat(acme.allows(ACME)).isTrue();
    assertThat(acme.allows(ONLY_ACME)).isTrue();
    assertThat(acme.allows(OTHER)).isFalse();
    assertThat(acme.allows(new Tenancy.Everything())).isFalse();
    assertThat(acme.allows(new Tenancy.Having(true))).isFalse();
    assertThat(acme.allows(new Tenancy.Having(false))).as("items of no tenant").isTrue();
  }

  @Test
  void who_is_limited_to_no_tenant_may_see_all() {
    for (Tenancy tenancy :
        Set.of(ACME, OTHER, new Tenancy.Everything(), new Tenancy.Having(true))) {
      assertThat(FeedReach.ALL.allows(tenancy)).isTrue();
      assertThat(FeedReach.NONE.allows(tenancy)).isFalse();
    }
  }
}
