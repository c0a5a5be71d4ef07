package dev.carillon.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.feed.FeedQuery;
import dev.carillon.json.Json;
import dev.carillon.memory.message.InMemoryFeeds;
import dev.carillon.memory.message.InMemoryMessages;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Engagement;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.message.MessageOrigin;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InMemoryFeedsTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final EnvironmentId ENVIRONMENT = new EnvironmentId("test");
  private static final ChannelId CHANNEL = new ChannelId(new UUID(1, 2));

  private final MutableClock clock = new MutableClock(NOW);
  private final InMemoryMessages messages = new InMemoryMessages();
  private final InMemoryFeeds feeds = new InMemoryFeeds(messages, clock, Duration.ofSeconds(2));

  @Test
  void a_lagging_feed_shows_what_was_stored_a_while_ago() {
    Message message = message();
    messages.create(message, MessageContent.NOTHING);
    assertThat(feeds.count(unseen())).isZero();
    clock.advance(Duration.ofSeconds(2));
    assertThat(feeds.count(unseen())).isOne();
    messages.save(message.stored().engaged(Engagement.SEEN, Json.Obj.EMPTY, clock.instant()));
    assertThat(feeds.count(unseen())).isOne();
    clock.advance(Duration.ofSeconds(2));
    assertThat(feeds.count(unseen())).isZero();
  }

  private static FeedQuery unseen() {
    return new FeedQuery(
        ENVIRONMENT,
        "ada",
        CHANNEL,
        FeedQuery.Status.UNSEEN,
        FeedQuery.Archived.EXCLUDE,
        new FeedQuery.Tenancy.Everything(),
        Optional.empty(),
        Set.of(),
        Map.of(),
        TimeRange.ALL);
  }

  private static Message message() {
    var trigger = TriggerId.of(NOW, "call");
    var recipient = RecipientId.user("ada");
    var run = RunId.of(trigger, recipient);
    var step = new StepRef("feed_1");
    return new Message(
        new MessageOrigin(
            ENVIRONMENT,
            MessageId.of(NOW, run, step, CHANNEL),
            CHANNEL,
            ChannelType.IN_APP_FEED,
            recipient,
            List.of(),
            Optional.empty(),
            new Message.Source(
                new WorkflowKey("w"), new VersionId(new UUID(3, 4)), List.of(), step, trigger, run),
            Json.Obj.EMPTY,
            Json.Obj.EMPTY,
            NOW),
        DeliveryStatus.DELIVERED);
  }
}
