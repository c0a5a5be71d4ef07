package dev.carillon.memory.contract.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.feed.FeedCounts;
import dev.carillon.feed.FeedQuery;
import dev.carillon.feed.FeedQuery.Archived;
import dev.carillon.feed.FeedQuery.Status;
import dev.carillon.feed.FeedQuery.Tenancy;
import dev.carillon.feed.Feeds;
import dev.carillon.json.Json;
import dev.carillon.memory.contract.Samples;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Engagement;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.message.Messages;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.workflow.WorkflowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class FeedsContract {

  /** Feeds without lag, and the messages they show. */
  public record Both(Messages messages, Feeds feeds) {}

  private final EnvironmentId environment = Samples.environment();
  private Messages messages;
  private Feeds feeds;

  protected abstract Both both();

  @BeforeEach
  void prepare() {
    var both = both();
    messages = both.messages();
    feeds = both.feeds();
  }

  private FeedQuery everything(String user) {
    return query(user, Status.ALL, Archived.INCLUDE);
  }

  private FeedQuery query(String user, Status status, Archived archived) {
    return new FeedQuery(
        environment,
        user,
        Samples.FEED,
        status,
        archived,
        new Tenancy.Everything(),
        Optional.empty(),
        Set.of(),
        Map.of(),
        TimeRange.ALL);
  }

  private Message item(String user, long second) {
    Message message =
        Samples.message(
                environment, ChannelType.IN_APP_FEED, RecipientId.user(user), Samples.later(second))
            .become(DeliveryStatus.DELIVERED, Json.Obj.EMPTY, Samples.later(second));
    messages.create(message, Samples.content());
    return message.stored();
  }

  private Message engage(Message message, Engagement what) {
    Message engaged = message.engaged(what, Json.Obj.EMPTY, Samples.later(1_000));
    assertThat(messages.save(engaged)).isTrue();
    return engaged.stored();
  }

  private List<MessageId> walk(FeedQuery query, int size) {
    return Samples.walk(size, page -> feeds.page(query, page)).stream()
        .map(Feeds.Entry::message)
        .toList();
  }

  @Test
  void a_deleted_message_is_no_item_any_more() {
    Message gone = item("ada", 1);
    Message stays = item("ada", 2);
    messages.delete(environment, gone.id());
    assertThat(feeds.page(everything("ada"), PageRequest.first(10)).items())
        .extracting(Feeds.Entry::message)
        .containsExactly(stays.id());
    assertThat(feeds.count(everything("ada"))).isEqualTo(1);
  }

  @Test
  void a_feed_is_newest_first_whatever_the_state_of_its_items() {
    var expected = new ArrayList<MessageId>();
    for (int i = 0; i < 30; i++) {
      Message item = item("ada", i);
      if (i % 2 == 0) {
        item = engage(item, Engagement.SEEN);
      }
      if (i % 3 == 0) {
        item = engage(item, Engagement.READ);
      }
      if (i % 5 == 0) {
        item = engage(item, Engagement.ARCHIVED);
      }
      expected.addFirst(item.id());
    }
    assertThat(walk(everything("ada"), 7)).isEqualTo(expected);
    assertThat(walk(everything("ada"), 50)).isEqualTo(expected);
    assertThat(feeds.count(everything("ada"))).isEqualTo(30);
    assertThat(feeds.count(query("ada", Status.UNSEEN, Archived.EXCLUDE))).isEqualTo(12);
    assertThat(feeds.count(query("ada", Status.READ, Archived.EXCLUDE))).isEqualTo(8);
    assertThat(feeds.count(query("ada", Status.ALL, Archived.ONLY))).isEqualTo(6);
    for (Status status : Status.values()) {
      for (Archived archived : Archived.values()) {
        var each = query("ada", status, archived);
        assertThat(feeds.counts(each)).as(status + " " + archived).isEqualTo(counted(each));
      }
    }
  }

  private FeedCounts counted(FeedQuery query) {
    return new FeedCounts(
        feeds.count(query),
        feeds.count(query.withStatus(Status.UNREAD)),
        feeds.count(query.withStatus(Status.UNSEEN)));
  }

  @Test
  void a_status_that_is_taken_back_counts_no_more() {
    Message seen = engage(item("ada", 1), Engagement.SEEN);
    assertThat(feeds.count(query("ada", Status.UNSEEN, Archived.EXCLUDE))).isZero();
    messages.save(seen.disengaged(Engagement.SEEN, Samples.later(5)));
    assertThat(feeds.count(query("ada", Status.UNSEEN, Archived.EXCLUDE))).isOne();
    assertThat(feeds.count(query("ada", Status.SEEN, Archived.EXCLUDE))).isZero();
  }

  @Test
  void a_position_holds_when_the_state_of_its_item_changes() {
    Message first = item("ada", 1);
    Message second = item("ada", 2);
    Message third = item("ada", 3);
    var page = feeds.page(everything("ada"), PageRequest.first(2));
    assertThat(page.items())
        .extracting(Feeds.Entry::message)
        .containsExactly(third.id(), second.id());
    engage(second, Engagement.READ);
    engage(first, Engagement.SEEN);
    var next = feeds.page(everything("ada"), new PageRequest(page.next(), Optional.empty(), 2));
    assertThat(next.items()).extracting(Feeds.Entry::message).containsExactly(first.id());
    assertThat(next.next()).isEmpty();
    var back =
        feeds.page(
            everything("ada"),
            new PageRequest(Optional.empty(), Optional.of(next.items().getFirst().position()), 1));
    assertThat(back.items()).extracting(Feeds.Entry::message).containsExactly(second.id());
  }

  @Test
  void a_feed_shows_one_user_one_channel_and_one_environment() {
    for (String id : Samples.IDS) {
      item(id, 1);
    }
    for (String id : Samples.IDS) {
      assertThat(feeds.count(everything(id))).as(id).isOne();
    }
    messages.create(
        Samples.message(
            environment, ChannelType.EMAIL, RecipientId.user("user_1"), Samples.later(9)),
        Samples.content());
    assertThat(feeds.count(everything("user_1"))).isOne();
    var query = everything("user_1");
    var elsewhere =
        new FeedQuery(
            Samples.environment(),
            query.userId(),
            query.channel(),
            query.status(),
            query.archived(),
            query.tenancy(),
            query.source(),
            query.category(),
            query.data(),
            query.insertedAt());
    assertThat(feeds.count(elsewhere)).isZero();
    var otherChannel =
        new FeedQuery(
            environment,
            query.userId(),
            new ChannelId(UUID.randomUUID()),
            query.status(),
            query.archived(),
            query.tenancy(),
            query.source(),
            query.category(),
            query.data(),
            query.insertedAt());
    assertThat(feeds.page(otherChannel, PageRequest.first(5)).items()).isEmpty();
  }

  @Test
  void tenant_source_category_data_and_time_filter_pages_and_counts_alike() {
    item("ada", 1);
    item("ada", 2);
    var any = everything("ada");
    var acme = new Tenancy.Of(new TenantId("acme"), true);
    assertThat(matches(any, acme, Optional.empty(), Set.of(), Map.of(), TimeRange.ALL))
        .isEqualTo(2);
    assertThat(
            matches(
                any,
                new Tenancy.Of(new TenantId("other"), false),
                Optional.empty(),
                Set.of(),
                Map.of(),
                TimeRange.ALL))
        .isZero();
    assertThat(
            matches(
                any,
                new Tenancy.Having(false),
                Optional.empty(),
                Set.of(),
                Map.of(),
                TimeRange.ALL))
        .isZero();
    assertThat(
            matches(
                any,
                any.tenancy(),
                Optional.of(Samples.WORKFLOW),
                Set.of("all"),
                Map.of("big", Json.of(7)),
                TimeRange.ALL))
        .isEqualTo(2);
    assertThat(
            matches(
                any,
                any.tenancy(),
                Optional.of(new WorkflowKey("other")),
                Set.of(),
                Map.of(),
                TimeRange.ALL))
        .isZero();
    assertThat(
            matches(any, any.tenancy(), Optional.empty(), Set.of("none"), Map.of(), TimeRange.ALL))
        .isZero();
    assertThat(
            matches(
                any,
                any.tenancy(),
                Optional.empty(),
                Set.of(),
                Map.of("big", Json.of("7")),
                TimeRange.ALL))
        .isZero();
    assertThat(
            matches(
                any,
                any.tenancy(),
                Optional.empty(),
                Set.of(),
                Map.of(),
                new TimeRange(Samples.later(1), Samples.later(2))))
        .isOne();
    assertThat(
            matches(
                any,
                any.tenancy(),
                Optional.empty(),
                Set.of(),
                Map.of(),
                new TimeRange(
                    Samples.later(1).truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
                    Samples.later(2).truncatedTo(java.time.temporal.ChronoUnit.SECONDS))))
        .isOne();
  }

  private int matches(
      FeedQuery query,
      Tenancy tenancy,
      Optional<WorkflowKey> source,
      Set<String> category,
      Map<String, Json> data,
      TimeRange range) {
    var narrowed =
        new FeedQuery(
            environment,
            query.userId(),
            query.channel(),
            query.status(),
            query.archived(),
            tenancy,
            source,
            category,
            data,
            range);
    int listed = walk(narrowed, 10).size();
    assertThat(feeds.count(narrowed)).isEqualTo(listed);
    assertThat(feeds.counts(narrowed)).isEqualTo(counted(narrowed));
    return listed;
  }

  @Test
  void what_is_held_back_is_neither_listed_nor_counted_until_it_is_delivered() {
    var opens = Samples.later(3_600);
    Message held = Samples.held(environment, "ada", Samples.later(1), opens);
    messages.create(held, Samples.content());
    item("ada", 2);
    assertThat(walk(everything("ada"), 5)).doesNotContain(held.id()).hasSize(1);
    assertThat(feeds.count(query("ada", Status.UNSEEN, Archived.EXCLUDE))).isOne();
    messages.save(held.stored().become(DeliveryStatus.DELIVERED, Json.Obj.EMPTY, opens));
    assertThat(walk(everything("ada"), 5)).startsWith(held.id()).hasSize(2);
    assertThat(feeds.count(query("ada", Status.UNSEEN, Archived.EXCLUDE))).isEqualTo(2);
  }

  @Test
  void what_was_held_back_and_is_not_to_be_sent_any_more_is_never_listed() {
    Message held = Samples.held(environment, "ada", Samples.later(1), Samples.later(9));
    messages.create(held, Samples.content());
    messages.save(held.stored().become(DeliveryStatus.NOT_SENT, Json.Obj.EMPTY, Samples.later(9)));
    assertThat(walk(everything("ada"), 5)).isEmpty();
    assertThat(feeds.count(everything("ada"))).isZero();
  }

  @Test
  void what_was_held_back_stands_where_its_window_opened_and_is_found_by_that_time() {
    var opens = Samples.later(3_600);
    Message held = Samples.held(environment, "ada", Samples.later(1), opens);
    messages.create(held, Samples.content());
    MessageId before = item("ada", 3_599).id();
    MessageId after = item("ada", 3_601).id();
    messages.save(held.stored().become(DeliveryStatus.DELIVERED, Json.Obj.EMPTY, opens));
    assertThat(walk(everything("ada"), 1)).containsExactly(after, held.id(), before);
    var any = everything("ada");
    assertThat(
            matches(
                any,
                any.tenancy(),
                Optional.empty(),
                Set.of(),
                Map.of(),
                new TimeRange(opens, opens.plusMillis(1))))
        .isOne();
    assertThat(
            matches(
                any,
                any.tenancy(),
                Optional.empty(),
                Set.of(),
                Map.of(),
                new TimeRange(Samples.later(0), Samples.later(5))))
        .isZero();
  }

  @Test
  void any_text_will_do_as_a_position() {
    item("ada", 1);
    for (String position : List.of("", "0", "#", "zz", "\u0000é", "9".repeat(3000))) {
      feeds.page(everything("ada"), new PageRequest(Optional.of(position), Optional.empty(), 5));
      feeds.page(everything("ada"), new PageRequest(Optional.empty(), Optional.of(position), 5));
    }
  }
}
