package dev.carillon.memory.contract.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.memory.contract.Race;
import dev.carillon.memory.contract.Samples;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.TraceContext;
import dev.carillon.webhook.WebhookAnswer;
import dev.carillon.webhook.WebhookDeliveries;
import dev.carillon.webhook.WebhookDelivery;
import dev.carillon.webhook.WebhookEvent;
import dev.carillon.webhook.WebhookEventType;
import dev.carillon.webhook.WebhookSubject;
import dev.carillon.webhook.WebhookTrace;
import dev.carillon.webhook.WebhookTry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class WebhookDeliveriesContract {
  private static final WebhookEndpointId ENDPOINT = new WebhookEndpointId(new UUID(7, 1));
  private static final WebhookEndpointId OTHER = new WebhookEndpointId(new UUID(7, 2));

  private final EnvironmentId environment = Samples.environment();
  private WebhookDeliveries deliveries;

  protected abstract WebhookDeliveries webhookDeliveries();

  @BeforeEach
  void prepare() {
    deliveries = webhookDeliveries();
  }

  private WebhookDelivery delivery(int number) {
    Instant at = Samples.NOW.plusSeconds(number);
    var event =
        new WebhookEvent(
            environment,
            id(number),
            WebhookEventType.MESSAGE_LINK_CLICKED,
            at,
            new WebhookSubject(
                Optional.of(Samples.WORKFLOW),
                Optional.of(Samples.FEED),
                Optional.of(new TenantId("ü#1"))),
            Samples.DATA,
            number % 2 == 0 ? Optional.of(Samples.DATA) : Optional.empty(),
            number % 2 == 0
                ? Optional.of(
                    new WebhookTrace(
                        new TraceContext("0af7651916cd43dd8448eb211c80319c", true),
                        Optional.of("00f067aa0ba902b7").filter(_ -> number % 4 == 0)))
                : Optional.empty());
    return WebhookDelivery.of(event, ENDPOINT, at);
  }

  private static WebhookTry made(WebhookAnswer answer) {
    return new WebhookTry("https://acme.example/hooks", Samples.NOW, answer, 17);
  }

  private static String id(int number) {
    return WebhookEvent.id(
        Samples.NOW.plusSeconds(number), Digest.of("event", Integer.toString(number)));
  }

  private Optional<WebhookDelivery> find(int number) {
    return deliveries.find(environment, ENDPOINT, id(number));
  }

  @Test
  void a_delivery_is_found_as_it_was_stored_whatever_became_of_it() {
    var answers =
        List.of(
            new WebhookAnswer.Status(500, "O'Brien 🎉", Optional.of(Duration.ofSeconds(9))),
            new WebhookAnswer.Status(410, "", Optional.empty()),
            new WebhookAnswer.Status(200, "ok", Optional.empty()),
            new WebhookAnswer.Silence(WebhookAnswer.Why.TIMED_OUT));
    for (int i = 0; i < answers.size(); i++) {
      var delivery = delivery(i).after(made(answers.get(i)), Samples.NOW);
      assertThat(deliveries.create(delivery)).isTrue();
      assertThat(find(i)).contains(delivery.stored());
    }
    deliveries.create(delivery(9));
    assertThat(find(9)).contains(delivery(9).stored());
  }

  @Test
  void what_is_no_id_of_an_event_is_not_found() {
    assertThat(deliveries.find(environment, ENDPOINT, "evt_1")).isEmpty();
    assertThat(deliveries.find(environment, ENDPOINT, "")).isEmpty();
  }

  @Test
  void an_event_goes_to_an_endpoint_once() {
    assertThat(deliveries.create(delivery(1))).isTrue();
    var read = find(1).orElseThrow();
    var answered =
        read.after(made(new WebhookAnswer.Status(200, "", Optional.empty())), Samples.NOW);
    assertThat(deliveries.save(answered)).isTrue();
    assertThat(deliveries.create(delivery(1))).isFalse();
    assertThat(find(1)).contains(answered.stored());
    var elsewhere = WebhookDelivery.of(read.event(), OTHER, Samples.NOW);
    assertThat(deliveries.create(elsewhere)).isTrue();
  }

  @Test
  void what_is_deleted_is_gone_and_no_late_change_brings_it_back() {
    deliveries.create(delivery(1));
    var read = find(1).orElseThrow();
    deliveries.delete(environment, OTHER, read.event().id());
    assertThat(find(1)).contains(read);
    deliveries.delete(environment, ENDPOINT, read.event().id());
    deliveries.delete(environment, ENDPOINT, read.event().id());
    assertThat(find(1)).isEmpty();
    assertThat(deliveries.save(read.dropped(Samples.NOW))).isFalse();
  }

  @Test
  void who_read_an_older_revision_changes_nothing() {
    deliveries.create(delivery(1));
    var read = find(1).orElseThrow();
    assertThat(deliveries.save(read.dropped(Samples.NOW))).isTrue();
    assertThat(deliveries.save(read)).isFalse();
    assertThat(deliveries.save(delivery(2))).as("there is none").isFalse();
  }

  @Test
  void of_several_that_change_one_at_once_one_wins() throws Exception {
    deliveries.create(delivery(1));
    var read = find(1).orElseThrow();
    assertThat(Race.winners(4, () -> deliveries.save(read.dropped(Samples.NOW)))).isOne();
  }

  @Test
  void the_log_of_an_endpoint_runs_newest_first_in_pages() {
    for (int i = 0; i < 25; i++) {
      deliveries.create(delivery(i));
    }
    deliveries.create(WebhookDelivery.of(delivery(30).event(), OTHER, Samples.NOW));
    var seen = new ArrayList<String>();
    var page = PageRequest.first(10);
    Page<WebhookDelivery> got;
    do {
      got = deliveries.newestFirst(environment, ENDPOINT, TimeRange.ALL, _ -> true, page);
      got.items().forEach(it -> seen.add(it.event().id()));
      page = new PageRequest(got.next(), Optional.empty(), 10);
    } while (got.next().isPresent());
    assertThat(seen).hasSize(25).startsWith(id(24), id(23)).endsWith(id(1), id(0));
  }

  @Test
  void only_what_is_wanted_within_the_range_is_listed() {
    for (int i = 0; i < 10; i++) {
      deliveries.create(delivery(i));
    }
    var range = new TimeRange(Samples.NOW.plusSeconds(3), Samples.NOW.plusSeconds(8));
    var page =
        deliveries.newestFirst(
            environment,
            ENDPOINT,
            range,
            it -> !it.event().id().equals(id(5)),
            PageRequest.first(50));
    assertThat(page.items())
        .extracting(it -> it.event().id())
        .containsExactly(id(7), id(6), id(4), id(3));
  }
}
