package dev.carillon.memory.contract.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.contract.Race;
import dev.carillon.memory.contract.Samples;
import dev.carillon.recipient.TenantId;
import dev.carillon.webhook.EndpointHealth;
import dev.carillon.webhook.WebhookEndpoint;
import dev.carillon.webhook.WebhookEndpoints;
import dev.carillon.webhook.WebhookEventType;
import dev.carillon.webhook.WebhookFilter;
import dev.carillon.webhook.WebhookHearing;
import dev.carillon.webhook.signature.WebhookSecret;
import dev.carillon.webhook.signature.WebhookSecrets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class WebhookEndpointsContract {
  private final EnvironmentId environment = Samples.environment();
  private WebhookEndpoints endpoints;

  protected abstract WebhookEndpoints webhookEndpoints();

  @BeforeEach
  void prepare() {
    endpoints = webhookEndpoints();
  }

  private WebhookEndpoint endpoint(int number) {
    return new WebhookEndpoint(
        environment,
        new WebhookEndpointId(new UUID(7, number)),
        "https://acme.example/hooks/" + number,
        new WebhookFilter(
            Set.of(WebhookEventType.MESSAGE_READ, WebhookEventType.RUN_ERROR),
            Set.of(Samples.WORKFLOW),
            Set.of(Samples.FEED),
            Set.of(new TenantId("ü#1"))),
        WebhookSecrets.of(WebhookSecret.of(new byte[24])),
        EndpointHealth.GOOD,
        0,
        Samples.NOW.plusSeconds(number));
  }

  private WebhookEndpoint found(WebhookEndpoint endpoint) {
    return endpoints.find(environment, endpoint.id()).orElseThrow();
  }

  @Test
  void an_endpoint_is_found_as_it_was_stored() {
    Instant now = Samples.NOW;
    var plain = endpoint(1);
    var rotated =
        endpoint(2)
            .with(
                plain.secrets().rotated(WebhookSecret.of(new byte[64]), now, Duration.ofHours(24)));
    var failing =
        endpoint(3)
            .with(
                new EndpointHealth(
                    new EndpointHealth.State.Enabled(),
                    Optional.of(new EndpointHealth.Spell(now, now.plusSeconds(1)))));
    var gone = endpoint(4).with(EndpointHealth.GOOD.disabled(EndpointHealth.Cause.GONE, now));
    var owned =
        endpoint(5)
            .with(
                new WebhookEndpoint.Contact(
                    "https://acme.example/hooks/5", Optional.of("ada@acme.example")),
                plain.filter());
    for (WebhookEndpoint endpoint : List.of(plain, rotated, failing, gone, owned)) {
      assertThat(endpoints.save(endpoint)).isTrue();
      assertThat(found(endpoint)).isEqualTo(endpoint.stored());
    }
  }

  @Test
  void all_of_an_environment_are_listed_oldest_first() {
    for (int number : new int[] {3, 1, 2}) {
      endpoints.save(endpoint(number));
    }
    assertThat(endpoints.all(environment))
        .extracting(WebhookEndpoint::url)
        .containsExactly(
            "https://acme.example/hooks/1",
            "https://acme.example/hooks/2",
            "https://acme.example/hooks/3");
    assertThat(endpoints.all(Samples.environment())).isEmpty();
    assertThat(endpoints.find(Samples.environment(), endpoint(1).id())).isEmpty();
  }

  @Test
  void who_hears_of_what_is_known_without_secrets() {
    endpoints.save(endpoint(1));
    endpoints.save(
        endpoint(2).with(EndpointHealth.GOOD.disabled(EndpointHealth.Cause.GONE, Samples.NOW)));
    assertThat(endpoints.hearing(environment))
        .containsExactlyInAnyOrder(
            new WebhookHearing(endpoint(1).id(), endpoint(1).filter(), true),
            new WebhookHearing(endpoint(2).id(), endpoint(2).filter(), false));
    endpoints.delete(environment, endpoint(1).id());
    assertThat(endpoints.hearing(environment)).hasSize(1);
    assertThat(endpoints.hearing(Samples.environment())).isEmpty();
  }

  @Test
  void who_read_an_older_revision_changes_nothing() {
    endpoints.save(endpoint(1));
    WebhookEndpoint read = found(endpoint(1));
    assertThat(endpoints.save(read.disabled(Samples.NOW))).isTrue();
    assertThat(endpoints.save(read)).isFalse();
    assertThat(endpoints.save(endpoint(1))).isFalse();
    assertThat(found(read).health().enabled()).isFalse();
  }

  @Test
  void what_is_deleted_is_gone_and_no_late_change_brings_it_back() {
    endpoints.save(endpoint(1));
    WebhookEndpoint read = found(endpoint(1));
    endpoints.delete(environment, read.id());
    endpoints.delete(environment, read.id());
    assertThat(endpoints.find(environment, read.id())).isEmpty();
    assertThat(endpoints.all(environment)).isEmpty();
    assertThat(endpoints.save(read.disabled(Samples.NOW))).isFalse();
  }

  @Test
  void of_several_that_change_one_at_once_one_wins() throws Exception {
    endpoints.save(endpoint(1));
    WebhookEndpoint read = found(endpoint(1));
    assertThat(Race.winners(4, () -> endpoints.save(read.disabled(Samples.NOW)))).isOne();
  }
}
