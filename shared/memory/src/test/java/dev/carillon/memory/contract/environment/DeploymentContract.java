package dev.carillon.memory.contract.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.access.ManagementScope;
import dev.carillon.access.ServiceToken;
import dev.carillon.access.ServiceTokens;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.EnvironmentList;
import dev.carillon.id.Digest;
import dev.carillon.memory.contract.Samples;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Of what belongs to no environment: service tokens, and which environments there are. */
public abstract class DeploymentContract {
  private static final Instant AT = Instant.parse("2026-01-05T09:00:00Z");

  protected abstract ServiceTokens tokens();

  protected abstract EnvironmentList environments();

  @Test
  void a_token_counts_until_it_is_revoked() {
    ServiceTokens tokens = tokens();
    String hash = Digest.hex("knock_st_" + Samples.environment());
    assertThat(tokens.find(hash)).isEmpty();
    var token =
        new ServiceToken(
            "ci",
            "ci@example.com",
            Set.of(ManagementScope.READ, ManagementScope.COMMIT),
            Set.of(new EnvironmentId("production")),
            false);
    tokens.put(hash, token);
    assertThat(tokens.find(hash)).contains(token);
    var revoked =
        new ServiceToken("ci", "ci@example.com", token.scopes(), token.environments(), true);
    tokens.put(hash, revoked);
    assertThat(tokens.find(hash)).contains(revoked);
    var owned = new ServiceToken("of ann", "a@b.c", Set.of(), Set.of(), false, Optional.of("ann"));
    String another = Digest.hex("knock_st_ann_" + Samples.environment());
    tokens.put(another, owned);
    assertThat(tokens.all()).containsEntry(hash, revoked).containsEntry(another, owned);
  }

  @Test
  void environments_are_listed_in_their_order_and_found_by_their_slug() {
    EnvironmentList environments = environments();
    var development = entry("local", "development", 0);
    var production = entry("production", "production", 9);
    var staging = entry("staging", "staging", 5);
    environments.put(production);
    environments.put(development);
    environments.put(entry("staging", "stagin", 4));
    environments.put(staging);
    assertThat(environments.all()).containsExactly(development, staging, production);
    assertThat(environments.named("development")).contains(development);
    assertThat(environments.named("local")).isEmpty();
    assertThat(environments.after(development)).contains(staging);
    assertThat(environments.after(production)).isEmpty();
    assertThat(environments.before(production)).contains(staging);
    assertThat(environments.before(development)).isEmpty();
  }

  private static EnvironmentEntry entry(String id, String slug, int order) {
    return new EnvironmentEntry(new EnvironmentId(id), slug, slug, order, AT, AT.plusSeconds(1));
  }
}
