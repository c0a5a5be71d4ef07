package dev.carillon.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.recipient.TenantId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookEndpointTest {
  private static final WebhookEvent READ = Hooks.event(WebhookEventType.MESSAGE_READ);

  private static Instant day(double days) {
    return Hooks.NOON.plus(Duration.ofMinutes((long) (days * 24 * 60)));
  }

  private static WebhookEndpoint failing(double... days) {
    WebhookEndpoint endpoint = Hooks.endpoint();
    for (double day : days) {
      endpoint = endpoint.after(Hooks.status(500), day(day));
    }
    return endpoint;
  }

  @Test
  void an_endpoint_hears_of_the_types_it_asked_for_in_its_environment() {
    assertThat(Hooks.endpoint(WebhookEventType.MESSAGE_READ).hears(READ)).isTrue();
    assertThat(Hooks.endpoint(WebhookEventType.MESSAGE_SEEN).hears(READ)).isFalse();
    var elsewhere =
        new WebhookEvent(
            new EnvironmentId("development"),
            READ.id(),
            READ.type(),
            READ.at(),
            READ.subject(),
            READ.data(),
            READ.details());
    assertThat(Hooks.endpoint().hears(elsewhere)).isFalse();
  }

  @Test
  void every_filter_must_let_an_event_pass() {
    var types = Set.of(WebhookEventType.MESSAGE_READ);
    Set<WorkflowKey> workflow = Set.of(Hooks.WORKFLOW);
    Set<ChannelId> channel = Set.of(Hooks.CHANNEL);
    Set<TenantId> tenant = Set.of(new TenantId("acme"));
    assertThat(new WebhookFilter(types, workflow, channel, tenant).passes(READ)).isTrue();
    assertThat(new WebhookFilter(types, Set.of(new WorkflowKey("x")), channel, tenant).passes(READ))
        .isFalse();
    assertThat(
            new WebhookFilter(types, workflow, Set.of(new ChannelId(new UUID(9, 9))), tenant)
                .passes(READ))
        .isFalse();
    assertThat(new WebhookFilter(types, workflow, channel, Set.of(new TenantId("x"))).passes(READ))
        .isFalse();
  }

  @Test
  void an_event_without_a_workflow_passes_no_filter_by_workflow_but_a_test_passes_all() {
    var filter =
        new WebhookFilter(
            Set.of(WebhookEventType.WORKFLOW_COMMITTED),
            Set.of(Hooks.WORKFLOW),
            Set.of(),
            Set.of());
    var committed =
        new WebhookEvent(
            Hooks.ENVIRONMENT,
            WebhookEvent.id(Hooks.NOON, Digest.of("2")),
            WebhookEventType.WORKFLOW_COMMITTED,
            Hooks.NOON,
            WebhookSubject.NONE,
            Hooks.SHOWN,
            Optional.empty());
    assertThat(filter.passes(committed)).isFalse();
    var endpoint =
        Hooks.endpoint()
            .with(new WebhookEndpoint.Contact("https://acme.example", Optional.empty()), filter);
    var test = WebhookEvents.test(endpoint, "click", Hooks.NOON);
    assertThat(endpoint.hears(test)).isTrue();
    assertThat(test.payload().object("data").toString()).doesNotContain("whsec_");
  }

  @Test
  void an_endpoint_that_hears_of_nothing_is_none() {
    assertThatThrownBy(() -> WebhookFilter.of(Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "acme.example",
        "ftp://acme.example",
        "https://",
        "https://a b",
        "https://acme.example/#x",
        "https://acme.example/\n",
        "javascript:alert(1)"
      })
  void is_no_url_of_an_endpoint(String url) {
    assertThat(WebhookEndpoint.isUrl(url)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "200, true",
    "204, true",
    "299, true",
    "301, false",
    "302, false",
    "304, false",
    "400, false",
    "404, false",
    "410, false",
    "429, false",
    "500, false",
    "503, false",
    "199, false"
  })
  void an_event_is_taken_by_a_2xx_and_nothing_else(int status, boolean succeeded) {
    assertThat(Hooks.status(status).succeeded()).isEqualTo(succeeded);
  }

  @ParameterizedTest
  @EnumSource(WebhookAnswer.Why.class)
  void silence_is_a_failure(WebhookAnswer.Why why) {
    assertThat(new WebhookAnswer.Silence(why).succeeded()).isFalse();
    assertThat(new WebhookAnswer.Silence(why).gone()).isFalse();
  }

  @Test
  void an_endpoint_is_given_up_after_five_days_of_nothing_but_failures() {
    assertThat(failing(0, 2, 4, 4.99).health().enabled()).isTrue();
    var given = failing(0, 2, 4, 5);
    assertThat(given.health().state())
        .isEqualTo(new EndpointHealth.State.Disabled(EndpointHealth.Cause.FAILING, day(5)));
    assertThat(given.hears(READ)).isFalse();
    assertThat(
            WebhookEvents.disabled(given)
                .orElseThrow()
                .payload()
                .object("event_data")
                .text("reason"))
        .contains("failing");
  }

  @Test
  void one_success_forgives_all_failures() {
    var endpoint = failing(0, 2, 4).after(Hooks.status(204), day(4.5));
    assertThat(endpoint.health()).isEqualTo(EndpointHealth.GOOD);
    assertThat(endpoint.after(Hooks.status(500), day(6)).health().enabled()).isTrue();
  }

  @Test
  void an_endpoint_of_which_nothing_was_known_for_days_is_given_time_again() {
    assertThat(failing(0, 2, 6).health().enabled()).isTrue();
    assertThat(failing(0, 2, 6, 8, 10.9).health().enabled()).isTrue();
    assertThat(failing(0, 2, 6, 8, 10.9, 11).health().enabled()).isFalse();
  }

  @Test
  void the_tries_of_a_single_event_never_give_an_endpoint_up() {
    WebhookEndpoint endpoint = Hooks.endpoint();
    Instant now = Hooks.NOON;
    for (int tries = 1; tries <= WebhookRetry.MAX_TRIES; tries++) {
      endpoint = endpoint.after(Hooks.status(500), now);
      now = WebhookRetry.next(endpoint.id(), READ.id(), tries, Hooks.status(500), now).orElse(now);
    }
    assertThat(endpoint.health().enabled()).isTrue();
  }

  @Test
  void an_endpoint_that_is_gone_is_given_up_at_once() {
    assertThat(Hooks.endpoint().after(Hooks.status(410), Hooks.NOON).health().state())
        .isEqualTo(new EndpointHealth.State.Disabled(EndpointHealth.Cause.GONE, Hooks.NOON));
  }

  @Test
  void a_late_answer_does_not_bring_a_given_up_endpoint_back_but_its_owner_does() {
    var given = failing(0, 2, 4, 5);
    assertThat(given.after(Hooks.status(200), day(6))).isEqualTo(given);
    assertThat(given.enabled().hears(READ)).isTrue();
    assertThat(given.enabled().after(Hooks.status(500), day(7)).health().enabled()).isTrue();
  }

  @Test
  void a_success_of_a_good_endpoint_changes_nothing_that_would_have_to_be_stored() {
    var endpoint = Hooks.endpoint();
    assertThat(endpoint.after(Hooks.status(200), Hooks.NOON)).isSameAs(endpoint);
    assertThat(WebhookEvents.disabled(endpoint)).isEmpty();
  }
}
