package dev.carillon.memory.contract.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.MutableClock;
import dev.carillon.memory.contract.Samples;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.report.EarlyReport;
import dev.carillon.report.ExternalIds;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class ExternalIdsContract {
  private static final Duration RETENTION = Duration.ofDays(30);
  private static final ChannelId OTHER = new ChannelId(new UUID(1, 2));
  private static final EarlyReport DELIVERED =
      new EarlyReport(DeliveryStatus.DELIVERED, Optional.empty());
  private static final EarlyReport BOUNCED =
      new EarlyReport(DeliveryStatus.BOUNCED, Optional.of("UserDoesNotExist"));

  private final EnvironmentId environment = Samples.environment();
  private final MutableClock clock = new MutableClock(Samples.NOW);
  private ExternalIds ids;

  protected abstract ExternalIds ids(MutableClock clock, Duration retention);

  @BeforeEach
  void prepare() {
    ids = ids(clock, RETENTION);
  }

  private Message text() {
    return Samples.message(environment, ChannelType.SMS, RecipientId.user("ada"), clock.instant());
  }

  private Optional<MessageId> find(Message message, String externalId) {
    return ids.find(environment, message.channel(), externalId);
  }

  private void park(Message message, String externalId, EarlyReport report) {
    ids.park(environment, message.channel(), externalId, report);
  }

  @Test
  void an_id_leads_to_its_message_from_its_channel_and_environment_alone() {
    for (String id : Samples.IDS) {
      Message message = text().known(id);
      ids.add(message);
      assertThat(find(message, id)).as(id).contains(message.id());
      assertThat(find(message, id + "x")).as(id).isEmpty();
      assertThat(ids.find(environment, OTHER, id)).as(id).isEmpty();
      assertThat(ids.find(Samples.environment(), message.channel(), id)).as(id).isEmpty();
    }
    assertThat(find(text(), "USER_1")).isEmpty();
  }

  @Test
  void an_id_stays_with_the_message_it_led_to_first() {
    Message first = text().known("x-1");
    Message second = text().known("x-1");
    ids.add(first);
    ids.add(first);
    ids.add(second);
    assertThat(find(first, "x-1")).contains(first.id());
  }

  @Test
  void a_message_without_one_is_led_to_by_none() {
    Message message = text();
    ids.add(message);
    assertThat(ids.early(message)).isEmpty();
    ids.forget(message);
  }

  @Test
  void an_id_leads_to_its_message_for_as_long_as_that_is_kept() {
    Message message = text().known("x-1");
    clock.advance(Duration.ofDays(2));
    ids.add(message);
    clock.set(message.insertedAt().plus(RETENTION).minusSeconds(2));
    assertThat(find(message, "x-1")).isPresent();
    clock.advance(Duration.ofSeconds(3));
    assertThat(find(message, "x-1")).isEmpty();
    Message later = text().known("x-1");
    ids.add(later);
    assertThat(find(later, "x-1")).contains(later.id());
  }

  @Test
  void early_reports_are_kept_one_of_each_status_and_lead_nowhere() {
    Message message = text().known("x-1");
    park(message, "x-1", BOUNCED);
    park(message, "x-1", DELIVERED);
    park(message, "x-1", DELIVERED);
    park(message, "x-2", DELIVERED);
    ids.park(environment, OTHER, "x-1", new EarlyReport(DeliveryStatus.SENT, Optional.empty()));
    assertThat(find(message, "x-1")).isEmpty();
    ids.add(message);
    assertThat(ids.early(message)).containsExactlyInAnyOrder(DELIVERED, BOUNCED);
    assertThat(ids.early(message)).hasSize(2);
    assertThat(find(message, "x-1")).contains(message.id());
  }

  /** Two steps of who records and three of who hears, in each of the ten orders. */
  @Test
  void of_a_report_and_the_record_one_finds_the_other_in_whatever_order() {
    for (int order = 0; order < 32; order++) {
      if (Integer.bitCount(order) != 2) {
        continue;
      }
      Message message = text().known("x-" + order);
      var hears = new ArrayDeque<Supplier<Boolean>>();
      Supplier<Boolean> look = () -> find(message, message.externalId().get()).isPresent();
      hears.add(look);
      hears.add(
          () -> {
            park(message, message.externalId().get(), DELIVERED);
            return false;
          });
      hears.add(look);
      var records = new ArrayDeque<Supplier<Boolean>>();
      records.add(
          () -> {
            ids.add(message);
            return false;
          });
      records.add(() -> ids.early(message).contains(DELIVERED));
      boolean met = false;
      for (int step = 0; step < 5; step++) {
        met |= ((order >> step & 1) == 1 ? records : hears).removeFirst().get();
      }
      assertThat(met).as(Integer.toBinaryString(order)).isTrue();
    }
  }

  @Test
  void early_reports_are_kept_for_some_days() {
    Message message = text().known("x-1");
    park(message, "x-1", DELIVERED);
    clock.advance(ExternalIds.PARKED.minusSeconds(1));
    assertThat(ids.early(message)).containsExactly(DELIVERED);
    clock.advance(Duration.ofSeconds(3));
    assertThat(ids.early(message)).isEmpty();
  }

  @Test
  void what_is_forgotten_leads_nowhere_and_has_no_reports() {
    Message message = text().known("x-1");
    Message other = text().known("x-2");
    park(message, "x-1", DELIVERED);
    ids.add(message);
    ids.add(other);
    ids.forget(message);
    ids.forget(message);
    assertThat(find(message, "x-1")).isEmpty();
    assertThat(ids.early(message)).isEmpty();
    assertThat(find(other, "x-2")).contains(other.id());
  }
}
