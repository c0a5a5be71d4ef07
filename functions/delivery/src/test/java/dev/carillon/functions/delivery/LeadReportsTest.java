package dev.carillon.functions.delivery;

import static dev.carillon.functions.delivery.DeliveryFixture.EMAIL;
import static dev.carillon.functions.delivery.DeliveryFixture.ID;
import static dev.carillon.functions.delivery.DeliveryFixture.LOCAL;
import static dev.carillon.functions.delivery.DeliveryFixture.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelType;
import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.Provider;
import dev.carillon.provider.Providers;
import dev.carillon.report.EarlyReport;
import dev.carillon.report.ExternalIds;
import dev.carillon.runtime.Ports;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages of providers whose reports bring none of our ids. */
class LeadReportsTest {
  private static final EarlyReport DELIVERED =
      new EarlyReport(DeliveryStatus.DELIVERED, Optional.empty());
  private static final EarlyReport BOUNCED =
      new EarlyReport(DeliveryStatus.BOUNCED, Optional.of("UserDoesNotExist"));

  /** What the fake provider calls the message. */
  private static final String EXTERNAL_ID = "ses-1";

  private final DeliveryFixture engine = new DeliveryFixture();
  private final ExternalIds ids = engine.ports.externalIds();

  LeadReportsTest() {
    through("sms_africas_talking");
    engine.ports.messages().delete(LOCAL, ID);
    engine
        .ports
        .messages()
        .create(
            DeliveryFixture.message(ChannelType.SMS, DeliveryStatus.QUEUED, Optional.empty()),
            DeliveryFixture.content());
  }

  private void through(String provider) {
    engine
        .ports
        .channels()
        .put(
            LOCAL,
            new Channel(
                EMAIL, "sms", "SMS", ChannelType.SMS, provider, Json.Obj.EMPTY, START, START));
  }

  private void park(EarlyReport report) {
    ids.park(LOCAL, EMAIL, EXTERNAL_ID, report);
  }

  @Test
  void who_brings_only_ids_of_its_own_says_so() {
    assertThat(Providers.all())
        .filteredOn(
            provider -> provider.callbacks().filter(reader -> !reader.bringsOurId()).isPresent())
        .extracting(Provider::key)
        .containsExactlyInAnyOrder("sms_africas_talking", "sms_mailersend", "push_aws_sns");
  }

  @Test
  void a_message_that_was_taken_is_found_by_the_providers_id() {
    engine.deliver(1);
    assertThat(engine.message().status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(ids.find(LOCAL, EMAIL, EXTERNAL_ID)).contains(ID);
  }

  @Test
  void nothing_is_stored_for_a_provider_that_brings_our_id() {
    through("sms_twilio");
    park(DELIVERED);
    engine.deliver(1);
    assertThat(ids.find(LOCAL, EMAIL, EXTERNAL_ID)).isEmpty();
    assertThat(engine.message().status()).isEqualTo(DeliveryStatus.SENT);
  }

  @Test
  void nothing_is_stored_before_the_message_is_taken() {
    engine.provider.then(FakeProvider.UNAVAILABLE);
    engine.deliver(1);
    engine.deliver(1);
    assertThat(ids.find(LOCAL, EMAIL, EXTERNAL_ID)).isEmpty();
  }

  @Test
  void a_report_that_came_before_the_answer_is_entered_after_it() {
    engine.provider.then(
        _ -> {
          park(DELIVERED);
          return FakeProvider.ACCEPTED;
        });
    engine.deliver(1);
    assertThat(engine.events()).containsExactly("sent", "delivered");
    engine.deliver(1);
    assertThat(engine.events()).as("with a copy of the task").containsExactly("sent", "delivered");
  }

  @Test
  void of_several_early_reports_the_last_word_counts_and_it_says_why() {
    park(BOUNCED);
    park(new EarlyReport(DeliveryStatus.UNDELIVERED, Optional.of("Expired")));
    engine.deliver(1);
    assertThat(engine.message().status()).isEqualTo(DeliveryStatus.BOUNCED);
    assertThat(
            engine.message().events().stream()
                .filter(event -> event.type().equals("bounced"))
                .findFirst()
                .orElseThrow()
                .data())
        .isEqualTo(
            Json.object()
                .with("failure_reason", "bounced")
                .with("failure_details", "UserDoesNotExist"));
  }

  @ParameterizedTest
  @CsvSource({"add,false", "add,true", "early,false", "early,true"})
  void a_copy_of_the_task_makes_up_for_a_worker_that_died(String call, boolean done) {
    park(DELIVERED);
    DeliverMessage dying = DeliveryWiring.deliverMessage(dyingAt(call, done), engine.provider);
    assertThatThrownBy(() -> dying.handle(DeliveryFixture.task(1))).hasMessage("killed");
    assertThat(engine.message().status()).isEqualTo(DeliveryStatus.SENT);

    engine.clock.advance(Duration.ofDays(3));
    engine.deliver(1);
    assertThat(engine.message().status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(ids.find(LOCAL, EMAIL, EXTERNAL_ID)).contains(ID);
    assertThat(engine.provider.offered()).hasSize(1);
  }

  private Ports dyingAt(String call, boolean done) {
    Object dying =
        Proxy.newProxyInstance(
            ExternalIds.class.getClassLoader(),
            new Class<?>[] {ExternalIds.class},
            (_, method, arguments) -> {
              boolean dies = method.getName().equals(call);
              Object result = dies && !done ? null : method.invoke(ids, arguments);
              if (dies) {
                throw new IllegalStateException("killed");
              }
              return result;
            });
    return (Ports)
        Proxy.newProxyInstance(
            Ports.class.getClassLoader(),
            new Class<?>[] {Ports.class},
            (_, method, arguments) -> {
              try {
                return method.getName().equals("externalIds")
                    ? dying
                    : method.invoke(engine.ports, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
