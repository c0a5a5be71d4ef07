package dev.carillon.memory.contract.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.memory.contract.Race;
import dev.carillon.memory.contract.Samples;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Engagement;
import dev.carillon.message.EngagementCounts;
import dev.carillon.message.EngagementTotals;
import dev.carillon.message.EngagementTotals.Total;
import dev.carillon.message.Message;
import dev.carillon.message.Messages;
import dev.carillon.recipient.RecipientId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class EngagementTotalsContract {
  private static final LocalDate TODAY = LocalDate.ofInstant(Samples.NOW, ZoneOffset.UTC);

  private final EnvironmentId environment = Samples.environment();
  private Messages messages;
  private EngagementTotals totals;

  /** Messages, and the totals of these messages. */
  public record Counted(Messages messages, EngagementTotals totals) {}

  protected abstract Counted counted();

  @BeforeEach
  void prepare() {
    Counted both = counted();
    messages = both.messages();
    totals = both.totals();
  }

  @Test
  void what_is_saved_with_counts_is_added_up_by_day_channel_and_version() {
    save(made(Samples.NOW), new EngagementCounts(1, 0, 0, 0, 0, 0, 0));
    save(made(Samples.NOW), new EngagementCounts(1, 1, 1, 2, 3, 4, 5));
    save(made(Samples.NOW.plus(Duration.ofDays(1))), new EngagementCounts(1, 0, 0, 0, 0, 0, 0));
    Message first = made(Samples.NOW);
    assertThat(all(0, 1))
        .containsExactly(
            new Total(
                first.channel(),
                first.source().version(),
                TODAY,
                new EngagementCounts(2, 1, 1, 2, 3, 4, 5)),
            new Total(
                first.channel(),
                first.source().version(),
                TODAY.plusDays(1),
                new EngagementCounts(1, 0, 0, 0, 0, 0, 0)));
    assertThat(all(0, 0)).hasSize(1);
    assertThat(all(1, 9)).hasSize(1);
    assertThat(all(2, 9)).isEmpty();
  }

  @Test
  void what_is_not_saved_is_not_counted() {
    Message message = made(Samples.NOW);
    var one = new EngagementCounts(1, 0, 0, 0, 0, 0, 0);
    assertThat(messages.save(message, one)).isTrue();
    assertThat(messages.save(message, one)).isFalse();
    assertThat(messages.find(environment, message.id()).orElseThrow().revision()).isEqualTo(2);
    assertThat(all(0, 0)).singleElement().extracting(Total::counts).isEqualTo(one);
  }

  @Test
  void of_many_that_save_one_message_at_once_one_is_counted() throws Exception {
    var one = new EngagementCounts(0, 0, 0, 0, 1, 0, 0);
    Message message = made(Samples.NOW);
    assertThat(Race.winners(4, () -> messages.save(message, one))).isOne();
    assertThat(all(0, 0)).singleElement().extracting(Total::counts).isEqualTo(one);
  }

  @Test
  void a_tracked_item_of_a_feed_is_counted_as_it_is_made() {
    Message item =
        Samples.message(environment, ChannelType.IN_APP_FEED, RecipientId.user("ada"), Samples.NOW)
            .noted(
                "created",
                Message.madeAs(true, false, Optional.empty(), Optional.empty()),
                Samples.NOW)
            .become(DeliveryStatus.DELIVERED, Json.Obj.EMPTY, Samples.NOW);
    assertThat(messages.create(item, Samples.content())).isTrue();
    assertThat(messages.create(item, Samples.content())).isFalse();
    assertThat(all(0, 0))
        .singleElement()
        .extracting(Total::counts)
        .isEqualTo(new EngagementCounts(1, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void nothing_is_counted_of_what_is_not_tracked() {
    Message before = made(Samples.NOW);
    Message after = before.engaged(Engagement.READ, Json.Obj.EMPTY, Samples.NOW);
    assertThat(EngagementCounts.ofChange(before, after)).isEqualTo(EngagementCounts.NONE);
    assertThat(all(0, 0)).isEmpty();
  }

  @Test
  void environments_do_not_see_each_others() {
    save(made(Samples.NOW), new EngagementCounts(1, 0, 0, 0, 0, 0, 0));
    assertThat(totals.of(Samples.environment(), Samples.WORKFLOW, TODAY, TODAY)).isEmpty();
  }

  @Test
  void more_days_than_the_most_are_not_read() {
    assertThat(all(0, EngagementTotals.MOST_DAYS - 1)).isEmpty();
    assertThatThrownBy(() -> all(0, EngagementTotals.MOST_DAYS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<Total> all(int from, int to) {
    return totals.of(environment, Samples.WORKFLOW, TODAY.plusDays(from), TODAY.plusDays(to));
  }

  private Message made(Instant at) {
    Message message = Samples.message(environment, ChannelType.EMAIL, RecipientId.user("ada"), at);
    messages.create(message, Samples.content());
    return message.stored();
  }

  private void save(Message message, EngagementCounts counts) {
    assertThat(messages.save(message, counts)).isTrue();
  }
}
